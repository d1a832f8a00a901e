"""The hour of a run, and who is open then."""

import datetime

import pytest

from hequan.cli.coverage_hours import Moment, open_at, osm_hours, read_moment
from hequan.files.values import CellError

TUESDAY_TEN = Moment(datetime.date(2025, 3, 11), 600)


@pytest.mark.parametrize(
    "text",
    [
        "Tue 10:00",
        "tuesday 10:00",
        "TU 10:00",
        "Tue, 10:00",
        "周二 10:00",
        "星期二10：00",
        "礼拜二 １０:00",
    ],
)
def test_a_weekday_and_hour_mean_the_same_in_every_spelling(text):
    assert read_moment(text) == TUESDAY_TEN


def test_a_date_means_that_day():
    moment = read_moment("2026-05-12 09:30")

    assert (moment.on, moment.minute, moment.weekday) == (datetime.date(2026, 5, 12), 570, 1)
    assert moment.at == datetime.datetime(2026, 5, 12, 9, 30)


def test_sunday_has_two_names_in_chinese():
    assert read_moment("周日 8:00") == read_moment("星期天 8:00") == read_moment("Sun 8:00")


@pytest.mark.parametrize(
    "text",
    ["", "10:00", "Tue", "T 10:00", "Tue 25:00", "Tue 10:60", "2026-02-30 10:00", "周八 1:00"],
)
def test_what_is_no_hour_is_not_guessed(text):
    assert read_moment(text) is None


def test_a_moment_is_said_in_both_languages():
    assert TUESDAY_TEN.say("zh") == "周二 10:00"
    assert TUESDAY_TEN.say("en") == "Tuesday 10:00"


@pytest.mark.parametrize(
    ("text", "opens", "shut"),
    [
        ("Mo-Fr 09:00-17:00", "Tue 09:00", "Sat 09:00"),
        ("周一至周五 9:00-17:00", "Tue 09:00", "Sat 09:00"),
        ("周一～周五９：００－１７：００", "Fri 16:59", "Fri 17:00"),
        ("周一至周五 9:00-11:30、13:00-17:00；周六休息", "Mon 13:00", "Mon 12:00"),
        ("每天 8:00-20:00", "Sun 19:00", "Sun 21:00"),
        ("工作日 8:30-17:00", "Mon 08:30", "Sun 10:00"),
        ("周一、周三 9:00-12:00", "Wed 10:00", "Tue 10:00"),
        ("星期二到星期日 9:00-16:00", "Sun 10:00", "Mon 10:00"),
        ("Mo-Su 22:00-06:00", "Tue 02:00", "Tue 12:00"),
    ],
)
def test_hours_are_read_as_a_town_writes_them(text, opens, shut):
    hours = [osm_hours(text)]

    assert open_at(hours, read_moment(opens)).tolist() == [True]
    assert open_at(hours, read_moment(shut)).tolist() == [False]


@pytest.mark.parametrize("text", ["24小时", "全天开放", "24/7"])
def test_always_is_always(text):
    assert open_at([osm_hours(text)], read_moment("Sun 03:00")).all()


def test_no_hours_mean_always_open():
    assert open_at(["", "Mo 09:00-10:00"], TUESDAY_TEN).tolist() == [True, False]


@pytest.mark.parametrize("text", ["详见公告", "Mon-Fri nine to five", "9点到5点"])
def test_what_are_no_hours_is_refused(text):
    with pytest.raises(CellError, match="not-hours"):
        osm_hours(text)
