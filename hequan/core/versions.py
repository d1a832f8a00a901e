"""Version stamps: how every process learns that a thing it keeps in memory has changed.

An action that changes the thing bumps its stamp in the same transaction. A process keeps what it
built together with the stamp it saw, and compares one row per request or job.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F

from hequan.core.questions import Question

T = TypeVar("T")
_everything: list["Kept[Any]"] = []


@dataclass
class _Moment:
    """What is read once within `steady`: all stamps, once somebody asked for one; single things."""

    stamps: dict[str, int] = field(default_factory=dict)
    things: dict[Any, Any] = field(default_factory=dict)


_steady: ContextVar[_Moment | None] = ContextVar("steady_moment", default=None)


class VersionStamp(models.Model):
    """One counter, named by the thing it stands for."""

    name = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


_STAMPS = Question[tuple[str, int]](lambda: VersionStamp.objects.values_list("name", "number"))


def bump(name: str) -> None:
    """Raise the stamp; call it inside the transaction of the change."""
    if (moment := _steady.get()) is not None:
        moment.stamps.clear()
    if not VersionStamp.objects.filter(name=name).update(number=F("number") + 1):
        VersionStamp.objects.get_or_create(name=name, defaults={"number": 1})


def stamps(*names: str) -> tuple[int, ...]:
    """Return the present stamps of these names, 0 for one never bumped: one query.

    Within `steady` that one query serves every name and every later call.
    """
    moment = _steady.get()
    found = moment.stamps if moment else {}
    if not found:
        found = dict(_STAMPS.all())
        if moment is not None:
            moment.stamps = found
    return tuple(found.get(name, 0) for name in names)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` finds; within `steady` it is read once for a key."""
    moment = _steady.get()
    if moment is None:
        return read()
    if key not in moment.things:
        moment.things[key] = read()
    found: T = moment.things[key]
    return found


@contextmanager
def steady() -> Iterator[None]:
    """Read the stamps, and what is read `once`, once for all that happens inside.

    A page then shows one state of things throughout; what changes meanwhile, the next one shows.
    Around an action it is right where the action's own writes change nothing of what is kept, or
    bump its stamp, and where rows it must not lose are locked and read anew.
    """
    if _steady.get() is not None:  # inside another
        yield
        return
    token = _steady.set(_Moment())
    try:
        yield
    finally:
        _steady.reset(token)


class Kept(Generic[T]):
    """Something costly a process builds from the database and keeps until a stamp moves.

    `build` runs outside the lock of other names; two threads never build the same thing twice.
    """

    def __init__(self, build: Callable[[], T], *names: str) -> None:
        self._build = build
        self._names = names
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._thing: T | None = None
        _everything.append(self)

    def get(self) -> T:
        """Return the thing as of the present stamps."""
        seen = stamps(*self._names)
        with self._lock:
            if self._thing is None or seen != self._seen:
                self._thing, self._seen = self._build(), seen
            return self._thing

    def forget(self) -> None:
        """Drop what is kept (tests do, between databases)."""
        with self._lock:
            self._thing, self._seen = None, None


def forget_everything() -> None:
    """Drop all that this process keeps; tests do, since each has a database of its own."""
    for kept in _everything:
        kept.forget()
