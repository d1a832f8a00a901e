"""Clashes (开放时间冲突): rows of hours that claim the same minute of the same day twice.

Two rows clash when both stand on some day, are equally particular (both of a season or both of
the whole year) and share a minute, an evening past midnight reaching into the next day included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hequan.stations.hours import MIDNIGHT, WEEKDAYS, Rule
from hequan.stations.kinds import OpeningDay

_LEAP_YEAR = [
    f"{day.month:02d}-{day.day:02d}"
    for day in (date(2000, 1, 1) + timedelta(days=n) for n in range(366))
]


@dataclass(frozen=True)
class Clash:
    """Two rows that cannot both stand."""

    first: Rule
    second: Rule


def clashes_among(rules: Iterable[Rule]) -> tuple[Clash, ...]:
    """Return every pair of rows that clash, in the order given."""
    return tuple(Clash(a, b) for a, b in combinations(rules, 2) if _clash(a, b))


def _clash(a: Rule, b: Rule) -> bool:
    if a.is_seasonal != b.is_seasonal or not _both_valid(a, b) or not _both_in_season(a, b):
        return False
    if a.day == b.day:
        # A row that says shut beside one with hours of the same day is a contradiction too.
        return a.is_shut or b.is_shut or (a.opens < b.closes and b.opens < a.closes)
    return _reaches_into(a, b) or _reaches_into(b, a)


def _reaches_into(evening: Rule, morning: Rule) -> bool:
    if OpeningDay.HOLIDAY in (evening.day, morning.day) or evening.is_shut or morning.is_shut:
        return False
    next_day = (WEEKDAYS.index(evening.day) + 1) % 7
    return WEEKDAYS[next_day] == morning.day and evening.closes - MIDNIGHT > morning.opens


def _both_valid(a: Rule, b: Rule) -> bool:
    latest_begin = max(a.valid_from or date.min, b.valid_from or date.min)
    earliest_end = min(a.valid_to or date.max, b.valid_to or date.max)
    return latest_begin < earliest_end


def _both_in_season(a: Rule, b: Rule) -> bool:
    if not a.is_seasonal:
        return True
    return any(_within(day, a) and _within(day, b) for day in _LEAP_YEAR)


def _within(day: str, rule: Rule) -> bool:
    begin, end = rule.season_from, rule.season_to
    return begin <= day <= end if begin <= end else day >= begin or day <= end
