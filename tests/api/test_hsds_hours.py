"""Weekly rows with validity say the same, day by day, as the rules they come from."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.api.hsds_hours import BYDAY, dated_rows, holiday_spans, weekly_rows
from hequan.core.calendar import WorkingCalendar
from hequan.stations.hours import WEEKDAYS, DayException, Rule, rules_of_day
from hequan.stations.kinds import OpeningDay

TODAY = date(2026, 3, 10)
NO_HOLIDAYS = WorkingCalendar({})

days = st.sampled_from(WEEKDAYS)
moments = st.integers(0, 23).map(lambda hour: 60 * hour)
dates = st.dates(date(2025, 6, 1), date(2027, 12, 31))
seasons = st.sampled_from(
    [("", ""), ("07-01", "08-31"), ("11-15", "02-29"), ("02-29", "03-15"), ("12-31", "12-31")]
)


@st.composite
def rules(draw):
    opens = draw(moments)
    season_from, season_to = draw(seasons)
    first, last = sorted([draw(st.none() | dates), draw(st.none() | dates)], key=str)
    first, last = (None, None) if first == last else (first, last)
    if first is None or last is None:
        first, last = draw(st.sampled_from([(first or last, None), (None, first or last)]))
    return Rule(
        day=draw(days),
        opens=opens,
        closes=opens + draw(st.integers(1, 24)) * 60,
        season_from=season_from,
        season_to=season_to,
        valid_from=first,
        valid_to=last,
    )


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(rules(), max_size=5))
def test_rows_say_of_every_day_of_a_year_what_the_rules_say(drawn):
    rows = weekly_rows(drawn, TODAY)

    for offset in range(365):
        day = TODAY + timedelta(days=offset)
        told = [
            (row.opens, row.closes)
            for row in rows
            if BYDAY[WEEKDAYS[day.weekday()]] in row.byday
            and (row.valid_from is None or row.valid_from <= day)
            and (row.valid_to is None or day <= row.valid_to)
        ]
        meant = [(r.opens, r.closes) for r in rules_of_day(drawn, day, calendar=NO_HOLIDAYS)]
        assert set(told) == set(meant), day


def test_hours_that_never_change_have_no_validity():
    rows = weekly_rows([Rule(day, 540, 1020) for day in WEEKDAYS], TODAY)

    assert [(row.byday, row.valid_from, row.valid_to) for row in rows] == [
        (("MO", "TU", "WE", "TH", "FR", "SA", "SU"), None, None)
    ]


def test_midnight_and_the_night_after_are_told_by_the_clock():
    rows = weekly_rows([Rule(WEEKDAYS[0], 1080, 1440), Rule(WEEKDAYS[1], 1080, 1560)], TODAY)

    assert [(row.opens_at, row.closes_at) for row in rows] == [
        ("18:00", "00:00"),
        ("18:00", "02:00"),
    ]


def test_only_exceptional_days_that_are_open_become_rows():
    found = dated_rows(
        [DayException(date(2026, 5, 1)), DayException(date(2026, 5, 2), 600, 720, "值班")]
    )

    assert [(row.once_on, row.byday, row.opens_at) for row in found] == [
        (date(2026, 5, 2), ("SA",), "10:00")
    ]


def test_holidays_are_told_apart_from_no_word_about_them():
    weekday, closed = Rule(WEEKDAYS[0], 540, 1020), Rule(OpeningDay.HOLIDAY, 0, 0)

    assert holiday_spans([weekday], TODAY) is None
    assert holiday_spans([weekday, closed], TODAY) == ()
    assert holiday_spans([Rule(OpeningDay.HOLIDAY, 540, 720)], TODAY) == ("09:00-12:00",)
