"""Early warning (苗头预警): where matters of one kind come more often than is usual there.

Counted are matters of a place and a class in a span of days, never persons. The place is held
against its own past alone: so many spans of the same length before. It is warned of a place where
the matters of the last span are at least `least`, at least `times` what is usual there, and so
many that with what is usual they would come by chance in less than `chance` of all spans (the tail
of a Poisson distribution). Each warning says its numbers: 9 in 14 days, usually 2.

Of a past shorter than `least_before` spans nothing is told: what is usual is not known yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from typing import Any

from hequan.territory.paths import paths_to

_LEAST_USUAL = 0.5  # a place where it never happened is not warned of at once


@dataclass(frozen=True)
class WarningRule:
    """The thresholds, as the rule value `case.warning` keeps them."""

    days: int
    before: int
    least_before: int
    least: int
    times: float
    chance: float

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "WarningRule":
        """Return the rule of a kept value."""
        return cls(
            days=int(kept["days"]),
            before=int(kept["before"]),
            least_before=int(kept["least_before"]),
            least=int(kept["least"]),
            times=float(kept["times"]),
            chance=float(kept["chance"]),
        )


@dataclass(frozen=True)
class Recurrence:
    """How often a matter came to a place: in the last span, and in those before, newest first."""

    unit: int
    path: str
    matter: int
    now: int
    past: tuple[int, ...]


@dataclass(frozen=True)
class Warned:
    """A recurrence worth a warning, with what is usual there and the most there was before."""

    of: Recurrence
    usual: float
    most: int


def spans_before(today: date, first_on: date | None, rule: WarningRule) -> int:
    """Return how many whole spans of the past are known, up to the rule's."""
    if first_on is None:
        return 0
    begins = today - timedelta(days=rule.days - 1)  # of the last span, today included
    return max(0, min(rule.before, (begins - first_on).days // rule.days))


def tail(count: int, usual: float) -> float:
    """Return the chance of at least so many where so many are usual (Poisson)."""
    term = below = exp(-usual)
    for n in range(1, count):
        term *= usual / n
        below += term
    return 1.0 if count <= 0 else max(0.0, 1.0 - below)


def warned(one: Recurrence, rule: WarningRule) -> Warned | None:
    """Return a warning where the rule says so, None otherwise."""
    if one.now < rule.least or len(one.past) < rule.least_before:
        return None
    usual = sum(one.past) / len(one.past)
    held_against = max(usual, _LEAST_USUAL)
    if one.now < rule.times * held_against or tail(one.now, held_against) >= rule.chance:
        return None
    return Warned(one, usual, max(one.past))


def rolled_up(rows: Iterable[Recurrence], committees: Mapping[int, str]) -> list[Recurrence]:
    """Return the rows and, for each committee, the sum of what lies in it.

    `committees` is path by id. What lies in a committee and in no micro-grid counts there only.
    """
    by_path = {path: pk for pk, path in committees.items()}
    own: list[Recurrence] = []
    sums: dict[tuple[int, int], list[Recurrence]] = {}
    for one in rows:
        pk = next((by_path[p] for p in reversed(paths_to(one.path)) if p in by_path), None)
        if pk is not None:
            sums.setdefault((pk, one.matter), []).append(one)
        if pk != one.unit:
            own.append(one)
    for (pk, matter), parts in sums.items():
        past = tuple(map(sum, zip(*(one.past for one in parts), strict=True)))
        now = sum(one.now for one in parts)
        own.append(Recurrence(pk, committees[pk], matter, now, past))
    return own


def choose_warnings(rows: Iterable[Recurrence], rule: WarningRule) -> tuple[Warned, ...]:
    """Return what to warn of, the most unusual first; each happening is told at one place.

    A committee is left out where half of its matters or more lie in micro-grids that are warned of
    themselves: the smaller place says more.
    """
    found = [told for one in rows if (told := warned(one, rule))]
    kept = [one for one in found if not _told_below(one, found)]
    return tuple(
        sorted(
            kept,
            key=lambda one: (
                tail(one.of.now, max(one.usual, _LEAST_USUAL)),
                -one.of.now,
                one.of.path,
                one.of.matter,
            ),
        )
    )


def _told_below(one: Warned, found: Iterable[Warned]) -> bool:
    below = sum(
        other.of.now
        for other in found
        if other.of.matter == one.of.matter
        and other.of.path != one.of.path
        and other.of.path.startswith(one.of.path)
    )
    return 2 * below >= one.of.now
