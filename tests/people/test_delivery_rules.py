"""By which channels and when somebody is told: plain values in, plain values out."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.people.delivery_rules import (
    BACK_OFF,
    Wishes,
    choose_channels,
    due_moment,
    is_quiet,
    next_try,
)
from hequan.people.kinds import Channel
from hequan.people.message_templates import filled

NIGHT = (time(21), time(8))
clock_times = st.times(timezones=st.none())


def wishes(quiet=(None, None), digest_at=None, **channels):
    return Wishes(
        "zh-hans", *quiet, digest_at, {Channel(name): on for name, on in channels.items()}
    )


def at(hour, minute=0, day=22):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_sms_is_on_until_it_is_turned_off():
    assert choose_channels(wishes(), [Channel.SMS]) == (Channel.SMS,)
    assert choose_channels(wishes(sms=False), [Channel.SMS]) == ()


def test_a_channel_nobody_chose_stays_silent_even_with_an_address():
    assert choose_channels(wishes(), [Channel.SMS, Channel.MAIL]) == (Channel.SMS,)


def test_whoever_reads_weixin_gets_no_second_copy_by_sms():
    found = choose_channels(
        wishes(weixin=True, mail=True), [Channel.SMS, Channel.WEIXIN, Channel.MAIL]
    )

    assert found == (Channel.WEIXIN, Channel.MAIL)


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [(at(20, 59), at(20, 59)), (at(21), at(8, day=23)), (at(3), at(8)), (at(8), at(8))],
)
def test_a_message_of_the_night_waits_for_the_morning(sent, leaves):
    assert due_moment(sent, wishes(NIGHT), is_urgent=False) == (leaves, False)


def test_an_urgent_message_wakes_people():
    assert due_moment(at(3), wishes(NIGHT, time(9)), is_urgent=True) == (at(3), False)


def test_a_digest_gathers_until_its_hour():
    assert due_moment(at(10), wishes(digest_at=time(9)), is_urgent=False) == (at(9, day=23), True)
    assert due_moment(at(8), wishes(digest_at=time(9)), is_urgent=False) == (at(9), True)


@given(clock_times, clock_times, clock_times)
def test_an_hour_is_quiet_in_one_of_two_opposite_spans(now, start, end):
    if start != end:
        assert is_quiet(now, start, end) != is_quiet(now, end, start)


@given(st.datetimes(timezones=st.just(UTC)), clock_times, clock_times, st.booleans())
def test_nothing_leaves_before_it_is_said_nor_a_day_late(moment, start, end, urgent):
    if start == end or moment.year > 9990:
        return

    leaves, _ = due_moment(moment, wishes((start, end)), urgent)

    assert timedelta() <= leaves - moment <= timedelta(days=1)


def test_tries_grow_apart_and_end():
    waits = [next_try(n) for n in range(1, len(BACK_OFF) + 2)]

    assert waits == [*BACK_OFF, None]
    assert list(BACK_OFF) == sorted(BACK_OFF)


def test_a_value_is_never_read_as_a_placeholder():
    assert filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


@given(st.text())
def test_filling_reaches_nothing_but_the_values(text):
    values = dict.fromkeys(["a"], "1")
    try:
        said = filled(text, values)
    except KeyError:
        return

    assert "{" not in said or "{" in text
