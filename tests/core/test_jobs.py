"""Jobs: done at least once, leased by one worker, put off with back-off, dead at last."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from hequan.core import jobs, outbox
from hequan.core.job_faults import masked
from hequan.core.jobs import ATTEMPTS, LEASE, Job, enqueue, lease_next, run_next
from hequan.core.kinds import JobState
from tests.forked import at_once

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def handler(monkeypatch):
    """Register a job named `tests.note` for one test; it notes each payload, or fails on demand."""
    seen = []

    def note(payload, at):
        seen.append(payload)
        if payload.get("fail"):
            raise ValueError("the shelf is empty")

    monkeypatch.setitem(jobs._handlers, "tests.note", note)
    return seen


@pytest.mark.django_db
def test_a_due_job_is_run_once_and_done(handler):
    row = enqueue("tests.note", {"n": 1}, AT)

    assert run_next(AT)
    assert not run_next(AT)

    row.refresh_from_db()
    assert handler == [{"n": 1}]
    assert (row.state, row.attempts, row.leased_until) == (JobState.DONE, 1, None)


@pytest.mark.django_db
def test_a_job_waits_for_its_time(handler):
    enqueue("tests.note", {}, AT + timedelta(minutes=1))

    assert not run_next(AT)
    assert run_next(AT + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_failing_job_is_put_off_longer_each_time_and_dies_at_last(handler):
    row = enqueue("tests.note", {"fail": True}, AT)
    moments, moment = [], AT
    while run_next(moment):
        row.refresh_from_db()
        moments.append(row.next_at - moment)
        moment = row.next_at

    assert row.state == JobState.DEAD
    assert len(handler) == ATTEMPTS
    assert moments[:-1] == sorted(moments[:-1])  # the dead one waits for nothing
    assert "the shelf is empty" in row.error


@pytest.mark.django_db
def test_a_dead_workers_job_is_taken_over_when_its_lease_runs_out(handler):
    enqueue("tests.note", {}, AT)
    lease_next(AT)

    assert lease_next(AT + LEASE - timedelta(seconds=1)) is None
    assert lease_next(AT + LEASE) is not None


@pytest.mark.django_db
def test_a_job_without_handler_is_refused_at_the_door():
    with pytest.raises(LookupError, match=r"tests\.unknown"):
        enqueue("tests.unknown", {}, AT)


@pytest.mark.django_db
def test_a_second_handler_for_a_job_is_refused(handler):
    with pytest.raises(LookupError, match=r"tests\.note"):
        jobs.job("tests.note")(lambda payload, at: None)


@pytest.mark.django_db
def test_news_becomes_a_job_of_every_listener(handler, monkeypatch):
    monkeypatch.setitem(outbox._listeners, "tests.opened", [])
    outbox.listen("tests.opened", "tests.note")
    outbox.listen("tests.opened", "tests.note")

    outbox.tell("tests.opened", {"station": 7}, AT)
    run_next(AT)

    assert handler == [{"news": "tests.opened", "station": 7}]


@pytest.mark.django_db(transaction=True)
def test_a_job_asked_for_in_a_transaction_that_fails_does_not_exist(handler):
    class ChangedMyMindError(Exception):
        pass

    def ask_and_fail():
        enqueue("tests.note", {}, AT)
        raise ChangedMyMindError

    with pytest.raises(ChangedMyMindError):
        transaction.atomic(ask_and_fail)()

    assert not run_next(AT)


def lease_all(number):
    """Lease until nothing is due; return which jobs these were."""
    return [leased.pk for leased in iter(lambda: lease_next(AT), None)]


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_worker_processes_never_lease_the_same_job(handler):
    """Without the conditional write in lease_next two of them take the same row."""
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    for n in range(60):
        enqueue("tests.note", {"n": n}, AT)

    leased = [pk for mine in at_once(4, lease_all) for pk in mine]

    assert sorted(leased) == sorted(Job.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_is_given_up(handler):
    """Without the count it would be taken over for ever."""
    row = enqueue("tests.note", {}, AT)
    moment = AT
    while lease_next(moment) is not None:
        moment += LEASE

    row.refresh_from_db()
    assert (row.state, row.attempts) == (JobState.DEAD, ATTEMPTS)
    assert "worker died" in row.error


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_does_not_end_the_job_of_another(handler, monkeypatch):
    """Without the check of the lease the slow one would mark done what the other still runs."""
    row = enqueue("tests.note", {}, AT)

    def slow(payload, at):
        assert lease_next(AT + LEASE, "the other").pk == row.pk

    monkeypatch.setitem(jobs._handlers, "tests.note", slow)
    assert run_next(AT, "the slow one")

    row.refresh_from_db()
    assert (row.state, row.leased_by) == (JobState.RUNNING, "the other")


@pytest.mark.django_db
def test_a_jobs_death_is_told_to_what_it_worked_on_in_the_same_transaction(monkeypatch):
    told = []
    monkeypatch.setattr(jobs, "_handlers", dict(jobs._handlers))
    monkeypatch.setattr(jobs, "_ways", dict(jobs._ways))

    @jobs.job("tests.dying", on_death=lambda payload, error, at: told.append((payload, error)))
    def dying(payload, at):
        raise ValueError("call 138 1234 5678")

    enqueue("tests.dying", {"run": 3}, AT)
    moment = AT
    while run_next(moment):
        moment += timedelta(hours=1)

    [(payload, error)] = told
    assert payload == {"run": 3}
    assert error.endswith("ValueError: call ***")


@pytest.mark.django_db
def test_an_error_is_kept_without_the_row_a_database_quotes():
    quoted = ValueError("duplicate key\nDETAIL:  Key (name)=(王小明) already exists.")

    assert masked(quoted) == "ValueError: duplicate key"
