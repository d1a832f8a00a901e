"""Weekly hours as a table (每周开放时间表): one table per season and validity, for the pages.

Plain values; the table in force comes first, so that a page can show it and fold the others away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hequan.stations.hours import MIDNIGHT, WEEKDAYS, Rule, clock_text
from hequan.stations.kinds import OpeningDay

_Part = tuple[str, str, str, date | None, date | None]


@dataclass(frozen=True)
class HoursSpan:
    """Hours of one day, in minutes from its midnight."""

    opens: int
    closes: int

    @property
    def opens_text(self) -> str:
        """The opening time as `09:00`."""
        return clock_text(self.opens)

    @property
    def closes_text(self) -> str:
        """The closing time on the clock; `24:00` for midnight, `02:00` for the night after."""
        return clock_text(self.closes if self.closes <= MIDNIGHT else self.closes - MIDNIGHT)

    @property
    def past_midnight(self) -> bool:
        """Whether it closes on the next day."""
        return self.closes > MIDNIGHT

    @property
    def all_day(self) -> bool:
        """Whether it is open from midnight to midnight."""
        return self.opens == 0 and self.closes == MIDNIGHT


@dataclass(frozen=True)
class WeekRow:
    """One day of the week and its hours; none means shut."""

    day: OpeningDay
    spans: tuple[HoursSpan, ...]


@dataclass(frozen=True)
class WeekTable:
    """The hours of a week in one season and validity; `holiday` is None where a public holiday
    follows its weekday."""

    season: str
    season_from: str
    season_to: str
    valid_from: date | None
    valid_to: date | None
    rows: tuple[WeekRow, ...]
    holiday: WeekRow | None
    in_force: bool


def week_tables(rules: Iterable[Rule], on: date) -> tuple[WeekTable, ...]:
    """Return a table per season and validity that stands now or will; the ones in force first.

    A seasonal table shows what holds in that season: its own rows, and on days it does not name
    the rows of the whole year with the same validity.
    """
    now_or_later = [r for r in rules if r.valid_to is None or r.valid_to > on]
    parts = list(dict.fromkeys(_part_of(rule) for rule in now_or_later))
    tables = [_table(part, now_or_later, on) for part in parts]
    return tuple(sorted(tables, key=_order))


def _part_of(rule: Rule) -> _Part:
    return (rule.season, rule.season_from, rule.season_to, rule.valid_from, rule.valid_to)


def _order(table: WeekTable) -> tuple[bool, date, str]:
    # Of those in force the season's table says more than the whole year's.
    begins = table.valid_from or date.min
    return (not table.in_force, begins, "" if table.season_from else "~")


def _table(part: _Part, rules: list[Rule], on: date) -> WeekTable:
    season, season_from, season_to, valid_from, valid_to = part
    own = [r for r in rules if _part_of(r) == part]
    shown_on = max(valid_from or on, on)
    whole_year = [r for r in rules if not r.is_seasonal and r.stands_on(shown_on)]
    rows = tuple(WeekRow(day, _spans(day, own, whole_year)) for day in WEEKDAYS)
    has_holiday = any(r.day == OpeningDay.HOLIDAY for r in (*own, *whole_year))
    holiday = WeekRow(OpeningDay.HOLIDAY, _spans(OpeningDay.HOLIDAY, own, whole_year))
    return WeekTable(
        season=season,
        season_from=season_from,
        season_to=season_to,
        valid_from=valid_from,
        valid_to=valid_to,
        rows=rows,
        holiday=holiday if has_holiday else None,
        in_force=own[0].stands_on(on),
    )


def _spans(day: OpeningDay, own: list[Rule], whole_year: list[Rule]) -> tuple[HoursSpan, ...]:
    rows = [r for r in own if r.day == day] or [r for r in whole_year if r.day == day]
    times = sorted({(r.opens, r.closes) for r in rows if not r.is_shut})
    return tuple(HoursSpan(opens, closes) for opens, closes in times)
