"""What a page's address asks: where from, who walks, when, what for."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hequan.web.public.question import read_question

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # Tuesday, 10:00 in Shanghai


def meant(**asked):
    return timezone.localtime(read_question({"when": "later"} | asked, NOW).at)


def test_nothing_asked_means_an_adult_now_and_no_place():
    question = read_question({}, NOW)

    assert (question.profile, question.at, question.later) == ("adult", NOW, False)
    assert (question.place, question.words, question.committee, question.need) == ("", "", None, "")


def test_a_place_is_rounded_to_about_ten_metres():
    question = read_question({"place": "121.48123456,31.32987654"}, NOW)

    assert question.place == "121.4812,31.3299"


@pytest.mark.parametrize("place", ["121.48", "a,b", "181,31", "121,91", "1,2,3", "nan,1", ",", ""])
def test_what_is_no_place_counts_as_not_asked(place):
    assert read_question({"place": place}, NOW).place == ""


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        ("tue", "10:00", "2026-03-10 10:00"),
        ("tue", "15:30", "2026-03-10 15:30"),
        ("tue", "09:00", "2026-03-17 09:00"),
        ("wed", "09:00", "2026-03-11 09:00"),
        ("mon", "09:00", "2026-03-16 09:00"),
    ],
)
def test_another_time_means_the_next_such_weekday_and_hour(day, time, expected):
    assert f"{meant(day=day, time=time):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize("asked", [{"day": "someday"}, {"time": "25:00"}, {"day": "holiday"}, {}])
def test_a_day_or_time_that_is_none_falls_back_to_today_at_ten(asked):
    assert f"{meant(**asked):%a %H:%M}" == "Tue 10:00"


def test_a_time_is_asked_only_where_another_time_is_chosen():
    assert read_question({"day": "sat", "time": "19:00"}, NOW).at == NOW


@pytest.mark.parametrize("profile", ["giant", "", "ADULT"])
def test_a_walker_nobody_knows_is_an_adult(profile):
    assert read_question({"profile": profile}, NOW).profile == "adult"


def test_an_unknown_need_and_a_long_text_are_cut_back():
    question = read_question({"need": "magic", "words": " x" * 100, "committee": "12e3"}, NOW)

    assert (question.need, len(question.words), question.committee) == ("", 80, None)


@given(
    st.dictionaries(
        st.sampled_from(["place", "label", "committee", "words", "profile", "when", "day", "time"]),
        st.text(max_size=30),
    )
)
def test_no_address_whatever_breaks_the_reading(asked):
    question = read_question(asked, NOW)

    assert question.at >= NOW.replace(second=0)
    assert question.day in {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
