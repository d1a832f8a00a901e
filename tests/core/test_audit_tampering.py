"""Tampering with the trail by raw SQL, sealed or not: the check finds it and says where."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from hequan.core.accounts import Account
from hequan.core.audit.check import check_trail
from hequan.core.audit.tables import AuditDigest, AuditEntry, AuditLane
from tests.core.audit_cast import LANES
from tests.world import AT

FIRST, SECOND, THIRD = LANES


@pytest.fixture(params=["unsealed", "sealed"])
def any_trail(request, trail):
    """The trail before and after its night."""
    if request.param == "sealed":
        trail.seal()
    return trail


def test_a_trail_nobody_touched_is_whole(any_trail):
    assert any_trail.faults() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "tests.removed"),
        ("at", "2026-03-10 02:00:00.000001+00:00"),
        ("on_behalf_of", 7),
        ("thing_kind", "core.grant"),
        ("thing_id", "99"),
        ("before", "{}"),
        ("after", '{"value": 3}'),
        ("after", None),
        ("key_id", "k1 "),
    ],
)
def test_an_edit_is_found_at_its_entry(any_trail, column, value):
    entry = any_trail.id_of(SECOND, 3)
    any_trail.run(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", value, entry)

    (fault,) = any_trail.faults()
    kind = "key_missing" if column == "key_id" else "altered"
    assert (fault.kind, fault.lane, fault.number) == (kind, SECOND, 3)
    assert (fault.entry, fault.day) == (entry, "2026-03-10")


def test_an_entry_put_on_another_account_is_found(any_trail):
    from hequan.core.accounts import Account

    other = Account.objects.create_user("other")
    any_trail.run("UPDATE core_auditentry SET by_id = %s WHERE lane = 12 AND number = 5", other.pk)

    assert any_trail.places() == [("altered", SECOND, 5)]


def test_an_overwritten_mac_is_found_once(any_trail):
    any_trail.run("UPDATE core_auditentry SET mac = %s WHERE lane = 12 AND number = 3", "0" * 64)

    assert any_trail.places() == [("altered", SECOND, 3)]


def test_an_overwritten_mac_at_the_end_of_a_lane_is_found(any_trail):
    any_trail.run("UPDATE core_auditentry SET mac = %s WHERE lane = 12 AND number = 5", "0" * 64)

    assert any_trail.places() == [("altered", SECOND, 5)]


def test_an_entry_taken_from_the_middle_is_found(any_trail):
    any_trail.run("DELETE FROM core_auditentry WHERE lane = 12 AND number IN (2, 3)")

    (fault,) = any_trail.faults()
    assert (fault.kind, fault.lane, fault.number, fault.to_number) == ("removed", SECOND, 2, 3)


def test_the_first_entry_taken_is_found(any_trail):
    any_trail.run("DELETE FROM core_auditentry WHERE lane = 11 AND number = 1")

    assert any_trail.places() == [("removed", FIRST, 1)]


def test_the_newest_entry_taken_is_found(any_trail):
    any_trail.run("DELETE FROM core_auditentry WHERE lane = 12 AND number = 5")

    (fault,) = any_trail.faults()
    assert (fault.kind, fault.lane, fault.number, fault.to_number) == ("cut_off", SECOND, 5, 5)


def test_a_lane_set_back_with_its_row_is_found_by_witness_or_digest(any_trail):
    any_trail.set_back(SECOND, 3)

    (fault,) = any_trail.faults()
    assert (fault.kind, fault.lane, fault.number, fault.to_number) == ("cut_off", SECOND, 4, 5)
    assert fault.known_by in ("witness", "digest 2026-03-09")


def test_a_lane_set_back_and_written_on_is_found(any_trail):
    any_trail.set_back(SECOND, 3)
    any_trail.write(SECOND)

    assert ("differs", SECOND, 4) in any_trail.places() or (
        "differs",
        SECOND,
        5,
    ) in any_trail.places()


def test_a_lane_set_back_to_nothing_is_found(any_trail):
    any_trail.set_back(THIRD, 0)

    assert any_trail.places() == [("cut_off", THIRD, 1)]


def test_a_whole_lane_taken_with_its_row_is_found(any_trail):
    any_trail.set_back(THIRD, 0)
    AuditLane.objects.filter(pk=THIRD).delete()

    assert ("cut_off", THIRD, 1) in any_trail.places()


def test_all_entries_and_lanes_taken_is_found(any_trail):
    any_trail.run("DELETE FROM core_auditentry")
    any_trail.run("DELETE FROM core_auditlane")

    assert {("cut_off", lane, 1) for lane in LANES} <= set(any_trail.places())


def test_a_lane_row_taken_is_found(any_trail):
    AuditLane.objects.filter(pk=FIRST).delete()

    assert any_trail.places() == [("lane_altered", FIRST, 5)]


@pytest.mark.parametrize("number", [4, 6])
def test_a_lane_row_moved_is_found(any_trail, number):
    AuditLane.objects.filter(pk=FIRST).update(number=number)

    assert {kind for kind, lane, _ in any_trail.places() if lane == FIRST} & {"cut_off", "inserted"}


def test_a_lane_row_with_another_head_is_found(any_trail):
    AuditLane.objects.filter(pk=FIRST).update(head="0" * 64)

    assert any_trail.places() == [("lane_altered", FIRST, 5)]


@pytest.mark.parametrize(("one", "other"), [((FIRST, 2), (FIRST, 3)), ((FIRST, 2), (SECOND, 2))])
def test_swapped_ids_are_found_in_one_lane_and_across_two(any_trail, one, other):
    first, second = any_trail.id_of(*one), any_trail.id_of(*other)
    _swap(any_trail, "id", first, second)

    assert any_trail.places() == [("altered", *one), ("altered", *other)]


def test_swapped_texts_are_found(any_trail):
    a, b = any_trail.id_of(FIRST, 2), any_trail.id_of(FIRST, 4)
    any_trail.run("UPDATE core_auditentry SET after = %s WHERE id = %s", '{"value": 3}', a)
    any_trail.run("UPDATE core_auditentry SET after = %s WHERE id = %s", '{"value": 1}', b)

    assert any_trail.places() == [("altered", FIRST, 2), ("altered", FIRST, 4)]


def test_two_entries_in_each_others_place_are_found(any_trail):
    first, second = any_trail.id_of(FIRST, 2), any_trail.id_of(FIRST, 4)
    for pk, number in ((first, 100), (second, 2), (first, 4)):
        any_trail.run("UPDATE core_auditentry SET number = %s WHERE id = %s", number, pk)

    places = any_trail.places()
    assert ("altered", FIRST, 2) in places
    assert ("altered", FIRST, 4) in places


def test_an_entry_moved_to_the_end_of_another_lane_is_found(any_trail):
    any_trail.run("UPDATE core_auditentry SET lane = 12, number = 6 WHERE lane = 11 AND number = 3")
    AuditLane.objects.filter(pk=SECOND).update(
        number=6, head=AuditEntry.objects.get(lane=SECOND, number=6).mac
    )

    assert any_trail.places() == [("removed", FIRST, 3), ("altered", SECOND, 6)]


@pytest.mark.parametrize(
    ("lane", "number"), [(0, None), (11, 6), (99, 1)], ids=["no place", "at the end", "no lane"]
)
def test_an_entry_put_in_is_found(any_trail, lane, number):
    any_trail.run(
        "INSERT INTO core_auditentry (at, by_id, verb, thing_kind, thing_id, lane, number, key_id,"
        " mac) SELECT at, by_id, verb, thing_kind, thing_id, %s, %s, key_id, mac"
        " FROM core_auditentry WHERE lane = 11 AND number = 3",
        lane,
        number,
    )

    (fault, *_) = [one for one in any_trail.faults() if one.lane == lane]
    assert fault.kind in ("inserted", "lane_altered", "altered")


def test_an_entry_put_in_and_given_a_lane_row_is_found(any_trail):
    mac = AuditEntry.objects.get(lane=FIRST, number=3).mac
    any_trail.run(
        "INSERT INTO core_auditentry (at, by_id, verb, thing_kind, thing_id, lane, number, key_id,"
        " mac) SELECT at, by_id, verb, thing_kind, thing_id, 11, 6, key_id, mac"
        " FROM core_auditentry WHERE lane = 11 AND number = 3"
    )
    AuditLane.objects.filter(pk=FIRST).update(number=6, head=mac)

    assert any_trail.places() == [("altered", FIRST, 6)]


def test_an_entry_doubled_where_the_index_was_dropped_is_found(any_trail):
    if connection.vendor == "postgresql":
        any_trail.run("SET CONSTRAINTS ALL IMMEDIATE")
        any_trail.run("ALTER TABLE core_auditentry DROP CONSTRAINT audit_one_entry_at_a_place")
    else:
        pytest.skip("SQLite keeps the constraint in the table's own text")
    any_trail.run(
        "INSERT INTO core_auditentry (at, by_id, verb, thing_kind, thing_id, lane, number, key_id,"
        " mac) SELECT at, by_id, verb, thing_kind, thing_id, 11, 3, key_id, mac"
        " FROM core_auditentry WHERE lane = 11 AND number = 3"
    )

    assert any_trail.places() == [("inserted", FIRST, 3)]


def test_the_check_since_a_day_reads_only_what_was_open_then(trail):
    from datetime import date

    from hequan.core.audit.check import check_trail
    from tests.core.audit_cast import AT

    trail.seal()
    trail.write(SECOND, entries=2)
    trail.run("UPDATE core_auditentry SET verb = 'x' WHERE lane = 12 AND number = 7")
    result = check_trail(at=AT, since=date(2026, 3, 10))

    assert result.entries == 2
    assert [(f.kind, f.lane, f.number) for f in result.faults] == [("altered", SECOND, 7)]


def _swap(trail, column, first, second):
    for old, new in ((first, -1), (second, first), (-1, second)):
        trail.run(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", new, old)


def test_files_of_witnesses_taken_away_are_told(any_trail):
    """Without them a lane cut at its end since the last digest would leave no trace."""
    assert check_trail(at=AT).unwitnessed == 0
    sealed = AuditDigest.objects.exists()
    for path in (Path(settings.AUDIT_ROOT) / "witness").glob("*"):
        path.unlink()

    assert check_trail(at=AT).unwitnessed == (0 if sealed else len(LANES))


def wipe(trail):
    """Empty the trail and everything that vouches for it."""
    for table in ("entry", "lane", "digest"):
        trail.run(f"DELETE FROM core_audit{table}")
    for file in Path(settings.AUDIT_ROOT).rglob("*.*"):
        file.unlink()
    for file in (Path(settings.AUDIT_ROOT) / "witness").glob("*"):
        file.unlink()


def test_a_trail_wiped_completely_is_found_where_there_are_accounts(any_trail):
    wipe(any_trail)
    assert any_trail.faults() == [], "an installation nobody has an account of has no entries yet"
    Account.objects.create_user("somebody")

    with pytest.raises(SystemExit) as left:
        call_command("audit", "verify")
    assert left.value.code == 1
    assert [str(one.kind) for one in any_trail.faults()] == ["emptied"]


def test_a_dropped_table_is_said(trail):
    trail.run("ALTER TABLE core_auditdigest RENAME TO gone")

    with pytest.raises(CommandError, match="core_auditdigest"):
        call_command("audit", "verify")


def test_a_finding_bears_the_local_day(trail, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    late = "2026-03-10 20:00:00+00:00"  # four in the morning of the day after
    trail.run("UPDATE core_auditentry SET at = %s WHERE id = %s", late, trail.id_of(SECOND, 3))

    assert [one.day for one in trail.faults()] == ["2026-03-11"]
