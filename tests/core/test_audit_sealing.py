"""Sealing: one digest a day, tied to the one before; what is sealed cannot be unmade unseen."""

import json
from datetime import date, timedelta

import pytest

from hequan.core import keyring as rings
from hequan.core.audit.digests import as_published, digest_files, seal_day, value_of
from hequan.core.audit.jobs import check, seal, start_of_check
from hequan.core.audit.tables import AuditCheck, AuditDigest, AuditEntry
from hequan.core.audit.witness import begin_again, drop_sealed, folder, witnesses
from hequan.core.keyring import KeyPurpose, add_key, keyring, write_keyring
from tests.core.audit_cast import AT, DAY, LANES

FIRST, SECOND, _THIRD = LANES
NEXT = DAY + timedelta(days=1)


def test_a_day_is_sealed_once(trail):
    trail.seal()
    trail.write(FIRST)

    assert seal_day(day=DAY, at=AT) is None
    assert AuditDigest.objects.count() == 1


def test_a_clock_that_went_back_seals_nothing_and_loses_nothing(trail):
    trail.seal()
    trail.write(FIRST)

    assert seal_day(day=DAY - timedelta(days=3), at=AT) is None
    trail.seal(NEXT)
    assert AuditDigest.objects.get(day=NEXT).lanes[str(FIRST)][0] == 10
    assert trail.faults() == []


def test_only_lanes_that_moved_are_in_the_next_digest(trail):
    trail.seal()
    trail.write(SECOND, entries=1)
    trail.seal(NEXT)
    digest = AuditDigest.objects.get(day=NEXT)

    assert list(digest.lanes) == [str(SECOND)]
    assert digest.previous == AuditDigest.objects.get(day=DAY).value


def test_an_entry_older_than_the_digest_but_committed_after_it_raises_no_alarm(trail):
    trail.seal()
    trail.write(FIRST, entries=1)  # its `at` is before the sealing

    assert trail.faults() == []


def test_a_digest_can_be_computed_again_from_what_is_published(trail):
    trail.seal()
    (path,) = digest_files()
    kept = json.loads(path.read_text())

    assert value_of(DAY, kept["previous"], kept["lanes"]) == kept["value"]


@pytest.mark.parametrize("field", ["lanes", "value", "mac", "previous", "day"])
def test_a_digest_changed_is_found(trail, field):
    trail.seal()
    trail.write(FIRST)
    trail.seal(NEXT)
    value = {"lanes": {"11": [1, "0" * 64]}, "day": date(2026, 3, 1)}.get(field, "0" * 64)
    AuditDigest.objects.filter(day=NEXT).update(**{field: value})

    assert {one.kind for one in trail.faults()} & {"digest_altered", "digest_missing"}


def test_a_digest_made_anew_without_the_key_is_found(trail):
    trail.seal()
    trail.set_back(SECOND, 3)
    head = AuditEntry.objects.get(lane=SECOND, number=3).mac
    digest = AuditDigest.objects.get()
    lanes = digest.lanes | {str(SECOND): [3, head]}
    AuditDigest.objects.update(lanes=lanes, value=value_of(DAY, "", lanes))
    for path in (*digest_files(), *folder().glob("*.txt")):
        path.unlink()

    assert trail.places() == [("digest_altered", 0, 0)]


@pytest.mark.parametrize("day", [DAY, NEXT])
def test_a_digest_taken_out_is_found(trail, day):
    trail.seal()
    trail.write(FIRST)
    trail.seal(NEXT)
    AuditDigest.objects.filter(day=day).delete()

    assert "digest_missing" in {one.kind for one in trail.faults()}


def test_a_copy_somebody_kept_holds_even_against_whoever_has_keys_and_files(trail):
    trail.seal()
    copy = [as_published(one) for one in AuditDigest.objects.all()]
    trail.set_back(SECOND, 3)
    AuditDigest.objects.all().delete()
    for path in (*digest_files(), *folder().glob("*.txt")):
        path.unlink()
    trail.seal()  # with the key, as the owner of everything can

    assert trail.faults() == []
    (fault,) = trail.faults(against=copy)
    assert (fault.kind, fault.day, fault.known_by) == ("digest_altered", "2026-03-09", "copy")


