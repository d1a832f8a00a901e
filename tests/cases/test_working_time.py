"""Working time against a slow count by the minute, and the three laws it keeps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hequan.cases.working_time import NoOfficeHoursError, OfficeHours
from hequan.core.calendar import WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING, AFTERNOON = (time(9), time(11, 30)), (time(13, 30), time(17))
# the first days of October 2026 are off, Saturday the 10th is worked instead
HOLIDAYS = {date(2026, 10, n): True for n in range(1, 8)} | {date(2026, 10, 10): False}
HALF = {date(2026, 3, 9): (MORNING,)}
HOURS = OfficeHours(WorkingCalendar(HOLIDAYS), SHANGHAI, (MORNING, AFTERNOON), HALF)

seconds = some.integers(0, 30 * 6 * 3600)
moments = some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(
    lambda one: one.replace(microsecond=0, tzinfo=SHANGHAI)
)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def test_lunch_is_no_working_time():
    assert HOURS.worked(at(3, 10, 11), at(3, 10, 14)) == 3600


def test_an_afternoon_runs_on_into_the_next_morning():
    assert HOURS.after(at(3, 10, 16, 30), 3600) == at(3, 11, 9, 30)


def test_a_holiday_is_left_out_and_a_make_up_saturday_worked():
    assert HOURS.after(at(9, 30, 17), 6 * 3600 * 2) == at(10, 9, 17)
    assert HOURS.worked(at(10, 10, 0), at(10, 11, 0)) == 6 * 3600


def test_half_a_day_has_its_own_hours():
    assert HOURS.worked(at(3, 9, 0), at(3, 10, 0)) == 2.5 * 3600


def test_seconds_of_another_zone_count_by_the_wall_clock_of_the_office():
    assert HOURS.worked(datetime(2026, 3, 10, 1, tzinfo=UTC), at(3, 10, 10)) == 3600


def test_a_calendar_that_never_opens_says_so():
    never = OfficeHours(WorkingCalendar({}), SHANGHAI, ())
    with pytest.raises(NoOfficeHoursError):
        never.after(at(3, 10, 9), 60)


@given(moments, seconds)
def test_what_has_passed_after_an_amount_is_the_amount(start, amount):
    assert HOURS.worked(start, HOURS.after(start, amount)) == amount


@given(moments, seconds, seconds)
def test_amounts_add_up(start, one, other):
    assert HOURS.after(HOURS.after(start, one), other) == HOURS.after(start, one + other)


@given(moments, moments, moments)
def test_stretches_add_up(a, b, c):
    assert HOURS.worked(a, b) + HOURS.worked(b, c) == HOURS.worked(a, c)


@given(moments, seconds, some.integers(0, 10**6), some.integers(0, 10**5))
def test_later_and_longer_never_end_earlier(start, amount, later, longer):
    end = HOURS.after(start, amount)
    assert HOURS.after(start + timedelta(seconds=later), amount) >= end
    assert HOURS.after(start, amount + longer) >= end


@given(moments, some.integers(0, 3 * 24 * 60))
def test_it_agrees_with_a_count_by_the_minute(start, minutes):
    start = start.replace(second=0)
    slow = sum(_open(start + timedelta(minutes=n)) for n in range(minutes))
    assert HOURS.worked(start, start + timedelta(minutes=minutes)) == 60 * slow


def _open(moment: datetime) -> bool:
    windows = HOURS.windows_on(moment.date())
    return any(opens <= moment.time() < closes for opens, closes in windows)
