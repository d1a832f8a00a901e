"""Working time (办公时间): how much of it lies between two moments, and when so much has passed.

Office hours are windows of a day over the working calendar; a half day (半天假) or a day with hours
of its own names its windows. Everything is counted in whole seconds on the wall clock of one place
without summer time. Three laws hold for all moments and amounts and are tested for them:
`worked` adds up over a moment between, `after` adds up over amounts, and `worked` undoes `after`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from hequan.core.calendar import WorkingCalendar

Windows = Sequence[tuple[time, time]]
_DAY = timedelta(days=1)
_LONGEST_WAIT_DAYS = 400  # a calendar that opens no office for so long is a mistake of its rows


class NoOfficeHoursError(ValueError):
    """The calendar and the hours leave no working time at all."""


@dataclass(frozen=True)
class OfficeHours:
    """When an office works: its windows on a working day, other windows on the days named."""

    calendar: WorkingCalendar
    zone: tzinfo
    windows: Windows
    on_days: Mapping[date, Windows] = field(default_factory=dict)

    def windows_on(self, day: date) -> Windows:
        """Return the windows of a day, none where it is off."""
        if day in self.on_days:
            return self.on_days[day]
        return () if self.calendar.is_off(day) else self.windows

    def worked(self, start: datetime, end: datetime) -> int:
        """Return the seconds of working time between two moments; negative if end is earlier."""
        if end < start:
            return -self.worked(end, start)
        here, there = self._wall(start), self._wall(end)
        seconds, day = 0, here.date()
        while day <= there.date():
            for opens, closes in self.windows_on(day):
                begins = max(datetime.combine(day, opens), here)
                ends = min(datetime.combine(day, closes), there)
                seconds += max(int((ends - begins).total_seconds()), 0)
            day += _DAY
        return seconds

    def after(self, start: datetime, seconds: int) -> datetime:
        """Return the first moment by which so much working time has passed since `start`.

        NoOfficeHoursError where the calendar has none for more than a year on end.
        """
        if seconds <= 0:
            return start
        here, left = self._wall(start), seconds
        day, idle = here.date(), 0
        while idle < _LONGEST_WAIT_DAYS:
            idle += 1
            for opens, closes in self.windows_on(day):
                begins = max(datetime.combine(day, opens), here)
                length = int((datetime.combine(day, closes) - begins).total_seconds())
                if length > 0:
                    idle = 0
                if length >= left:
                    return (begins + timedelta(seconds=left)).replace(tzinfo=self.zone)
                left -= max(length, 0)
            day += _DAY
        raise NoOfficeHoursError(f"no working time within {_LONGEST_WAIT_DAYS} days of {day}")

    def _wall(self, moment: datetime) -> datetime:
        """Return the wall clock of a moment in whole seconds."""
        return moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
