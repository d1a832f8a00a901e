"""What holds a merger or a new number back (合并前提): what it would hand to somebody else.

A higher app adds its own by `hold_merger`, as it may not be called from here: the roster holds a
merger by which somebody would be given a post unasked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

# ids of the rows handed over, of the accounts they may come to; the account that merges; when
Hold = Callable[[tuple[int, ...], tuple[int, ...], Any, datetime], object | None]
_holds: list[Hold] = []


def hold_merger(check: Hold) -> Hold:
    """Register a check: it returns words of what is held, or None where the merger may be."""
    if check not in _holds:
        _holds.append(check)
    return check


def held_back(
    persons: tuple[int, ...], accounts: tuple[int, ...], by: Any, at: datetime
) -> object | None:
    """Return the first reason why these rows may not be handed over by this account, or None."""
    told = (check(persons, accounts, by, at) for check in _holds)
    return next((reason for reason in told if reason is not None), None)
