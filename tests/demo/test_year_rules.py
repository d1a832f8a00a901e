"""The demo's year without a database: how it is spread, and what happens next to a case."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from hequan.cases.helping import HelpMoveName
from hequan.cases.kinds import CaseChannel, CaseState, TriageReason
from hequan.cases.moves import MoveName, move_from
from hequan.cases.working_time import OfficeHours
from hequan.core.calendar import WorkingCalendar
from hequan.demo.fates import HELP_ASKED, Standing, Twist, next_act, twist_of
from hequan.demo.year_askings import asked_on, known_to, town_of_grids
from hequan.demo.year_days import Series, cases_by_day, series_of

pytestmark = pytest.mark.once
ZONE = ZoneInfo("Asia/Shanghai")
YEAR = Series("year", 1, 40_000, date(2025, 11, 23), 365)
CALENDAR = WorkingCalendar({})
HOURS = OfficeHours(CALENDAR, ZONE, ((time(8), time(12)), (time(14), time(18))))
TOWN = town_of_grids(1, range(2, 253), 1)
TEN = datetime(2026, 3, 10, 10, tzinfo=ZONE)
AFTER_WHICH = (MoveName.ACCEPT, MoveName.CONTACT, MoveName.ASK_FOR_TIME, MoveName.PUBLISH)
OF_RESIDENTS = {MoveName.RATE_GOOD, MoveName.RATE_BAD, MoveName.WITHDRAW}


def standing(state=CaseState.DISPATCHED, last="open", **more):
    facts = {"due_at": TEN + timedelta(days=2), "version": 0, "has_post": True} | more
    return Standing(state=state, last=last, since=TEN, **facts)


def test_a_year_has_all_its_cases_and_fewer_on_days_off():
    days = cases_by_day(YEAR, CALENDAR)
    off = [n for day, n in enumerate(days) if CALENDAR.is_off(YEAR.day_on(day))]

    assert sum(days) == 40_000
    assert len(days) == 365
    assert sum(off) / len(off) < 0.6 * sum(days) / 365
    assert days == cases_by_day(YEAR, CALENDAR)
    assert days != cases_by_day(replace(YEAR, seed=2), CALENDAR)


def test_a_key_tells_its_series_and_its_day():
    assert series_of(YEAR.key(17, 3)) == (YEAR, 17)
    assert len(YEAR.key(364, 999)) <= 64


def test_a_day_is_the_same_for_the_same_seed_and_another_for_another():
    day = asked_on(YEAR, 30, 120, False, TOWN, ZONE)

    assert day == asked_on(YEAR, 30, 120, False, TOWN, ZONE)
    assert day != asked_on(replace(YEAR, seed=2), 30, 120, False, TOWN, ZONE)
    assert [one.at for one in day] == sorted(one.at for one in day)
    assert {one.at.date() for one in day} == {YEAR.day_on(30)}
    assert len({one.key for one in day}) == 120
    assert len({one.grid for one in day}) > 50
    assert len({one.matter for one in day}) > 15


def test_no_counter_is_open_on_a_day_off():
    doors = Counter(one.asking.channel for one in asked_on(YEAR, 0, 300, True, TOWN, ZONE))

    assert not {CaseChannel.COUNTER, CaseChannel.TELEPHONE} & set(doors)
    assert {CaseChannel.PHONE_PAGE, CaseChannel.PATROL, CaseChannel.HOTLINE} == set(doors)


def test_what_was_meant_by_an_asking_is_what_its_words_say():
    for one in asked_on(YEAR, 200, 60, False, TOWN, ZONE):
        matter, grid = known_to(YEAR, one.key, TOWN)
        assert grid == one.grid
        assert not one.matter or matter == one.matter


def test_every_act_is_a_move_that_the_table_has():
    key_of = {twist_of(1, key): key for key in (f"year/{n}" for n in range(300))}
    assert set(key_of) == set(Twist)
    lasts = ("open", *AFTER_WHICH, HELP_ASKED, HelpMoveName.FINISH)
    seen = set()
    for state, last, key, version in product(CaseState, lasts, key_of.values(), range(12)):
        more = {"was_contacted": version % 2 == 0, "triage_reason": TriageReason.NO_CLASS}
        now = standing(state, last, version=version, **more)
        act = next_act(now, key, 1, HOURS)
        if act is None or act.name in (HELP_ASKED, HelpMoveName.FINISH):
            continue
        assert move_from(state, act.name) is not None, (state, last, act.name)
        assert act.when >= TEN
        seen.add(act.name)
    assert seen >= {MoveName.SEND_BACK, MoveName.PAUSE, MoveName.REOPEN, MoveName.RATE_GOOD}


def test_who_works_acts_in_office_hours_some_late_and_residents_while_awake():
    acts = [next_act(standing(), f"year/{n}", 1, HOURS) for n in range(400)]
    late = [one for one in acts if one.when > TEN + timedelta(days=2)]
    told = [
        standing(CaseState.PUBLISHED, MoveName.PUBLISH, due_at=None, version=n) for n in range(99)
    ]
    rated = [one for now in told if (one := next_act(now, "year/1", 1, HOURS))]

    for one in acts:
        if one.name not in OF_RESIDENTS:
            assert HOURS.windows_on(one.when.astimezone(ZONE).date())
            assert 8 <= one.when.astimezone(ZONE).hour <= 18
    assert 0.01 < len(late) / len(acts) < 0.2
    assert 20 < len(rated) < 80
    assert all(8 <= one.when.hour <= 21 for one in rated)


def test_what_is_next_hangs_on_the_case_alone():
    now = standing(CaseState.HANDLING, MoveName.CONTACT, was_contacted=True, version=3)

    assert next_act(now, "year/5", 1, HOURS) == next_act(replace(now), "year/5", 1, HOURS)
    assert next_act(now, "year/5", 1, HOURS) != next_act(
        replace(now, version=4), "year/5", 1, HOURS
    )
