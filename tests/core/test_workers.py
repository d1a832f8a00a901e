"""Workers: who is dead is known at once, who lives keeps her job, whatever the clock does."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from hequan.core import jobs
from hequan.core.jobs import LEASE, Job, enqueue, lease_next
from hequan.core.kinds import JobState
from hequan.core.workers import (
    Presence,
    Worker,
    follow_the_clock,
    forget_workers,
    locks_folder,
    release_leases_of_the_dead,
)

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setitem(jobs._handlers, "tests.note", lambda payload, at: None)


@pytest.fixture
def present():
    """A worker that lives, without its thread."""
    one = Presence("anna", lambda: AT)
    yield one
    one.stop()


@pytest.mark.django_db
def test_a_living_worker_keeps_its_job_for_as_long_as_it_takes(present):
    enqueue("tests.note", {}, AT)
    lease_next(AT, "anna")

    for beats in range(1, 40):
        present.beat(AT + beats * LEASE / 2)

    assert lease_next(AT + 20 * LEASE, "bert") is None
    assert release_leases_of_the_dead(AT) == 0


HOLD = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
import fcntl
file = open(sys.argv[1], "wb")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.slow
@pytest.mark.django_db
def test_the_job_of_a_killed_worker_is_free_at_once(present):
    """Without the locks it would wait until its lease has run out."""
    enqueue("tests.note", {}, AT)
    lease_next(AT, "bert")
    Worker.objects.create(name="bert", host="here", started_at=AT, seen_at=AT)
    path = locks_folder() / "worker-bert.lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bert:
        assert bert.stdout.readline() == "held\n"
        assert release_leases_of_the_dead(AT) == 0
        assert lease_next(AT, "anna") is None
        os.kill(bert.pid, signal.SIGKILL)
        bert.wait()

    assert release_leases_of_the_dead(AT) == 1
    assert lease_next(AT, "anna") is not None
    assert not path.exists()
    assert not Worker.objects.filter(name="bert").exists()


@pytest.mark.django_db
def test_what_was_due_before_the_clock_jumped_back_is_due_still(present):
    present.beat(AT)
    waiting = enqueue("tests.note", {}, AT - HOUR)
    resting = enqueue("tests.note", {}, AT + timedelta(minutes=20))
    Job.objects.filter(pk=resting.pk).update(attempts=4)
    tomorrow = enqueue("tests.note", {}, AT + 9 * HOUR)
    back = AT - 48 * HOUR

    assert lease_next(back) is None
    assert follow_the_clock(back) == 2

    taken = [lease_next(back, "anna").pk, lease_next(back, "anna").pk]
    assert sorted(taken) == sorted([waiting.pk, resting.pk])
    assert lease_next(back) is None
    tomorrow.refresh_from_db()
    assert tomorrow.next_at == AT + 9 * HOUR


@pytest.mark.django_db
def test_a_lease_given_before_the_clock_jumped_back_runs_out_in_time(present):
    present.beat(AT)
    enqueue("tests.note", {}, AT - 48 * HOUR)
    lease_next(AT, "bert")
    back = AT - 24 * HOUR
    follow_the_clock(back)

    assert lease_next(back + LEASE - timedelta(seconds=1)) is None
    assert lease_next(back + LEASE) is not None


@pytest.mark.django_db
def test_a_clock_that_is_set_right_by_a_minute_changes_nothing(present):
    present.beat(AT)
    enqueue("tests.note", {}, AT)

    assert follow_the_clock(AT - timedelta(minutes=1)) == 0


@pytest.mark.django_db
def test_workers_of_machines_taken_away_are_forgotten(present):
    present.beat(AT)
    Worker.objects.create(name="old", host="there", started_at=AT, seen_at=AT - 25 * HOUR)

    assert forget_workers(AT) == 1
    assert Worker.objects.get().name == "anna"


@pytest.mark.django_db
def test_a_worker_that_ends_leaves_neither_row_nor_lock():
    one = Presence("carl", lambda: AT)
    one.beat(AT)
    one.stop()

    assert not Worker.objects.exists()
    assert list(locks_folder().iterdir()) == []
    assert Job.objects.filter(state=JobState.RUNNING).count() == 0
