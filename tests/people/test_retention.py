"""Retention: what is past its time goes, in batches with proofs, and nothing else does."""

from datetime import timedelta

import pytest

from hequan.core import personal
from hequan.core.audit import AuditEntry
from hequan.core.limits import TakenCount
from hequan.core.personal import OnErase, TableTags, tags_of
from hequan.core.timetable import timetable
from hequan.people.actions import clear_what_is_past, open_data_request
from hequan.people.actions import retention as carried_out
from hequan.people.jobs import RETENTION, keep_retention
from hequan.people.models import RetentionProof
from hequan.people.protection_kinds import ConsentChannel, RequestKind
from hequan.people.retention import digest_of
from tests.world import AT

pytestmark = pytest.mark.django_db


def counted(number, ended_ago):
    return TakenCount.objects.create(
        mark=f"{number:032d}", bucket="code", taken=1, ends_at=AT - ended_ago
    )


@pytest.fixture
def only_limits(monkeypatch):
    monkeypatch.setattr(personal, "_tags", {"core.takencount": tags_of("core.takencount")})


def test_rows_past_their_time_go_and_the_others_stay(world):
    gone, kept = counted(1, timedelta(days=2)), counted(2, timedelta(hours=23))

    cleared = clear_what_is_past(by=world.system, at=AT)

    assert cleared["core.takencount"] == 1
    assert list(TakenCount.objects.values_list("pk", flat=True)) == [kept.pk]
    proof = RetentionProof.objects.get(table="core.takencount")
    assert (proof.count, proof.oldest, proof.at) == (1, gone.ends_at, AT)
    assert proof.ids_digest == digest_of([gone.pk])
    assert proof.rule == "delete 1 days after ends_at"


def test_a_second_night_finds_nothing(world):
    counted(1, timedelta(days=2))
    clear_what_is_past(by=world.system, at=AT)

    assert clear_what_is_past(by=world.system, at=AT) == {}
    assert RetentionProof.objects.count() == 1


def test_it_goes_in_batches_with_one_proof(world, only_limits, monkeypatch):
    monkeypatch.setattr(carried_out, "BATCH", 3)
    pks = [counted(number, timedelta(days=2)).pk for number in range(8)]

    assert clear_what_is_past(by=world.system, at=AT) == {"core.takencount": 8}

    proof = RetentionProof.objects.get()
    chained = digest_of(pks[6:], digest_of(pks[3:6], digest_of(pks[:3])))
    assert (proof.count, proof.ids_digest) == (8, chained)
    assert AuditEntry.objects.filter(verb="people.retention_kept").count() == 1


def test_a_killed_run_leaves_no_row_gone_without_a_proof(world, only_limits, monkeypatch):
    monkeypatch.setattr(carried_out, "BATCH", 3)
    for number in range(8):
        counted(number, timedelta(days=2))
    prove, batches = carried_out._prove, []

    def killed_in_the_second(*given):
        batches.append(given)
        if len(batches) == 2:
            raise KeyboardInterrupt
        prove(*given)

    monkeypatch.setattr(carried_out, "_prove", killed_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        clear_what_is_past(by=world.system, at=AT)

    assert (TakenCount.objects.count(), RetentionProof.objects.get().count) == (5, 3)


def test_rows_that_are_emptied_are_emptied_once(world, monkeypatch):
    tags = tags_of("people.datarequest")
    fields = {
        name: tag.of(retention=30) if name == "note" else tag for name, tag in tags.fields.items()
    }
    aged = TableTags(fields, "person", OnErase.BLANK, ends="asked_at", title=tags.title)
    monkeypatch.setattr(personal, "_tags", {"people.datarequest": aged})
    request = open_data_request(
        person=world.cast.resident,
        kind=RequestKind.EXPLAIN,
        channel=ConsentChannel.PHONE,
        note="她想知道为什么",
        by=world.officer,
        at=AT - timedelta(days=31),
    )

    assert clear_what_is_past(by=world.system, at=AT) == {"people.datarequest": 1}

    request.refresh_from_db()
    assert (request.note, request.kind) == ("", "explain")
    assert clear_what_is_past(by=world.system, at=AT) == {}


def test_a_table_that_cannot_be_cleared_stops_no_other(world, monkeypatch):
    counted(1, timedelta(days=2))
    broken = TableTags(tags_of("core.job").fields, ends="nothing", on_end=OnErase.DELETE)
    fields = {name: tag.of(retention=1) for name, tag in broken.fields.items()}
    broken = TableTags(fields, ends="nothing", on_end=OnErase.DELETE)
    own = {"core.job": broken, "core.takencount": tags_of("core.takencount")}
    monkeypatch.setattr(personal, "_tags", own)

    with pytest.raises(ExceptionGroup):
        clear_what_is_past(by=world.system, at=AT)

    assert not TakenCount.objects.exists()


def test_it_is_due_every_night(world):
    counted(1, timedelta(days=2))

    assert RETENTION in [one.name for one in timetable()]
    keep_retention({"day": "2026-03-10"}, AT)
    assert not TakenCount.objects.exists()
