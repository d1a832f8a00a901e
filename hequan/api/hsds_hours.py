"""Opening hours as HSDS schedules (RRULE 排班): weekly rows per stretch of time they hold for.

HSDS has no seasons: a year is cut into stretches with the same week, and each stretch gets weekly
rows of its own with `valid_from` and `valid_to` (both days included). Plain values in and out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hequan.stations.hours import MIDNIGHT, WEEKDAYS, DayException, Rule, clock_text
from hequan.stations.kinds import OpeningDay

YEAR = timedelta(days=365)
BYDAY = {day: day.value[:2].upper() for day in WEEKDAYS}


@dataclass(frozen=True)
class WeeklyRow:
    """The same hours on some days of the week; days are RRULE's `MO` ... `SU`."""

    byday: tuple[str, ...]
    opens: int
    closes: int
    valid_from: date | None = None
    valid_to: date | None = None  # the last day, included
    once_on: date | None = None

    @property
    def opens_at(self) -> str:
        """The opening time as `09:00`."""
        return clock_text(self.opens)

    @property
    def closes_at(self) -> str:
        """The closing time on the clock: midnight is `00:00`, the night after `02:00`."""
        return clock_text(self.closes % MIDNIGHT)


def weekly_rows(rules: Sequence[Rule], on: date) -> tuple[WeeklyRow, ...]:
    """Return the weekly rows in force from a day on for a year, or for good where none changes."""
    rows: list[WeeklyRow] = []
    for first, last in _stretches(rules, on):
        starts = None if first == on else first
        rows += _rows_of_week(rules, first, starts, last)
    return tuple(rows)


def dated_rows(exceptions: Iterable[DayException]) -> tuple[WeeklyRow, ...]:
    """Return the exceptional days that are open, each as a row of its own."""
    return tuple(
        WeeklyRow((BYDAY[WEEKDAYS[one.day.weekday()]],), one.opens, one.closes, once_on=one.day)
        for one in exceptions
        if one.opens is not None and one.closes is not None
    )


def holiday_spans(rules: Iterable[Rule], on: date) -> tuple[str, ...] | None:
    """Return the hours of public holidays as `09:00-12:00`, empty for shut; None: as usual."""
    own = [rule for rule in rules if rule.day == OpeningDay.HOLIDAY and rule.stands_on(on)]
    if not own:
        return None
    open_rows = [rule for rule in own if not rule.is_shut]
    return tuple(f"{clock_text(r.opens)}-{clock_text(r.closes)}" for r in open_rows)


def _stretches(rules: Sequence[Rule], on: date) -> list[tuple[date, date | None]]:
    """Stretches of days within a year over which the same rules stand; the last may be open."""
    turns = sorted(day for day in _turns(rules, on) if on < day <= on + YEAR)
    kept = [on]
    for day in turns:
        if _standing(rules, day) != _standing(rules, kept[-1]):
            kept.append(day)
    ends: list[date | None] = [day - timedelta(days=1) for day in kept[1:]]
    seasonal = any(rule.is_seasonal for rule in rules)
    ends.append(on + YEAR if seasonal else None)
    return list(zip(kept, ends, strict=True))


def _standing(rules: Sequence[Rule], day: date) -> tuple[bool, ...]:
    return tuple(rule.stands_on(day) for rule in rules)


def _turns(rules: Iterable[Rule], on: date) -> set[date]:
    found: set[date] = set()
    for rule in rules:
        found |= {day for day in (rule.valid_from, rule.valid_to) if day}
        for year in (on.year, on.year + 1):
            found |= {
                day
                for text, later in ((rule.season_from, 0), (rule.season_to, 1))
                for day in _season_day(year, text, later)
            }
    return found


def _season_day(year: int, text: str, later: int) -> list[date]:
    if not text:
        return []
    month, day = (int(part) for part in text.split("-"))
    if (month, day) == (2, 29) and later == 0:
        month, day = 3, 1  # a season from 29 February begins on 1 March where there is none
    try:
        return [date(year, month, day) + timedelta(days=later)]
    except ValueError:
        return [date(year, 3, 1)]


def _rows_of_week(
    rules: Sequence[Rule], day: date, starts: date | None, last: date | None
) -> list[WeeklyRow]:
    days: dict[tuple[int, int], list[str]] = defaultdict(list)
    standing = [rule for rule in rules if rule.stands_on(day)]
    for weekday in WEEKDAYS:
        of_day = [rule for rule in standing if rule.day == weekday]
        # a season's row goes before the whole year's, as hours.rules_of_day has it
        for rule in [rule for rule in of_day if rule.is_seasonal] or of_day:
            if not rule.is_shut:
                days[rule.opens, rule.closes].append(BYDAY[weekday])
    return [
        WeeklyRow(tuple(byday), opens, closes, starts, last)
        for (opens, closes), byday in sorted(days.items())
    ]