def test_a_copy_of_a_day_the_database_does_not_know_is_told(trail):
    (fault,) = trail.faults(against=[{"day": "2026-03-01", "value": "0" * 64}])

    assert (fault.kind, fault.day) == ("digest_missing", "2026-03-01")


def test_entries_under_an_old_key_still_verify(trail, settings, tmp_path):
    ring = keyring()
    settings.KEYRING = str(tmp_path / "keyring.json")
    write_keyring(tmp_path / "keyring.json", ring)
    fresh = add_key(KeyPurpose.AUDIT)
    trail.write(FIRST)

    assert len(set(AuditEntry.objects.values_list("key_id", flat=True))) == 2
    assert AuditEntry.objects.get(lane=FIRST, number=10).key_id == fresh.key_id
    assert trail.faults() == []


def test_a_lost_key_is_told(trail, settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")
    fresh = rings.new_keyring()
    lost = fresh.keys | {
        KeyPurpose.AUDIT: {"k9": next(iter(fresh.keys[KeyPurpose.AUDIT].values()))}
    }
    write_keyring(tmp_path / "keyring.json", rings.Keyring(lost))

    assert {one.kind for one in trail.faults()} == {"key_missing"}


def test_witnesses_of_what_is_sealed_are_dropped_after_two_days(trail):
    trail.seal()
    heads = dict.fromkeys(LANES, 5)

    assert drop_sealed(heads, AT) == 0  # the file is young
    later = max(path.stat().st_mtime for path in folder().glob("*.txt")) + 3 * 86400
    assert drop_sealed(heads | {FIRST: 4}, AT.fromtimestamp(later, tz=AT.tzinfo)) == 0
    assert drop_sealed(heads, AT.fromtimestamp(later, tz=AT.tzinfo)) == 1
    trail.write(FIRST, entries=1)
    assert [one.number for one in witnesses()] == [6]  # in a file of its own again


def test_half_a_line_of_a_witness_is_passed_over(trail):
    (path,) = folder().glob("*.txt")
    with open(path, "a") as out:
        out.write("11 9")

    assert trail.faults() == []


def test_a_witness_that_cannot_be_written_fails_nobodys_work(trail, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.AUDIT_ROOT = tmp_path / "file"
    trail.write(FIRST)

    assert "has no witness" in caplog.text


def test_a_restore_lays_witnesses_and_younger_digests_aside_and_says_so(trail):
    trail.seal()
    trail.seal(NEXT)
    AuditDigest.objects.filter(day=NEXT).delete()  # as a copy of the day before has it
    trail.set_back(SECOND, 3)
    AuditDigest.objects.update()
    begin_again(source="backup-2026-03-09.hqb", at=AT)
    entry = AuditEntry.objects.get(verb="core.audit_began_again")

    assert entry.after["source"] == "backup-2026-03-09.hqb"
    assert entry.after["witness_files"] == 1
    assert entry.after["digest_files"] == 1
    assert [path.stem for path in digest_files()] == ["2026-03-09"]


def test_the_nightly_jobs_seal_yesterday_and_keep_the_result(trail):
    seal({"day": "2026-03-10"}, AT)
    seal({"day": "2026-03-10"}, AT)
    check({"day": "2026-03-10"}, AT)
    kept = AuditCheck.objects.get()

    assert AuditDigest.objects.get().day == DAY
    assert (kept.entries, kept.faults) == (15, [])


def test_a_check_that_finds_something_shouts(trail, caplog):
    trail.run("DELETE FROM core_auditentry WHERE lane = 12 AND number = 5")
    check({"day": "2026-03-10"}, AT)

    assert AuditCheck.objects.get().faults[0]["kind"] == "cut_off"
    assert "has 1 faults" in caplog.text


def test_sundays_check_reads_everything():
    assert start_of_check(date(2026, 3, 8)) is None
    assert start_of_check(date(2026, 3, 9)) == date(2026, 2, 6)
