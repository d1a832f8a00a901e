"""How a year of asking is spread (一年的诉求分布): over days, hours and kinds of matter.

Plain values in and out. Working days bring more than days off, heat and typhoons more than the
Spring Festival; leaks and trees come with the summer, noise with the examinations.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hequan.cases.kinds import CaseChannel
from hequan.core.calendar import WorkingCalendar
from hequan.demo.chance import shared_out, stream

_ON_A_DAY_OFF = 0.45
_BY_MONTH = (0.95, 0.75, 1.0, 0.95, 1.0, 1.1, 1.25, 1.2, 1.1, 0.95, 0.9, 0.9)
# (channel, share, the hours it is used in)
_DOORS = (
    (CaseChannel.PHONE_PAGE, 0.40, (6, 23)),
    (CaseChannel.COUNTER, 0.20, (8, 17)),
    (CaseChannel.PATROL, 0.18, (8, 17)),
    (CaseChannel.TELEPHONE, 0.12, (8, 18)),
    (CaseChannel.HOTLINE, 0.10, (7, 21)),
)
_SHUT_ON_A_DAY_OFF = (CaseChannel.COUNTER, CaseChannel.TELEPHONE)
_USUAL = {"51": 2.0, "52": 1.6, "53": 1.1, "55": 1.2, "56": 1.1}
_SEASONS = {
    "51": (6, 7, 8, 9),  # leaks
    "57": (5, 6),  # noise before the examinations
    "59": (6, 7, 8, 9),  # trees and typhoons
    "60": (4, 5, 6),  # kindergartens and schools
}


@dataclass(frozen=True)
class Series:
    """One made-up stretch of life: what it is called, its chance, its days and how many cases.

    It is written into the key of every case, so that a later run knows how to go on.
    """

    name: str
    seed: int
    cases: int
    first_on: date
    days: int

    @property
    def prefix(self) -> str:
        """Return how the keys of its cases begin."""
        return f"{self.name}/{self.seed}/{self.cases}/{self.first_on:%Y%m%d}/{self.days}/"

    def key(self, day: int, number: int) -> str:
        """Return the key of one asking of one day."""
        return f"{self.prefix}{day}/{number}"

    def day_on(self, day: int) -> date:
        """Return the date of a day of the series."""
        return self.first_on + timedelta(days=day)


def series_of(key: str) -> tuple[Series, int]:
    """Return the series a key belongs to, and the day of it."""
    name, seed, cases, first, days, day, _number = key.split("/")
    first_on = date(int(first[:4]), int(first[4:6]), int(first[6:]))
    return Series(name, int(seed), int(cases), first_on, int(days)), int(day)


def cases_by_day(series: Series, calendar: WorkingCalendar) -> list[int]:
    """Return how many are asked on each day; together they are the series' cases."""
    jitter = stream(series.seed, f"{series.name}/days").uniform(0.8, 1.2, series.days)
    weights = [_weight(series.day_on(day), calendar) for day in range(series.days)]
    return [int(n) for n in shared_out(series.cases, np.array(weights) * jitter)]


def _weight(day: date, calendar: WorkingCalendar) -> float:
    return _BY_MONTH[day.month - 1] * (_ON_A_DAY_OFF if calendar.is_off(day) else 1.0)


def weights_of(codes: list[str], month: int) -> list[float]:
    """Return how often each class of matter is asked about in a month, as shares of one."""
    found = [
        _USUAL.get(code[:2], 0.7) * (1.8 if month in _SEASONS.get(code[:2], ()) else 1.0)
        for code in codes
    ]
    total = sum(found)
    return [one / total for one in found]


def door_of(rng: np.random.Generator, is_off: bool) -> tuple[CaseChannel, tuple[int, int]]:
    """Return through which door somebody comes, and between which hours; none that is shut."""
    doors = [one for one in _DOORS if not (is_off and one[0] in _SHUT_ON_A_DAY_OFF)]
    shares = np.array([share for _door, share, _hours in doors])
    door, _share, hours = doors[int(rng.choice(len(doors), p=shares / shares.sum()))]
    return door, hours


def moment_of(
    rng: np.random.Generator, day: date, hours: tuple[int, int], zone: ZoneInfo
) -> datetime:
    """Return a moment of the day between two hours, more often in the morning and the evening."""
    first, last = hours
    peaks = rng.choice((first + 2.0, (first + last) / 2, last - 2.0), p=(0.45, 0.2, 0.35))
    hour = min(max(float(rng.normal(peaks, 1.3)), first), last - 0.02)
    return datetime.combine(day, time(), zone) + timedelta(seconds=int(hour * 3600))
