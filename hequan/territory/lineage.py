"""Lineage (沿革): what a merger, a split or a new name does to units and their codes.

A code ends with the unit that bore it and may be handed on; a unit keeps its identity through a
change of name or code, and ends when it merges or splits. Plain values in, plain values out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Days something holds: from the first on, up to but without the last; None is open."""

    first: date | None
    end: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether that day lies in the span."""
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)

    def may_end_on(self, day: date) -> bool:
        """Tell whether the span is open and can be closed on that day."""
        return self.end is None and (self.first is None or self.first < day)


@dataclass(frozen=True)
class CodeHeld:
    """One code of one unit for a time."""

    code: str
    span: Span


def code_on(held: Iterable[CodeHeld], day: date) -> str:
    """Return the code a unit bore on that day; empty where it bore none."""
    return next((item.code for item in held if item.span.holds_on(day)), "")


def can_merge(levels: Iterable[str], parents: Iterable[int | None]) -> bool:
    """Tell whether units of these levels and parents may become one: at least two, all alike."""
    found = list(levels)
    return len(found) >= 2 and len(set(found)) == 1 and len(set(parents)) == 1


def can_split(level: str, into_levels: Iterable[str]) -> bool:
    """Tell whether a unit may become units of these levels: at least two, all its own level."""
    found = list(into_levels)
    return len(found) >= 2 and set(found) == {level}
