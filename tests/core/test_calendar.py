"""The working calendar: named days first, weekdays otherwise; a year is replaced whole."""

from datetime import UTC, date, datetime

import pytest

from hequan.core.accounts import system_account
from hequan.core.calendar import WorkingCalendar
from hequan.core.calendar_days import NamedDay, replace_calendar_year, working_calendar

AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_weekend_is_off_and_a_weekday_is_not():
    calendar = WorkingCalendar({})

    assert calendar.is_off(date(2026, 11, 22))
    assert not calendar.is_off(date(2026, 11, 23))


def test_a_make_up_day_is_worked_although_it_is_a_sunday():
    calendar = WorkingCalendar({date(2026, 2, 15): False})

    assert not calendar.is_off(date(2026, 2, 15))


def test_a_public_holiday_is_told_from_a_plain_weekend():
    calendar = WorkingCalendar({date(2026, 10, 1): True})

    assert calendar.is_public_holiday(date(2026, 10, 1))
    assert not calendar.is_public_holiday(date(2026, 11, 22))


@pytest.mark.django_db
def test_a_year_replaced_is_seen_at_once_and_leaves_nothing_of_the_old():
    replace_calendar_year(
        year=2026,
        days=[NamedDay(date(2026, 10, 1), "国庆节", True)],
        source="first notice",
        by=system_account(),
        at=AT,
    )
    assert working_calendar().is_off(date(2026, 10, 1))

    replace_calendar_year(
        year=2026,
        days=[NamedDay(date(2026, 10, 2), "国庆节", True)],
        source="second notice",
        by=system_account(),
        at=AT,
    )

    assert not working_calendar().is_off(date(2026, 10, 1))
    assert working_calendar().is_off(date(2026, 10, 2))
