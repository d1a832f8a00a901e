"""How often is too often (频次规则): the numbers of every limit, as rule rows with their source.

A town changes a number by closing the row and opening another; within a minute every process
counts by it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hequan.core.jobs import job
from hequan.core.limits import prune_taken, seconds_left, take
from hequan.core.rule_values import rule_values
from hequan.core.timetable import nightly
from hequan.core.versions import Kept

PREFIX = "limit."
PRUNING = "core.prune_limits"
_SINCE = date(2000, 1, 1)
_READ_AGAIN_SECONDS = 60
_OURS = "ours: "
_ESTATE = "a whole estate or station may sit behind one address"

# what is counted -> (times, seconds, why this number)
LIMITS: Mapping[str, tuple[int, int, str]] = {
    "read.address": (1200, 60, f"20 pages a second; {_ESTATE}; counted by each process alone"),
    "write.address": (600, 60, f"10 forms a second without an account; {_ESTATE}"),
    "write.account": (120, 60, "two forms a second, faster than anybody types"),
    "sign_in.address": (300, 600, f"a station of 300 people within ten minutes; {_ESTATE}"),
    "export.account": (60, 600, "a file every ten seconds; more is a machine gathering"),
    "send.key": (600, 60, "ten cases a second from one system; a whole hotline sends less"),
    "search.account": (120, 60, "two searches a second; more is a machine going through names"),
}


@dataclass(frozen=True)
class Limit:
    """So many times within so long."""

    times: int
    window: timedelta


class _KeptAWhile(Kept[dict[str, Limit]]):
    """The limits, looked at again once a minute: a page that anybody reads asks no table."""

    def __init__(self) -> None:
        super().__init__(_limits_in_force, "rule_values")
        self._until = 0.0

    def get(self) -> dict[str, Limit]:
        """Return the limits as of this minute."""
        kept, moment = self._thing, time.monotonic()
        if kept is None or moment >= self._until:
            kept, self._until = _limits_in_force(), moment + _READ_AGAIN_SECONDS
            self._thing = kept
        return kept


def _limits_in_force() -> dict[str, Limit]:
    found = {name: Limit(n, timedelta(seconds=s)) for name, (n, s, _why) in LIMITS.items()}
    for code, row in rule_values(PREFIX, timezone.localdate()).items():
        times, seconds = row.value
        found[code.removeprefix(PREFIX)] = Limit(int(times), timedelta(seconds=seconds))
    return found


_kept = _KeptAWhile()


def limit_of(name: str) -> Limit:
    """Return the limit in force; KeyError for a name that LIMITS does not hold."""
    return _kept.get()[name]


def take_by_rule(name: str, key: str, at: datetime) -> int:
    """Count one more of `key`; return 0 if it may go on, else the seconds it has to wait."""
    limit = limit_of(name)
    if take(name, key, limit.times, limit.window, at):
        return 0
    return max(seconds_left(name, key, at), 1)


def seeds() -> dict[str, tuple[Any, str, date]]:
    """Return the rows of the limits, for `rule_values.seed_rules`."""
    return {
        PREFIX + name: ([times, seconds], _OURS + why, _SINCE)
        for name, (times, seconds, why) in LIMITS.items()
    }


@job(PRUNING)
def prune(payload: Mapping[str, Any], at: datetime) -> None:
    """Remove the counts whose window is over."""
    prune_taken(at)


def announce() -> None:
    """Have old counts removed every night."""
    nightly(PRUNING, 3, 40)
