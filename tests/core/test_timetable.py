"""The timetable: once a day, whoever asks how often, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from hequan.core import jobs, timetable
from hequan.core.jobs import Job
from hequan.core.timetable import Nightly, TimetableRow, due_day, enqueue_due, next_due_at, nightly
from tests.forked import at_once

# 03:10 in Shanghai on the 22nd
NIGHT = datetime(2026, 11, 21, 19, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SWEEP = "tests.sweep"


@pytest.fixture
def sweep(monkeypatch):
    """Register one nightly job at 03:00, known since the night before the last."""
    monkeypatch.setattr(timetable, "_nightly", {})
    monkeypatch.setitem(jobs._handlers, SWEEP, lambda payload, at: None)
    nightly(SWEEP, 3, 0)
    TimetableRow.objects.create(name=SWEEP, day=date(2026, 11, 20))


def _days():
    return [one.payload["day"] for one in Job.objects.order_by("pk")]


@pytest.mark.django_db
def test_a_nightly_job_is_enqueued_once_when_its_time_has_come(sweep):
    assert enqueue_due(NIGHT) == [SWEEP]
    assert enqueue_due(NIGHT + timedelta(hours=5)) == []
    assert _days() == ["2026-11-22"]


@pytest.mark.django_db
def test_the_time_of_day_is_that_of_the_place_not_of_greenwich(sweep):
    one = Nightly(SWEEP, timetable._nightly[SWEEP].at)

    assert due_day(one, NIGHT - timedelta(minutes=11)) == date(2026, 11, 21)
    assert due_day(one, NIGHT) == date(2026, 11, 22)
    assert next_due_at(one, NIGHT) == datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_nights_missed_are_caught_up_once(sweep):
    assert enqueue_due(NIGHT + 9 * DAY) == [SWEEP]
    assert enqueue_due(NIGHT + 9 * DAY) == []
    assert _days() == ["2026-12-01"]


@pytest.mark.django_db
def test_a_clock_that_jumps_back_runs_nothing_twice(sweep):
    enqueue_due(NIGHT)
    enqueue_due(NIGHT + DAY)

    assert enqueue_due(NIGHT) == []
    assert enqueue_due(NIGHT + timedelta(hours=1)) == []


@pytest.mark.django_db
def test_a_clock_that_was_years_ahead_does_not_stop_the_nights(sweep):
    enqueue_due(NIGHT + 1500 * DAY)

    assert enqueue_due(NIGHT) == [SWEEP]


@pytest.mark.django_db
def test_a_job_first_known_today_starts_with_its_next_night(sweep):
    TimetableRow.objects.all().delete()

    assert enqueue_due(NIGHT) == []
    assert enqueue_due(NIGHT + DAY) == [SWEEP]
    assert _days() == ["2026-11-23"]


@pytest.mark.django_db
def test_a_row_that_another_worker_wrote_meanwhile_leaves_nothing_to_do(sweep):
    """Without the unique row both would enqueue: each had seen none."""
    assert timetable._enqueue_once(SWEEP, date(2026, 11, 22), True, NIGHT)
    assert not timetable._enqueue_once(SWEEP, date(2026, 11, 22), True, NIGHT)
    assert _days() == ["2026-11-22"]


@pytest.mark.django_db
def test_last_days_tell_what_was_enqueued_not_what_was_only_known(sweep):
    assert timetable.last_days() == {}
    enqueue_due(NIGHT)

    assert timetable.last_days() == {SWEEP: date(2026, 11, 22)}


@pytest.mark.django_db
def test_rows_of_long_ago_are_forgotten(sweep):
    enqueue_due(NIGHT)

    assert timetable.forget_old_days(NIGHT + 400 * DAY) == 1
    assert TimetableRow.objects.get().day == date(2026, 11, 22)


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_four_worker_processes_one_enqueues(sweep):
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    said = at_once(4, lambda number: enqueue_due(NIGHT))

    assert sum(SWEEP in one for one in said) == 1
    assert Job.objects.filter(name=SWEEP).count() == 1
