"""Duty: weekly patterns, single duties, leaves; nobody at two places at once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from hequan.roster import actions
from hequan.roster.actions import WeeklyDuty
from hequan.roster.errors import (
    DayOrderError,
    DutyClashError,
    LeaveOverlapError,
    LongSlotError,
    OnLeaveError,
)
from hequan.roster.models import DutySlot
from hequan.roster.places import Place
from tests.roster.cast import TODAY
from tests.world import AT

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = date(2026, 3, 11)
WEEK = timedelta(days=7)


def hour(day, clock):
    return datetime(day.year, day.month, day.day, clock, tzinfo=SHANGHAI)


@pytest.fixture
def add(world, cast, people):
    """Enter a duty at the hall (or elsewhere) from one hour to another."""

    def _add(person, day, begins, ends, place=None, **more):
        times = {"starts_at": hour(day, begins), "ends_at": hour(day, ends)}
        where = Place.of(place or cast.hall)
        return actions.add_duty(
            place=where, person=person, by=world.officer, at=AT, **times, **more
        )

    return _add


@pytest.fixture
def weekly(world, cast, people):
    """Enter a weekly duty at the hall on Wednesdays from 9 to 12."""

    def _weekly(person, begins=9, ends=12, **more):
        duty = WeeklyDuty(2, begins * 60, ends * 60, TODAY, **more)
        place = Place.of(cast.hall)
        return actions.add_pattern(place=place, duty=duty, person=person, by=world.officer, at=AT)

    return _weekly


def duties(person=None):
    rows = DutySlot.objects.filter(cancelled_at=None, person=person)
    return [one.starts_at.astimezone(SHANGHAI).date() for one in rows.order_by("starts_at")]


def test_a_weekly_duty_is_planned_eight_weeks_ahead_and_once(world, people, weekly):
    weekly(people.wang)
    again = actions.plan_duty(by=world.system, at=AT)

    assert [WEDNESDAY + n * WEEK for n in range(8)] == duties(people.wang)
    assert again == 0
    assert actions.plan_duty(by=world.system, at=AT + WEEK) == 1


def test_a_weekly_duty_past_midnight_ends_on_the_next_day(people, weekly):
    weekly(people.wang, 20, 30)

    slot = DutySlot.objects.first()
    assert timedelta(hours=10) == slot.ends_at - slot.starts_at


def test_a_weekly_duty_lasts_a_day_at_most(people, weekly):
    with pytest.raises(LongSlotError):
        weekly(people.wang, 9, 34)


def test_an_ended_weekly_duty_takes_its_coming_duties_away(world, people, weekly):
    pattern = weekly(people.wang)
    actions.end_pattern(pattern=pattern, on=WEDNESDAY + WEEK, by=world.officer, at=AT)

    assert duties(people.wang) == [WEDNESDAY]
    assert actions.plan_duty(by=world.system, at=AT) == 0


def test_a_duty_called_off_does_not_come_back(world, people, weekly):
    weekly(people.wang)
    slot = DutySlot.objects.order_by("starts_at").first()
    actions.cancel_duty(slot=slot, by=world.officer, at=AT)
    actions.plan_duty(by=world.system, at=AT)

    assert WEDNESDAY not in duties(people.wang)


def test_one_person_at_two_places_at_once_is_refused_and_told_where(people, add, cast):
    add(people.wang, WEDNESDAY, 9, 12)
    with pytest.raises(DutyClashError, match=r"王丽娟.*2026-03-11 09:00.*红枫党群服务站"):
        add(people.wang, WEDNESDAY, 11, 13, place=cast.shop)

    add(people.wang, WEDNESDAY, 12, 13, place=cast.shop)
    add(people.zhao, WEDNESDAY, 11, 13, place=cast.shop)


def test_a_duty_moved_onto_another_is_refused_and_stays_where_it_was(world, people, add, cast):
    add(people.wang, WEDNESDAY, 9, 12)
    other = add(people.wang, WEDNESDAY, 14, 16, place=cast.shop)
    with pytest.raises(DutyClashError):
        actions.change_duty(
            slot=other,
            person=people.wang,
            starts_at=hour(WEDNESDAY, 11),
            ends_at=hour(WEDNESDAY, 15),
            by=world.officer,
            at=AT,
        )

    other.refresh_from_db()
    assert hour(WEDNESDAY, 14) == other.starts_at


def test_a_duty_called_off_leaves_the_time_free(world, people, add, cast):
    first = add(people.wang, WEDNESDAY, 9, 12)
    actions.cancel_duty(slot=first, by=world.officer, at=AT)
    add(people.wang, WEDNESDAY, 9, 12, place=cast.shop)

    assert duties(people.wang) == [WEDNESDAY]


def test_the_database_refuses_the_same_beginning_twice(people, add, cast):
    add(people.wang, WEDNESDAY, 9, 12)
    times = {"starts_at": hour(WEDNESDAY, 9), "ends_at": hour(WEDNESDAY, 10)}
    with pytest.raises(IntegrityError), transaction.atomic():
        DutySlot.objects.create(person=people.wang, station=cast.shop, **times)


def test_a_weekly_duty_that_clashes_is_planned_open(people, add, weekly, cast):
    add(people.wang, WEDNESDAY, 11, 13, place=cast.shop)
    weekly(people.wang)

    assert duties(None) == [WEDNESDAY]
    assert len(duties(people.wang)) == 8  # the one at the shop, seven at the hall


@pytest.fixture
def leave(world, people):
    """Let somebody be away from one Wednesday to the day before the next."""

    def _leave(person, stand_in=None, first=WEDNESDAY, days=6):
        span = {"first_on": first, "until_on": first + timedelta(days=days)}
        return actions.enter_leave(
            person=person, stand_in=stand_in, by=world.officer, at=AT, **span
        )

    return _leave


def test_the_stand_in_does_the_duty_of_whoever_is_away(people, weekly, leave):
    weekly(people.wang)
    leave(people.wang, people.zhao)

    assert duties(people.zhao) == [WEDNESDAY]
    assert WEDNESDAY not in duties(people.wang)
    assert people.wang == DutySlot.objects.get(person=people.zhao).stands_for


def test_without_a_stand_in_the_duty_is_open(people, weekly, leave):
    weekly(people.wang)
    leave(people.wang)

    assert duties(None) == [WEDNESDAY]


def test_a_stand_in_who_is_on_duty_elsewhere_is_not_doubled(people, weekly, leave, add, cast):
    weekly(people.wang)
    add(people.zhao, WEDNESDAY, 10, 11, place=cast.shop)
    leave(people.wang, people.zhao)

    assert duties(None) == [WEDNESDAY]


def test_duty_planned_after_the_leave_was_entered_knows_of_it(people, weekly, leave):
    leave(people.wang, people.zhao)
    weekly(people.wang)

    assert duties(people.zhao) == [WEDNESDAY]


def test_a_leave_withdrawn_gives_the_duty_back(world, people, weekly, leave):
    weekly(people.wang)
    away = leave(people.wang, people.zhao)
    actions.withdraw_leave(leave=away, by=world.officer, at=AT)

    assert len(duties(people.wang)) == 8
    assert duties(people.zhao) == []


def test_nobody_is_put_on_duty_while_away(people, leave, add):
    leave(people.wang)
    with pytest.raises(OnLeaveError, match=r"王丽娟"):
        add(people.wang, WEDNESDAY, 9, 12)


def test_leaves_of_one_person_do_not_overlap_and_end_after_they_begin(people, leave):
    leave(people.wang)
    with pytest.raises(LeaveOverlapError):
        leave(people.wang, first=WEDNESDAY + timedelta(days=5))
    with pytest.raises(DayOrderError):
        leave(people.zhao, days=0)

    leave(people.wang, first=WEDNESDAY + timedelta(days=6))
