"""Written opening hours: what people write is read, what we write is read back the same."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.stations.hours import HoursError, Rule
from hequan.stations.hours_clash import clashes_among
from hequan.stations.hours_text import hours_text, parse_hours
from hequan.stations.kinds import OpeningDay


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("周一至周五 09:00-17:00;周六 9:00-12:00", "Mon-Fri 09:00-17:00; Sat 09:00-12:00"),
        ("星期一到星期五９：００－１７：００；周日休息", "Mon-Fri 09:00-17:00"),
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Monday to Friday 9am to 5pm", "Mon-Fri 09:00-17:00"),
        ("Mo-Fr 08:00-12:00,13:00-17:30; PH off", "Mon-Fri 08:00-12:00,13:00-17:30; PH off"),
        ("24/7", "Mon-Sun 00:00-24:00"),
        ("24小时", "Mon-Sun 00:00-24:00"),
        ("全年无休 07:00-21:00", "Mon-Sun 07:00-21:00"),
        ("07:00-21:00", "Mon-Sun 07:00-21:00"),
        ("周一至五 8点半-17点，法定节假日除外", "Mon-Fri 08:30-17:00; PH off"),
        ("周三 上午9:00-11:30 下午1:30-5:00", "Wed 09:00-11:30,13:30-17:00"),
        ("周一三五 9:00-11:30", "Mon 09:00-11:30; Wed 09:00-11:30; Fri 09:00-11:30"),
        ("每天 18:00-次日02:00", "Mon-Sun 18:00-02:00"),
        ("Fr,Sa 20:00-02:00", "Fri,Sat 20:00-02:00"),
        ("Sa-Mo 10:00-12:00", "Mon 10:00-12:00; Sat,Sun 10:00-12:00"),
        ("工作日 9:00-17:00，周末 10:00-16:00", "Mon-Fri 09:00-17:00; Sat,Sun 10:00-16:00"),
        ("Mo-Su 09:00-17:00; We off", "Mon,Tue 09:00-17:00; Thu-Sun 09:00-17:00"),
        ("Mo-Sa 09:00-17:00; Sa 10:00-14:00", "Mon-Fri 09:00-17:00; Sat 10:00-14:00"),
        ("周一 9:00-12:00;周一 13:00-17:00", "Mon 09:00-12:00,13:00-17:00"),
        ("5月1日至10月31日 8:00-18:00", "[05-01~10-31] Mon-Sun 08:00-18:00"),
        ("Jun-Aug: Mo-Fr 06:00-21:00", "[06-01~08-31] Mon-Fri 06:00-21:00"),
        ("[夏季 06-01~08-31] 周一 6:00-21:00", "[夏季 06-01~08-31] Mon 06:00-21:00"),
        ("[2024-04-01~] Mon 09:00-10:00", "[2024-04-01~] Mon 09:00-10:00"),
        ("", ""),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(written, expected):
    assert hours_text(parse_hours(written)) == expected


@pytest.mark.parametrize(
    ("written", "code", "part"),
    [
        ("sunrise-sunset", "unreadable", "sunrise-sunset"),
        ("周一 9:00-17:00 预约", "unreadable", "预约"),
        ("周一", "days-without-times", "周一"),
        ("周一 25:00-26:00", "clock", "25:00-26:00"),
        ("周一 09:61-10:00", "clock", "09:61-10:00"),
        ("6月31日-7月2日 9:00-10:00", "season-day", "6-31"),
        ("[夏季] 周一 9:00-10:00", "season-without-days", "夏季"),
        ("[2024-13-01~] 周一 9:00-10:00", "validity", "2024-13-01"),
    ],
)
def test_what_cannot_be_read_is_named(written, code, part):
    with pytest.raises(HoursError) as refused:
        parse_hours(written)
    assert (refused.value.code, refused.value.part.strip()) == (code, part)


def test_openstreetmap_lets_a_later_piece_replace_a_day():
    text = "Mo-Fr 08:00-17:00; We 18:00-20:00"
    wednesday = [r for r in parse_hours(text, later_replaces=True) if r.day == OpeningDay.WEDNESDAY]
    assert [(r.opens, r.closes) for r in wednesday] == [(1080, 1200)]
    added = [r for r in parse_hours(text) if r.day == OpeningDay.WEDNESDAY]
    assert [(r.opens, r.closes) for r in added] == [(480, 1020), (1080, 1200)]


@st.composite
def week_rules(draw):
    """Rules of one part whose hours on a day neither touch nor overlap."""
    more = draw(
        st.sampled_from(
            [
                {},
                {"season": "夏季", "season_from": "06-01", "season_to": "08-31"},
                {"season_from": "11-15", "season_to": "03-15"},
                {"valid_from": date(2024, 4, 1)},
            ]
        )
    )
    found = []
    for day in OpeningDay:
        marks = sorted(draw(st.sets(st.integers(0, 96), max_size=4)))
        found += [
            Rule(day, a * 15, b * 15, **more)
            for a, b in zip(marks[::2], marks[1::2], strict=False)
            if a < 96
        ]
    return found


@pytest.mark.slow
@settings(deadline=None)
@given(week_rules(), st.booleans())
def test_what_is_written_is_read_back_the_same(rules, chinese):
    assert sorted(parse_hours(hours_text(rules, chinese=chinese)), key=repr) == sorted(
        rules, key=repr
    )


def test_two_rows_that_share_a_minute_clash():
    pair = parse_hours("周一 09:00-13:00;周一 12:00-17:00")
    (clash,) = clashes_among(pair)
    assert (clash.first.closes, clash.second.opens) == (780, 720)


def test_rows_that_only_touch_do_not_clash():
    assert clashes_among(parse_hours("周一 09:00-12:00,12:00-17:00")) == ()


def test_a_night_that_reaches_into_the_next_morning_clashes_with_it():
    sunday_into_monday = parse_hours("周日 20:00-次日07:00;周一 06:00-12:00")
    assert len(clashes_among(sunday_into_monday)) == 1
    assert clashes_among(parse_hours("周日 20:00-次日06:00;周一 06:00-12:00")) == ()


def test_a_season_never_clashes_with_the_whole_year_but_with_a_season_it_meets():
    year = parse_hours("周一 09:00-17:00")
    summer = parse_hours("[夏季 06-01~08-31] 周一 06:00-21:00")
    camp = parse_hours("[营 08-15~09-15] 周一 08:00-10:00")
    winter = parse_hours("[冬季 12-01~02-15] 周一 08:00-10:00")
    assert clashes_among((*year, *summer, *winter)) == ()
    assert len(clashes_among((*summer, *camp))) == 1


def test_rows_of_different_years_do_not_clash():
    old = Rule(OpeningDay.MONDAY, 540, 1020, valid_to=date(2026, 4, 1))
    new = Rule(OpeningDay.MONDAY, 540, 1020, valid_from=date(2026, 4, 1))
    later = Rule(OpeningDay.MONDAY, 540, 1020, valid_from=date(2026, 3, 31))
    assert clashes_among((old, new)) == ()
    assert len(clashes_among((old, later))) == 1


def test_shut_beside_hours_of_the_same_day_is_a_contradiction():
    shut = Rule(OpeningDay.HOLIDAY, 0, 0)
    assert len(clashes_among((shut, Rule(OpeningDay.HOLIDAY, 540, 600)))) == 1
