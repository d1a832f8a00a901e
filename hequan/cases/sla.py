"""The clocks of a case (时限): when each runs out, told from its limit, its start and its pauses.

A limit is so many of a unit: work hours and work days run only while the office works (a work day
is so many work hours, eight by GB/T 30428), urgent hours, urgent days and natural days run without
a stop. Only pauses and extensions move an end; comments, reopened pages and restarts never do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hequan.cases.kinds import LimitUnit
from hequan.cases.working_time import OfficeHours

_HOUR = 3600
_AROUND_THE_CLOCK = {
    LimitUnit.URGENT_HOUR: _HOUR,
    LimitUnit.URGENT_DAY: 24 * _HOUR,
    LimitUnit.NATURAL_DAY: 24 * _HOUR,
}


@dataclass(frozen=True)
class Limit:
    """So many of a unit; fractions are allowed, as in half a work day."""

    amount: float
    unit: LimitUnit


@dataclass(frozen=True)
class Span:
    """A stretch of time that does not count; open where `end` is None."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Calendar:
    """Office hours, and how many hours make a work day."""

    hours: OfficeHours
    hours_a_day: float = 8

    def runs_around_the_clock(self, unit: LimitUnit) -> bool:
        """Tell whether a limit in this unit runs at night and on holidays too."""
        return unit in _AROUND_THE_CLOCK

    def seconds_of(self, limit: Limit) -> int:
        """Return how many seconds of its own kind of time a limit is."""
        if limit.unit in _AROUND_THE_CLOCK:
            return round(limit.amount * _AROUND_THE_CLOCK[limit.unit])
        a_unit = _HOUR if limit.unit == LimitUnit.WORK_HOUR else self.hours_a_day * _HOUR
        return round(limit.amount * a_unit)

    def after(self, start: datetime, seconds: int, unit: LimitUnit) -> datetime:
        """Return the moment so many seconds of the unit's kind of time after `start`."""
        if self.runs_around_the_clock(unit):
            return start + timedelta(seconds=seconds)
        return self.hours.after(start, seconds)

    def between(self, start: datetime, end: datetime, unit: LimitUnit) -> int:
        """Return the seconds of the unit's kind of time between two moments."""
        if self.runs_around_the_clock(unit):
            return int((end - start).total_seconds())
        return self.hours.worked(start, end)


def due_at(start: datetime, limit: Limit, pauses: Sequence[Span], calendar: Calendar) -> datetime:
    """Return when a limit from `start` runs out, its closed pauses left out.

    A pause still open stands still at its beginning: what is left then is counted from where it
    ends, so the end told while paused is the earliest possible.
    """
    left, begun = calendar.seconds_of(limit), start
    for pause in sorted(pauses, key=lambda one: one.start):
        opens = max(pause.start, begun)
        passed = calendar.between(begun, opens, limit.unit)
        if passed >= left:
            break
        left -= passed
        begun = opens if pause.end is None else max(pause.end, opens)
    return calendar.after(begun, left, limit.unit)


def due_after_pause(
    due: datetime, paused_at: datetime, resumed_at: datetime, unit: LimitUnit, calendar: Calendar
) -> datetime:
    """Return the end moved by one pause: what was left when it began is left when it ends.

    A limit that had run out before the pause stays run out.
    """
    if due <= paused_at:
        return due
    left = calendar.between(paused_at, due, unit)
    return calendar.after(max(resumed_at, paused_at), left, unit)
