"""Dead letters: run again, put aside, each by one administrator and in the trail."""

from datetime import UTC, datetime, timedelta

import pytest

from hequan.core import jobs
from hequan.core.audit import AuditEntry
from hequan.core.dead_letters import (
    JobNotDeadError,
    job_counts,
    jobs_in,
    put_job_aside,
    run_job_again,
    shown,
)
from hequan.core.jobs import Job, run_next
from hequan.core.kinds import JobState
from hequan.core.tidying import ASIDE_KEPT, DONE_KEPT, tidy

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def revived(monkeypatch, db):
    Job.objects.all().delete()  # those the seeds leave behind
    seen = []
    monkeypatch.setattr(jobs, "_handlers", dict(jobs._handlers))
    monkeypatch.setattr(jobs, "_ways", dict(jobs._ways))
    again = jobs.job("tests.note", on_revival=lambda payload, at: seen.append(payload))
    again(lambda payload, at: None)
    return seen


def _job(state, **more):
    values = {"name": "tests.note", "payload": {"run": 3}, "next_at": AT, "ended_at": AT}
    return Job.objects.create(**values | {"state": state} | more)


@pytest.mark.django_db
def test_a_dead_job_run_again_has_all_its_attempts(world, revived):
    dead = _job(JobState.DEAD, attempts=5, error="broken")
    later = AT + timedelta(hours=1)

    run_job_again(job=dead.pk, by=world.officer, at=later)

    assert revived == [{"run": 3}]
    assert run_next(later)
    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.error) == (JobState.DONE, 1, "")
    entry = AuditEntry.objects.get(verb="core.job_run_again")
    assert (entry.thing_id, entry.by) == (str(dead.pk), world.officer)


@pytest.mark.django_db
def test_a_dead_job_put_aside_is_not_run_and_can_still_be_run_again(world, revived):
    dead = _job(JobState.DEAD)

    put_job_aside(job=dead.pk, by=world.officer, at=AT)

    assert not run_next(AT)
    assert job_counts()[JobState.ASIDE] == 1
    assert AuditEntry.objects.filter(verb="core.job_put_aside").count() == 1
    run_job_again(job=dead.pk, by=world.officer, at=AT)
    assert run_next(AT)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [run_job_again, put_job_aside])
def test_what_another_administrator_has_dealt_with_is_refused(world, revived, act):
    waiting = _job(JobState.WAITING, ended_at=None)

    with pytest.raises(JobNotDeadError):
        act(job=waiting.pk, by=world.officer, at=AT)
    assert not AuditEntry.objects.filter(verb__startswith="core.job_").exists()


@pytest.mark.django_db
def test_the_list_shows_keys_codes_and_days_of_a_payload_and_masks_the_rest(revived):
    payload = {"run": 3, "on": "2026-11-22", "news": "roster.post_ended", "name": "王小明"}
    _job(JobState.DEAD, payload=payload, error="a.py:3 run\nValueError: broken")
    [line] = jobs_in(JobState.DEAD)

    assert line.payload == payload | {"run": "3", "name": "…"}
    assert line.last_words == "ValueError: broken"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        (True, "True"),
        ([1, 2], "1, 2"),
        ("13812345678", "…"),
        (13812345678, "…"),
        ("310113198001011234", "…"),
        ({"a": 1}, "…"),
        ("two words", "…"),
        ("GJ-A", "GJ-A"),
    ],
)
def test_what_may_be_personal_is_masked(value, expected):
    assert shown(value) == expected


@pytest.mark.django_db
def test_the_nightly_tidying_keeps_what_is_dead_and_what_is_new(revived):
    _job(JobState.DONE, ended_at=AT - DONE_KEPT - timedelta(days=1))
    _job(JobState.ASIDE, ended_at=AT - ASIDE_KEPT - timedelta(days=1))
    kept = [
        _job(JobState.DONE, ended_at=AT - timedelta(days=1)),
        _job(JobState.ASIDE, ended_at=AT - timedelta(days=8)),
        _job(JobState.DEAD, ended_at=AT - timedelta(days=900)),
        _job(JobState.WAITING, ended_at=None),
    ]
    tidy({}, AT)

    assert list(Job.objects.order_by("pk")) == kept
