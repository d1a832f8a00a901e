"""Acting for somebody (代办): for whom everything is done that is recorded meanwhile.

A request of a clerk who acts for a person sets it (web/board/behalf.py), and `audit.record` reads
it where an action names nobody itself. It belongs to one request: jobs begin without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_acted_for: ContextVar[int | None] = ContextVar("acted_for", default=None)


def person_acted_for() -> int | None:
    """Return the id of the person acted for here and now, None for nobody."""
    return _acted_for.get()


@contextmanager
def acting_on_behalf_of(person_id: int | None) -> Iterator[None]:
    """Let all that is recorded inside be on behalf of this person; None for nobody."""
    token = _acted_for.set(person_id)
    try:
        yield
    finally:
        _acted_for.reset(token)
