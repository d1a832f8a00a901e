"""When a limit runs out: units, pauses, and the laws of both."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hequan.cases.kinds import LimitUnit
from hequan.cases.sla import Calendar, Limit, Span, due_after_pause, due_at
from hequan.cases.working_time import OfficeHours
from hequan.core.calendar import WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = OfficeHours(WorkingCalendar({}), SHANGHAI, ((time(8), time(12)), (time(14), time(18))))
CALENDAR = Calendar(HOURS)
FRIDAY = datetime(2026, 3, 13, 16, tzinfo=SHANGHAI)

moments = some.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1)).map(
    lambda one: one.replace(microsecond=0, tzinfo=SHANGHAI)
)
units = some.sampled_from(list(LimitUnit))
hours = some.integers(0, 200).map(lambda n: timedelta(hours=n))


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (4, LimitUnit.WORK_HOUR, "2026-03-16T10:00"),
        (1, LimitUnit.WORK_DAY, "2026-03-16T16:00"),
        (0.5, LimitUnit.WORK_DAY, "2026-03-16T10:00"),
        (5, LimitUnit.WORK_DAY, "2026-03-20T16:00"),
        (4, LimitUnit.URGENT_HOUR, "2026-03-13T20:00"),
        (1, LimitUnit.URGENT_DAY, "2026-03-14T16:00"),
        (3, LimitUnit.NATURAL_DAY, "2026-03-16T16:00"),
    ],
)
def test_each_unit_runs_on_its_own_time(amount, unit, due):
    assert f"{due_at(FRIDAY, Limit(amount, unit), (), CALENDAR):%Y-%m-%dT%H:%M}" == due


def test_a_pause_moves_the_end_by_what_it_took():
    pause = Span(FRIDAY + timedelta(hours=1), FRIDAY + timedelta(days=3, hours=1))
    plain = due_at(FRIDAY, Limit(1, LimitUnit.WORK_DAY), (), CALENDAR)
    paused = due_at(FRIDAY, Limit(1, LimitUnit.WORK_DAY), (pause,), CALENDAR)
    assert (plain.day, paused.day) == (16, 17)


def test_a_pause_after_the_end_moves_nothing():
    pause = Span(FRIDAY + timedelta(days=9), FRIDAY + timedelta(days=12))
    limit = Limit(1, LimitUnit.WORK_DAY)
    assert due_at(FRIDAY, limit, (pause,), CALENDAR) == due_at(FRIDAY, limit, (), CALENDAR)


@given(moments, units, some.integers(1, 40), hours, hours)
def test_one_pause_moves_the_stored_end_as_it_moves_the_counted_one(
    start, unit, amount, wait, length
):
    limit = Limit(amount, unit)
    pause = Span(start + wait, start + wait + length)
    stored = due_at(start, limit, (), CALENDAR)
    moved = due_after_pause(stored, pause.start, pause.end, unit, CALENDAR)
    counted = due_at(start, limit, (pause,), CALENDAR)
    assert CALENDAR.between(moved, counted, unit) == 0
    assert moved >= stored


@given(moments, units, some.integers(0, 40), some.integers(0, 40))
def test_a_longer_limit_never_ends_earlier(start, unit, amount, more):
    short = due_at(start, Limit(amount, unit), (), CALENDAR)
    assert due_at(start, Limit(amount + more, unit), (), CALENDAR) >= short
