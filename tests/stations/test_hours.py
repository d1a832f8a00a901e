"""Opening hours: spans, seasons, holidays, nights, closures, and laws that hold for any of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.core.calendar import WorkingCalendar
from hequan.stations import hours
from hequan.stations.hours import ClosedSpell, DayException, HoursError, Rule, Schedule
from hequan.stations.kinds import OpeningDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = date(2026, 1, 1)  # a Thursday
NO_HOLIDAYS = WorkingCalendar({})
WEEK = tuple(OpeningDay)[:7]


def schedule(*rules, calendar=NO_HOLIDAYS, zone=SHANGHAI, exceptions=(), closures=()):
    return Schedule(tuple(rules), calendar, zone, tuple(exceptions), tuple(closures))


def local(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def every_day(opens, closes, **more):
    return [Rule(day, opens, closes, **more) for day in WEEK]


OFFICE = [Rule(day, 540, 720) for day in WEEK[:5]] + [Rule(day, 780, 1020) for day in WEEK[:5]]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T08:59", False),
        ("2026-03-02T09:00", True),
        ("2026-03-02T11:59", True),
        ("2026-03-02T12:00", False),
        ("2026-03-02T13:00", True),
        ("2026-03-02T17:00", False),
        ("2026-03-07T10:00", False),
    ],
)
def test_a_lunch_break_shuts_the_station_between_the_halves(moment, expected):
    assert hours.is_open(schedule(*OFFICE), local(moment)) is expected


def test_the_state_says_until_when_and_when_next():
    office = schedule(*OFFICE)
    open_now = hours.open_state(office, local("2026-03-02T10:00"))
    shut_now = hours.open_state(office, local("2026-03-06T18:00"))
    assert (open_now.is_open, open_now.until) == (True, local("2026-03-02T12:00"))
    assert (shut_now.is_open, shut_now.opens_at) == (False, local("2026-03-09T09:00"))


def test_an_evening_past_midnight_belongs_to_the_day_it_began_on():
    bar = schedule(Rule(OpeningDay.FRIDAY, 20 * 60, 26 * 60))
    assert hours.is_open(bar, local("2026-03-07T01:59"))  # Saturday morning
    assert not hours.is_open(bar, local("2026-03-07T02:00"))
    assert not hours.is_open(bar, local("2026-03-06T01:59"))  # Friday morning
    assert hours.open_until(bar, local("2026-03-06T23:00")) == local("2026-03-07T02:00")


def test_a_night_before_a_shut_day_still_runs_to_its_end():
    bar = schedule(*every_day(20 * 60, 26 * 60), exceptions=[DayException(date(2026, 3, 7))])
    assert hours.is_open(bar, local("2026-03-07T01:00"))
    assert not hours.is_open(bar, local("2026-03-07T21:00"))


def test_open_around_the_clock_is_always_and_names_no_end():
    state = hours.open_state(schedule(*every_day(0, 1440)), local("2026-03-02T03:00"))
    assert (state.is_open, state.always, state.until) == (True, True, None)


def test_a_coming_closure_ends_being_always_open():
    closed = ClosedSpell(local("2026-03-05T00:00"), local("2026-03-06T00:00"), "repair")
    state = hours.open_state(
        schedule(*every_day(0, 1440), closures=[closed]), local("2026-03-02T03:00")
    )
    assert (state.always, state.until) == (False, local("2026-03-05T00:00"))


def test_a_season_goes_before_the_whole_year_on_the_days_it_names():
    summer = [Rule(day, 360, 1260, "summer", "06-01", "08-31") for day in WEEK[:5]]
    both = schedule(*every_day(540, 1020), *summer)
    assert hours.is_open(both, local("2026-07-01T06:00"))
    assert hours.is_open(both, local("2026-08-31T20:59"))
    assert not hours.is_open(both, local("2026-09-01T06:00"))
    assert hours.is_open(both, local("2026-07-04T09:00"))  # Saturday keeps the year's hours
    assert not hours.is_open(both, local("2026-07-04T06:00"))


def test_a_season_may_pass_the_new_year():
    winter = schedule(*every_day(480, 960, season="winter", season_from="11-15", season_to="03-15"))
    assert hours.is_open(winter, local("2026-12-31T08:00"))
    assert hours.is_open(winter, local("2026-01-01T08:00"))
    assert hours.is_open(winter, local("2026-03-15T15:59"))
    assert not hours.is_open(winter, local("2026-03-16T08:00"))
    assert not hours.is_open(winter, local("2026-11-14T08:00"))


def test_rules_stand_from_their_first_day_to_the_day_before_their_last():
    old = every_day(540, 1020, valid_to=date(2026, 4, 1))
    new = every_day(600, 1080, valid_from=date(2026, 4, 1))
    station = schedule(*old, *new)
    assert hours.is_open(station, local("2026-03-31T09:30"))
    assert not hours.is_open(station, local("2026-04-01T09:30"))
    assert hours.is_open(station, local("2026-04-01T17:30"))


def test_a_public_holiday_has_its_own_rows_before_its_weekday():
    calendar = WorkingCalendar({NEW_YEAR: True})
    station = schedule(*every_day(480, 1200), Rule(OpeningDay.HOLIDAY, 600, 960), calendar=calendar)
    assert not hours.is_open(station, local("2026-01-01T08:30"))
    assert hours.is_open(station, local("2026-01-01T10:00"))
    assert hours.is_open(station, local("2026-01-02T08:30"))


def test_a_holiday_without_rows_of_its_own_follows_its_weekday():
    station = schedule(*every_day(480, 1200), calendar=WorkingCalendar({NEW_YEAR: True}))
    assert hours.is_open(station, local("2026-01-01T08:30"))


def test_a_row_may_say_shut_on_holidays():
    calendar = WorkingCalendar({NEW_YEAR: True})
    station = schedule(*every_day(480, 1200), Rule(OpeningDay.HOLIDAY, 0, 0), calendar=calendar)
    assert not hours.is_open(station, local("2026-01-01T10:00"))
    assert hours.next_opening(station, local("2026-01-01T10:00")) == local("2026-01-02T08:00")


def test_a_weekend_worked_to_make_up_is_no_holiday():
    worked = WorkingCalendar({date(2026, 2, 28): False})
    station = schedule(*every_day(480, 1200), Rule(OpeningDay.HOLIDAY, 0, 0), calendar=worked)
    assert hours.is_open(station, local("2026-02-28T10:00"))


def test_an_exception_replaces_the_day():
    station = schedule(
        *every_day(480, 1200), exceptions=[DayException(date(2026, 3, 3), 600, 660, "stock-taking")]
    )
    assert not hours.is_open(station, local("2026-03-03T09:00"))
    assert hours.is_open(station, local("2026-03-03T10:30"))
    assert not hours.is_open(station, local("2026-03-03T11:00"))


def test_a_closure_cuts_a_span_and_gives_its_reason():
    closed = ClosedSpell(local("2026-03-03T10:00"), local("2026-03-03T12:00"), "burst pipe")
    station = schedule(*every_day(480, 1200), closures=[closed])
    state = hours.open_state(station, local("2026-03-03T11:00"))
    assert (state.is_open, state.closure, state.opens_at) == (
        False,
        "burst pipe",
        local("2026-03-03T12:00"),
    )
    assert hours.open_until(station, local("2026-03-03T09:00")) == local("2026-03-03T10:00")


def test_without_hours_nothing_is_open_and_nothing_opens():
    assert hours.open_state(schedule(), local("2026-03-02T10:00")) == hours.OpenState(False)
    assert hours.next_opening(schedule(), local("2026-03-02T10:00")) is None


def test_the_hour_the_clock_skips_does_not_move_the_closing_time():
    london = ZoneInfo("Europe/London")
    station = schedule(*every_day(0, 540), zone=london)
    # 29 March 2026: 01:00 becomes 02:00, so nine hours on the wall are eight.
    assert hours.open_until(station, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == local(
        "2026-03-29T09:00", london
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"opens": 1020, "closes": 540}, "closes-before-opens"),
        ({"opens": 540, "closes": 540}, "closes-before-opens"),
        ({"opens": 1500, "closes": 1600}, "opens-outside-day"),
        ({"opens": 540, "closes": 2881}, "closes-too-late"),
        ({"opens": 540, "closes": 600, "season_from": "06-01"}, "season-half"),
        ({"opens": 540, "closes": 600, "season_from": "06-31", "season_to": "07-01"}, "season-day"),
        (
            {"opens": 1, "closes": 2, "valid_from": NEW_YEAR, "valid_to": NEW_YEAR},
            "validity",
        ),
    ],
)
def test_impossible_hours_are_refused_by_reason(values, code):
    with pytest.raises(HoursError) as refused:
        Rule(OpeningDay.MONDAY, **values)
    assert refused.value.code == code


def _season(draw):
    if draw(st.booleans()):
        return {}
    month_day = st.sampled_from(["01-01", "02-29", "03-15", "06-01", "08-31", "11-15", "12-31"])
    return {"season": "s", "season_from": draw(month_day), "season_to": draw(month_day)}


@st.composite
def rules(draw):
    opens = draw(st.integers(0, 1439))
    closes = draw(st.integers(opens + 1, 2880))
    day = draw(st.sampled_from(list(OpeningDay)))
    return Rule(day, opens, closes, **_season(draw))


MOMENTS = st.datetimes(datetime(2025, 12, 20), datetime(2026, 1, 20)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
)
CALENDAR = WorkingCalendar({NEW_YEAR: True, date(2026, 1, 2): True, date(2026, 1, 4): False})


@st.composite
def schedules(draw):
    exceptions = [
        DayException(day, *draw(st.sampled_from([(None, None), (600, 900), (1200, 1600)])))
        for day in draw(st.sets(st.dates(date(2025, 12, 20), date(2026, 1, 20)), max_size=3))
    ]
    begins = draw(st.lists(MOMENTS, max_size=2))
    closures = [ClosedSpell(at, at + timedelta(hours=draw(st.integers(1, 60)))) for at in begins]
    own = draw(st.lists(rules(), max_size=8))
    return schedule(*own, calendar=CALENDAR, exceptions=exceptions, closures=closures)


def open_by_the_book(station, at):
    """The definition, minute by minute, without spans: the oracle."""
    if any(c.from_at <= at < c.to_at for c in station.closures):
        return False
    wall = at.astimezone(SHANGHAI)
    for back in (0, 1):
        day = wall.date() - timedelta(days=back)
        minute = wall.hour * 60 + wall.minute + back * 1440
        if any(o <= minute < c for o, c in hours.minutes_of_day(station, day)):
            return True
    return False


@pytest.mark.slow
@settings(deadline=None)
@given(schedules(), MOMENTS)
def test_it_is_open_exactly_inside_the_spans(station, at):
    assert hours.is_open(station, at) == open_by_the_book(station, at)
    assert hours.open_state(station, at).is_open == open_by_the_book(station, at)


@pytest.mark.slow
@settings(deadline=None)
@given(schedules(), MOMENTS)
def test_the_next_opening_is_the_first_open_moment(station, at):
    found = hours.next_opening(station, at, within_days=5)
    if found is None:
        last = at + timedelta(days=4)
        assert not any(
            open_by_the_book(station, at + timedelta(minutes=n))
            for n in range(0, int((last - at).total_seconds() // 60), 97)
        )
        return
    assert found >= at
    assert open_by_the_book(station, found)
    if found > at:
        assert not open_by_the_book(station, found - timedelta(minutes=1))
        assert not open_by_the_book(station, at)


@pytest.mark.slow
@settings(deadline=None)
@given(schedules(), MOMENTS)
def test_it_stays_open_until_it_says(station, at):
    state = hours.open_state(station, at)
    if state.is_open and state.until:
        assert open_by_the_book(station, state.until - timedelta(minutes=1))
        assert not open_by_the_book(station, state.until)
    if state.opens_at:
        assert open_by_the_book(station, state.opens_at)


@pytest.mark.slow
@settings(deadline=None)
@given(schedules())
def test_spans_are_ordered_and_apart(station):
    spans = hours.opening_spans(station, date(2025, 12, 28), 10)
    assert all(span.opens_at < span.closes_at for span in spans)
    assert all(a.closes_at < b.opens_at for a, b in pairwise(spans))
