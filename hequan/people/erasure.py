"""What holds an erasure back (删除前提): work that somebody else must take over first.

Plain reasons, told to whoever asks. A higher app adds its own by `hold_erasure`, as it may not be
called from here: the roster holds somebody who still has a post. What several people share, such as
the record of a mediation, it says by `share_rows`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Hold = Callable[[tuple[int, ...], datetime], object | None]
# ids of rows and of a person's rows in, the ids that are somebody else's as well out
Share = Callable[[list[Any], tuple[int, ...]], set[Any]]
_holds: list[Hold] = []
_shares: dict[str, Share] = {}


def hold_erasure(check: Hold) -> Hold:
    """Register a check: ids of a person's rows and a moment in, words of why not, or None."""
    if check not in _holds:
        _holds.append(check)
    return check


def share_rows(label: str, others: Share) -> None:
    """Register that rows of a table may be somebody else's too: her erasure leaves them whole."""
    _shares[label] = others


def of_others_too(label: str, pks: list[Any], persons: tuple[int, ...]) -> set[Any]:
    """Return which of a person's rows stay as they are, since they are somebody else's as well."""
    others = _shares.get(label)
    return others(pks, persons) if others and pks else set()


def reasons_to_wait(persons: tuple[int, ...], at: datetime) -> list[object]:
    """Return every reason why these rows of a person cannot be erased yet."""
    return [reason for check in _holds for reason in _told(check(persons, at))]


def _told(reason: object | None) -> Iterable[object]:
    return () if reason is None else (reason,)
