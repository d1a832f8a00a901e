"""The working calendar (工作日历): which days are off and which weekend days are worked (调休).

Plain values in, plain values out; the rows come from `calendar_days`, one year at a time from the
State Council's notice. A day the rows do not name follows its weekday.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SATURDAY = 5
SENSIBLE_YEARS = range(1900, 2200)  # a day outside is a slip, and not every clock can hold it


@dataclass(frozen=True)
class WorkingCalendar:
    """Named days: True where the day is off, False where it is worked although it is a weekend."""

    days_off: Mapping[date, bool]

    def is_off(self, day: date) -> bool:
        """Tell whether nobody works on that day."""
        return self.days_off.get(day, day.weekday() >= SATURDAY)

    def is_public_holiday(self, day: date) -> bool:
        """Tell whether that day is off by a notice, not merely by being a weekend."""
        return self.days_off.get(day, False)
