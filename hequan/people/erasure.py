"""What holds an erasure back (删除前提): work that somebody else must take over first.

Plain reasons, told to whoever asks. A higher app adds its own by `hold_erasure`, as it may not be
called from here: the roster holds somebody who still has a post.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

Hold = Callable[[tuple[int, ...], datetime], object | None]
_holds: list[Hold] = []


def hold_erasure(check: Hold) -> Hold:
    """Register a check: ids of a person's rows and a moment in, words of why not, or None."""
    if check not in _holds:
        _holds.append(check)
    return check


def reasons_to_wait(persons: tuple[int, ...], at: datetime) -> list[object]:
    """Return every reason why these rows of a person cannot be erased yet."""
    return [reason for check in _holds for reason in _told(check(persons, at))]


def _told(reason: object | None) -> Iterable[object]:
    return () if reason is None else (reason,)
