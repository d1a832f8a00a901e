"""Lanes: writers never wait for one another, and what is rolled back leaves no gap."""

import contextlib
import io
import os
import sys
import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from hequan.core.accounts import system_account
from hequan.core.audit import AuditEntry, record
from hequan.core.audit import lanes as audit_lanes
from hequan.core.audit import witness as audit_witness
from hequan.core.audit.check import check_trail
from hequan.core.audit.fence import put_up_fence, take_down_fence
from hequan.core.audit.old_entries import chain_old_entries
from hequan.core.audit.tables import AuditLane
from hequan.core.audit.witness import witnesses
from tests.core.audit_cast import AT
from tests.forked import at_once

FLUSHED = pytest.mark.django_db(transaction=True)


class _Changed(Exception):
    """Something went wrong in the middle of an action."""


def write(value=0):
    by = system_account()
    record(verb="tests.saved", by=by, at=AT, thing=by, after={"value": value})


@transaction.atomic
def break_off(*values):
    for value in values:
        write(value)
    raise _Changed


def numbers():
    return list(AuditEntry.objects.order_by("lane", "number").values_list("number", flat=True))


@pytest.mark.django_db
def test_a_savepoint_rolled_back_leaves_no_gap():
    write(1)
    with pytest.raises(_Changed):
        break_off(2)
    write(3)

    assert numbers() == [1, 2]
    assert check_trail(at=AT).faults == ()


@pytest.mark.slow
@FLUSHED
def test_a_transaction_rolled_back_leaves_no_gap_and_no_witness():
    with transaction.atomic():
        write(1)
    with pytest.raises(_Changed):
        break_off(2, 3)
    with transaction.atomic():
        write(4)

    assert numbers() == [1, 2]
    assert [one.number for one in witnesses()] == [1, 2]
    assert check_trail(at=AT).faults == ()


@pytest.mark.slow
@FLUSHED
def test_entries_outside_a_transaction_are_chained_too():
    write(1)
    write(2)

    assert numbers() == [1, 2]
    assert len(list(witnesses())) == 2
    assert check_trail(at=AT).faults == ()


@pytest.mark.postgres
@pytest.mark.slow
@FLUSHED
def test_a_writer_does_not_wait_for_one_who_has_not_committed():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    faults = []

    def other():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            with transaction.atomic():
                write(2)
        except DatabaseError as fault:
            faults.append(fault)
        finally:
            connection.close()

    system_account()  # making it would make the other wait for its name
    with transaction.atomic():
        write(1)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert faults == []
    assert AuditEntry.objects.values("lane").distinct().count() == 2
    assert check_trail(at=AT).faults == ()


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_lane_moved_by_somebody_else_is_read_again():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no memory of its lane")
    write(1)
    audit_lanes._held[connection.connection].number = 7
    write(2)

    assert numbers() == [1, 2]
    assert check_trail(at=AT).faults == ()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE core_auditentry SET verb = 'x'", "DELETE"])
def test_the_database_refuses_to_change_entries(statement):
    put_up_fence(connection)
    write(1)
    if statement == "DELETE":
        if connection.vendor == "sqlite":
            pytest.skip("SQLite empties tables by DELETE")
        statement = "DELETE FROM core_auditentry"
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    take_down_fence(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1


@pytest.mark.django_db
def test_entries_of_releases_without_a_chain_are_tied_into_the_first_lane():
    by = system_account()
    for value in ({"share": 1e22, "lon": -0.0}, None, {"name": "红枫"}):
        AuditEntry.objects.create(
            at=AT, by=by, verb="tests.old", thing_kind="core.account", thing_id="1", after=value
        )
    assert len(check_trail(at=AT).faults) == 3
    chain_old_entries(apps, None)
    chain_old_entries(apps, None)
    write(1)

    assert check_trail(at=AT).faults == ()
    assert AuditLane.objects.get(pk=1).number in (3, 4)
    assert AuditEntry.objects.filter(lane=1, verb="tests.old").count() == 3


@pytest.mark.django_db
def test_a_process_that_forked_writes_a_witness_of_its_own(monkeypatch):
    audit_witness.bear_witness(1, 1, "a" * 64)
    parent = os.getpid()
    monkeypatch.setattr("hequan.core.audit.witness.os.getpid", lambda: parent + 1)
    audit_witness.bear_witness(1, 2, "b" * 64)

    assert len(list(audit_witness.folder().glob("*.txt"))) == 2
    assert [one.number for one in sorted(witnesses(), key=lambda one: one.number)] == [1, 2]


class _ForkedWriters:
    """The bench's writers, forked instead of started."""

    def __init__(self, processes, threads):
        self.processes, self.threads = processes, threads

    def write(self, task, each):
        at_once(self.processes, lambda number: self._serve(f"{task} {each}\n"))
        return 0.0

    def _serve(self, lines):
        from bench.core import writer

        sys.stdin = io.StringIO(lines)
        with contextlib.redirect_stdout(io.StringIO()):
            writer.main(self.threads)

    def end(self):
        """Each has ended with its work."""


@pytest.mark.postgres
@pytest.mark.slow
@FLUSHED
def test_eight_writers_lose_no_update_and_leave_a_whole_trail(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    from bench.core import writers

    monkeypatch.setattr(writers, "Writers", _ForkedWriters)
    found = writers.measure(processes=2, threads=4, actions=400)

    assert found["entries"] == found["jobs"] == found["actions"] == 400
    assert found["sum"] == 200 * 1_000_000
    assert found["purses_right"]
    assert found["faults"] == 0
