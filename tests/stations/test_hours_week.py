"""The table of a week: what holds now comes first, a season borrows the days it does not name."""

from datetime import date

from hequan.stations.hours_text import parse_hours
from hequan.stations.hours_week import HoursSpan, week_tables


def shown(table):
    return [[(s.opens_text, s.closes_text) for s in row.spans] for row in table.rows]


def test_a_plain_week_is_one_table():
    (table,) = week_tables(parse_hours("周一至周五 09:00-12:00,13:00-17:00"), date(2026, 3, 2))
    assert table.in_force
    assert shown(table) == [[("09:00", "12:00"), ("13:00", "17:00")]] * 5 + [[], []]
    assert table.holiday is None


def test_the_season_in_force_comes_first_and_borrows_other_days():
    rules = parse_hours("每天 09:00-17:00; [夏季 06-01~08-31] 周一 06:00-21:00")
    summer, year = week_tables(rules, date(2026, 7, 1))
    assert (summer.season, summer.in_force, year.in_force) == ("夏季", True, True)
    assert shown(summer)[:2] == [[("06:00", "21:00")], [("09:00", "17:00")]]
    year_first, summer_later = week_tables(rules, date(2026, 3, 1))
    assert (year_first.season, summer_later.in_force) == ("", False)


def test_hours_that_are_over_are_not_shown_and_coming_ones_are():
    rules = parse_hours("[~2026-04-01] 周一 09:00-17:00; [2026-04-01~] 周一 10:00-18:00")
    assert len(week_tables(rules, date(2026, 3, 1))) == 2
    (left,) = week_tables(rules, date(2026, 4, 1))
    assert shown(left)[0] == [("10:00", "18:00")]


def test_holidays_are_shown_where_they_have_rows():
    (table,) = week_tables(parse_hours("每天 09:00-17:00;法定节假日休息"), date(2026, 3, 2))
    assert table.holiday is not None
    assert table.holiday.spans == ()


def test_a_night_is_shown_on_the_clock():
    night = HoursSpan(18 * 60, 26 * 60)
    assert (night.closes_text, night.past_midnight) == ("02:00", True)
    assert HoursSpan(0, 1440).all_day
    assert HoursSpan(0, 1440).closes_text == "24:00"
