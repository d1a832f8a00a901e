"""The duty week (值班周期): on which days and at which moments a weekly duty falls. Pure.

Minutes count from midnight of the town's clock; a duty past 24:00 ends on the next day.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

DAYS_AHEAD = 56


def days_of_weekday(weekday: int, first: date, until: date) -> Iterator[date]:
    """Return the days of that weekday (Monday is 0) from `first` up to but without `until`."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day < until:
        yield day
        day += timedelta(days=7)


def moments_of(day: date, begins: int, ends: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a duty of that day begins and ends."""
    return _moment(day, begins, zone), _moment(day, ends, zone)


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    days, rest = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)), tzinfo=zone)


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday of a day's week and the Monday after."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def month_of(day: date) -> tuple[date, date]:
    """Return the first day of a day's month and of the month after."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)
