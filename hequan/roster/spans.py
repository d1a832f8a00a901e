"""Spans of days and moments (起止): whether two of them touch the same time. Pure."""

from datetime import date, datetime
from typing import TypeVar

Moment = TypeVar("Moment", date, datetime)


def overlap(
    first: Moment, until: Moment | None, other_first: Moment, other_until: Moment | None
) -> bool:
    """Tell whether two spans share a day or moment; the ends are exclusive, None is open."""
    return (until is None or other_first < until) and (other_until is None or first < other_until)


def holds_on(first: Moment, until: Moment | None, when: Moment) -> bool:
    """Tell whether the span holds at that day or moment."""
    return first <= when and (until is None or when < until)
