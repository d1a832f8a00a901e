"""Writing hours: overlaps and short notice are refused, and the directory tells the change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from hequan.core.audit import AuditEntry
from hequan.core.rule_values import RuleValue
from hequan.stations import actions
from hequan.stations.errors import (
    ClosureOverError,
    OverlappingHoursError,
    ShortNoticeError,
    UnreadableHoursError,
    WrongOrderError,
)
from hequan.stations.hours_text import hours_text, parse_hours
from hequan.stations.hours_words import hours_from_text
from hequan.stations.models import Closure, OpeningRule
from hequan.stations.queries import hours_rules, open_state_of, station_directory
from tests.world import AT

NEXT_WEEK = AT + timedelta(days=7)


def is_open(station, at):
    return station_directory().open_state(station.pk, at).is_open


def test_hours_replace_the_set_that_was_there(cast):
    assert is_open(cast.hall, AT)
    actions.set_opening_rules(
        station=cast.hall, rules=parse_hours("周二 18:00-20:00"), by=cast.by, at=AT
    )
    assert not is_open(cast.hall, AT)
    assert hours_text(hours_rules(cast.hall)) == "Tue 18:00-20:00"


def test_hours_that_overlap_are_refused_and_nothing_is_written(cast):
    before = OpeningRule.objects.filter(station=cast.hall).count()
    with pytest.raises(OverlappingHoursError) as refused, translation.override("en"):
        actions.set_opening_rules(
            station=cast.hall,
            rules=parse_hours("周一 09:00-13:00;周一 12:00-17:00"),
            by=cast.by,
            at=AT,
        )
    with translation.override("en"):
        assert "Mon 09:00-13:00" in str(refused.value)
    assert OpeningRule.objects.filter(station=cast.hall).count() == before


def test_hours_past_midnight_that_meet_the_next_morning_are_refused(cast):
    with pytest.raises(OverlappingHoursError):
        actions.set_opening_rules(
            station=cast.hall,
            rules=parse_hours("每天 20:00-次日08:00;每天 07:00-09:00"),
            by=cast.by,
            at=AT,
        )


def test_what_cannot_be_read_is_named_with_an_example():
    with pytest.raises(UnreadableHoursError) as refused:
        hours_from_text("周一 看天气")
    with translation.override("en"):
        assert "看天气" in str(refused.value)
        assert "Mon-Fri 09:00-12:00" in str(refused.value)


def test_one_day_may_have_hours_of_its_own_or_none(cast):
    day = date(2026, 3, 10)
    actions.add_hours_exception(
        station=cast.hall, day=day, opens=600, closes=660, reason="盘点", by=cast.by, at=AT
    )
    assert is_open(cast.hall, AT)  # 10:00
    assert not is_open(cast.hall, AT + timedelta(hours=1))
    with pytest.raises(OverlappingHoursError):
        actions.add_hours_exception(
            station=cast.hall, day=day, opens=630, closes=700, by=cast.by, at=AT
        )
    with pytest.raises(OverlappingHoursError):
        actions.add_hours_exception(station=cast.hall, day=day, by=cast.by, at=AT)
    actions.remove_hours_exceptions(station=cast.hall, day=day, by=cast.by, at=AT)
    assert is_open(cast.hall, AT + timedelta(hours=1))


@pytest.mark.parametrize(("opens", "closes"), [(600, None), (600, 600)])
def test_an_exception_needs_times_that_can_be(cast, opens, closes):
    with pytest.raises(UnreadableHoursError):
        actions.add_hours_exception(
            station=cast.hall, day=AT.date(), opens=opens, closes=closes, by=cast.by, at=AT
        )


def announce(cast, from_at, hours=8, **more):
    return actions.announce_closure(
        station=cast.hall,
        from_at=from_at,
        to_at=from_at + timedelta(hours=hours),
        reason="消防检修",
        by=cast.by,
        at=AT,
        **more,
    )


def test_a_closure_announced_in_time_shuts_the_station(cast):
    announce(cast, NEXT_WEEK - timedelta(hours=2))
    state = station_directory().open_state(cast.hall.pk, NEXT_WEEK)
    assert (state.is_open, state.closure) == (False, "消防检修")
    assert AuditEntry.objects.filter(verb="stations.closure_announced").count() == 1


def test_a_closure_at_short_notice_is_refused_unless_it_is_sudden(cast):
    with pytest.raises(ShortNoticeError) as refused:
        announce(cast, AT + timedelta(days=6))
    assert "2026-03-17" in str(refused.value)
    assert not Closure.objects.exists()
    announce(cast, AT + timedelta(hours=1), is_sudden=True)
    assert not is_open(cast.hall, AT + timedelta(hours=2))


def test_the_days_of_notice_are_those_of_the_rule_in_force(cast):
    RuleValue.objects.filter(code="closure_notice_days").update(value=3)
    announce(cast, AT + timedelta(days=3))
    with pytest.raises(ShortNoticeError):
        announce(cast, AT + timedelta(days=2))


def test_a_closure_ends_after_it_begins_and_not_in_the_past(cast):
    with pytest.raises(WrongOrderError):
        announce(cast, NEXT_WEEK, hours=0)
    with pytest.raises(WrongOrderError):
        announce(cast, AT - timedelta(days=2), is_sudden=True)


def test_a_withdrawn_closure_shuts_nothing(cast):
    closure = announce(cast, NEXT_WEEK - timedelta(hours=2))
    actions.withdraw_closure(closure=closure, by=cast.by, at=AT)
    assert is_open(cast.hall, NEXT_WEEK)
    with pytest.raises(ClosureOverError):
        actions.withdraw_closure(closure=closure, by=cast.by, at=AT)


def test_a_closure_may_end_earlier_but_not_once_it_is_over(cast):
    closure = announce(cast, NEXT_WEEK - timedelta(hours=2))
    actions.end_closure(closure=closure, to_at=NEXT_WEEK - timedelta(hours=1), by=cast.by, at=AT)
    assert is_open(cast.hall, NEXT_WEEK)
    with pytest.raises(WrongOrderError):
        actions.end_closure(closure=closure, to_at=closure.from_at, by=cast.by, at=AT)
    with pytest.raises(ClosureOverError):
        actions.end_closure(
            closure=closure, to_at=NEXT_WEEK, by=cast.by, at=NEXT_WEEK + timedelta(days=1)
        )


def test_a_public_holiday_shuts_the_hall_once_the_calendar_says_so(cast):
    from hequan.core.calendar_days import NamedDay, replace_calendar_year

    moment = datetime(2026, 4, 6, 2, tzinfo=UTC)  # Monday of Qingming
    assert is_open(cast.hall, moment)
    replace_calendar_year(
        year=2026,
        days=[NamedDay(date(2026, 4, 6), "清明节", True)],
        source="通知",
        by=cast.by,
        at=AT,
    )
    assert not is_open(cast.hall, moment)
    assert not open_state_of(cast.hall, moment).is_open
