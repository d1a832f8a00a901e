"""Which gates stand open (门禁时间): opening hours of the map at one weekday and minute.

Hours may depend on the season, so they are asked for one week; without a wish that is a week in
March without public holidays in most places. Country and position are not used: `PH` never
applies and sunrise counts as the library's fixed morning. Hours that nobody can read count as
open, for a wall across a street that is none would mislead more than a gate that is one.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from opening_hours import (  # type: ignore[attr-defined]  # its stub forgets ParserError
    OpeningHours,
    ParserError,
)

from hequan.planner.network import Gate, WalkNetwork

ORDINARY_WEEK = date(2025, 3, 10)  # a Monday


def gates_open(
    network: WalkNetwork, weekday: int, minute: int, *, week_of: date = ORDINARY_WEEK
) -> npt.NDArray[np.bool_]:
    """Return for each gate whether it is open; weekday 0 = Monday, minute of the day 0-1439."""
    if not (0 <= weekday <= 6 and 0 <= minute < 1440):
        raise ValueError(f"weekday {weekday} must be 0-6 and minute {minute} must be 0-1439")
    monday = week_of - timedelta(days=week_of.weekday())
    moment = datetime.combine(monday, time()) + timedelta(days=weekday, minutes=minute)
    return np.array([_open_at(gate.opening_hours, moment) for gate in network.gates], dtype=bool)


def readable_hours(text: str) -> bool:
    """Return whether the text is an opening_hours value this module can answer for."""
    return _parsed(text) is not None


def unreadable_gates(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """Return the gates whose hours cannot be read and which therefore count as open."""
    return tuple(gate for gate in gates if not readable_hours(gate.opening_hours))


def _open_at(text: str, moment: datetime) -> bool:
    hours = _parsed(text)
    return hours is None or not hours.is_closed(moment)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> OpeningHours | None:
    try:
        return OpeningHours(text)
    except (ParserError, SyntaxError, ValueError):
        return None
