"""The year's holiday notice (放假通知) as text: one day a line, off or worked.

    2026-10-01 国庆节 休
    2026-10-10 国庆节 班

The day comes first, then the name, then 休 / off or 班 / work; off where nothing is said. Dates may
also be written 2026/10/1, 2026年10月1日 or 10月1日 and may be joined into a span with ~ or 至.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hequan.core.calendar_days import NamedDay

OFF = {"休", "放假", "休息", "off"}
WORKED = {"班", "上班", "调休上班", "work", "worked"}
LONGEST_SPAN_DAYS = 31
_DAY = re.compile(r"^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$")


@dataclass(frozen=True)
class LineFault:
    """A line that cannot be read; `reason` is one of day, year, span, twice."""

    line: int
    text: str
    reason: str


class NoticeError(ValueError):
    """The notice cannot be taken; every faulty line is named."""

    def __init__(self, faults: list[LineFault]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} lines")


def read_notice(text: str, year: int) -> list[NamedDay]:
    """Return the days of one year's notice in order; NoticeError names every line at fault."""
    days: dict[date, NamedDay] = {}
    faults: list[LineFault] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        try:
            for day in _days_of(line, year):
                if day.day in days:
                    raise _Fault("twice")
                days[day.day] = day
        except _Fault as fault:
            faults.append(LineFault(number, line, fault.reason))
    if faults:
        raise NoticeError(faults)
    return [days[day] for day in sorted(days)]


class _Fault(ValueError):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _days_of(line: str, year: int) -> Iterator[NamedDay]:
    words = line.replace("，", " ").replace(",", " ").split()
    is_off = words[-1].lower() not in WORKED
    if words[-1].lower() in OFF | WORKED:
        words = words[:-1]
    if not words:
        raise _Fault("day")
    first, last = _span(words[0], year)
    name = " ".join(words[1:])[:32]
    for offset in range((last - first).days + 1):
        yield NamedDay(day=first + timedelta(days=offset), name=name, is_off=is_off)


def _span(text: str, year: int) -> tuple[date, date]:
    ends = re.split(r"[~～至—–]", text)
    if len(ends) > 2:
        raise _Fault("span")
    first, last = _day(ends[0], year), _day(ends[-1], year)
    if not 0 <= (last - first).days < LONGEST_SPAN_DAYS:
        raise _Fault("span")
    return first, last


def _day(text: str, year: int) -> date:
    found = _DAY.match(text)
    if found is None:
        raise _Fault("day")
    given = int(found[1] or year)
    # a notice may name the last days of the year before (New Year's make-up days)
    if given not in (year - 1, year):
        raise _Fault("year")
    try:
        return date(given, int(found[2]), int(found[3]))
    except ValueError:
        raise _Fault("day") from None
