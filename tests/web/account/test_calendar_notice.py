"""A holiday notice as text becomes days off and days worked."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.core.calendar_days import NamedDay
from hequan.web.account.calendar_notice import NoticeError, read_notice


def test_a_line_names_a_day_its_name_and_whether_it_is_off():
    days = read_notice("2026-10-01 国庆节 休\n2026-10-10 国庆节 班", 2026)

    assert days == [
        NamedDay(date(2026, 10, 1), "国庆节", is_off=True),
        NamedDay(date(2026, 10, 10), "国庆节", is_off=False),
    ]


@pytest.mark.parametrize(
    "text", ["2026-10-01", "2026/10/1 休", "2026年10月1日 国庆节 放假", "10月1日 off", " 10-1，休 "]
)
def test_a_day_may_be_written_in_many_ways_and_is_off_where_nothing_is_said(text):
    (day,) = read_notice(text, 2026)

    assert (day.day, day.is_off) == (date(2026, 10, 1), True)


@pytest.mark.parametrize("text", ["10-01~10-03 国庆节 休", "10月1日至10月3日 国庆节"])
def test_a_span_names_every_day_from_first_to_last(text):
    days = read_notice(text, 2026)

    assert [day.day.day for day in days] == [1, 2, 3]


def test_the_last_days_of_the_year_before_may_stand_in_the_notice():
    (day,) = read_notice("2025-12-28 元旦 班", 2026)

    assert day == NamedDay(date(2025, 12, 28), "元旦", is_off=False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("国庆节 休", "day"),
        ("2026-02-30 休", "day"),
        ("休", "day"),
        ("2024-10-01 休", "year"),
        ("10-03~10-01 休", "span"),
        ("01-01~12-31 休", "span"),
        ("10-01~10-02~10-03 休", "span"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_number_and_reason(text, reason):
    with pytest.raises(NoticeError) as refused:
        read_notice(f"2026-01-01 元旦 休\n\n{text}", 2026)

    (fault,) = refused.value.faults
    assert (fault.line, fault.text, fault.reason) == (3, text, reason)


def test_a_day_named_twice_is_refused():
    with pytest.raises(NoticeError) as refused:
        read_notice("10-01 休\n10-01 班", 2026)

    assert refused.value.faults[0].reason == "twice"


def test_every_faulty_line_is_named_at_once():
    with pytest.raises(NoticeError) as refused:
        read_notice("x\n10-01 休\ny", 2026)

    assert [fault.line for fault in refused.value.faults] == [1, 3]


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_reading(text):
    with suppress(NoticeError):
        days = read_notice(text, 2026)

        assert all(day.day.year in (2025, 2026) for day in days)
