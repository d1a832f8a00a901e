"""Real processes that begin at one moment, forked from the test's: none starts Django again."""

import gc
import os
import pickle
import sqlite3
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from hequan.core import versions

T = TypeVar("T")
SECONDS = 120.0  # a loaded machine is slow; a deadlock lasts for ever
_inherited: list[Any] = []  # the parent's connections: kept, so that nothing ever closes them


@dataclass(frozen=True)
class _Child:
    """A process that was forked and the pipe it answers by."""

    number: int
    process: ForkProcess
    answers: Connection


def at_once(
    count: int,
    work: Callable[[int], T],
    *,
    database: Path | None = None,
    seconds: float = SECONDS,
) -> list[T]:
    """Run `work(number)` in so many processes at once; return what each returned, in order.

    Each has a database connection of its own, to `database` where that SQLite file is given.
    """
    if database is None and connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.fail("processes cannot share a database in memory: give them a file_copy")
    start = get_context("fork").Barrier(count, timeout=seconds)
    children: list[_Child] = []
    try:
        for number in range(count):
            children.append(_fork(number, work, start, database))  # noqa: PERF401 - ended if one fails
        return _answers(children, time.monotonic() + seconds)
    finally:
        _end(children)


def file_copy(path: Path) -> Path:
    """Copy the test's SQLite database to a file that processes can share."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # not to be changed by several at once
    return path


def _fork(number: int, work: Callable[[int], Any], start: Barrier, database: Path | None) -> _Child:
    """Fork one process; its end of the pipe is closed here, so that its death is noticed."""
    context = get_context("fork")
    answers, said = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(number, work, start, database, said))
    with warnings.catch_warnings():
        # the threads Python 3.12 warns of are those of the pool, which the child forgets
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        process.start()
    said.close()
    return _Child(number, process, answers)


def _live(
    number: int,
    work: Callable[[int], Any],
    start: Barrier,
    database: Path | None,
    said: Connection,
) -> None:
    """Be the child: answer and end, without the ends of pytest and of the parent's things."""
    try:
        said.send_bytes(_answer(number, work, start, database))
    finally:
        os._exit(0)


def _answer(
    number: int, work: Callable[[int], Any], start: Barrier, database: Path | None
) -> bytes:
    """Return the pickled pair of the work's result and the traceback, one of them None."""
    try:
        _begin_afresh(start, database)
        start.wait()
        return pickle.dumps((work(number), None))
    except BaseException:
        return pickle.dumps((None, traceback.format_exc()))


def _begin_afresh(start: Barrier, database: Path | None) -> None:
    """Forget what is the parent's and connect; who cannot lets nobody wait for it."""
    try:
        _forget_parent()
        if database is not None:
            connections.settings[DEFAULT_DB_ALIAS]["NAME"] = str(database)
        connection.ensure_connection()
    except BaseException:
        start.abort()
        raise


def _forget_parent() -> None:
    """Leave the parent's connections and pools alone for ever, and drop what is kept in memory."""
    gc.freeze()  # nor may the collector close any of them
    for wrapper in connections.all(initialized_only=True):
        pools: dict[str, Any] = getattr(wrapper, "_connection_pools", {})
        _inherited.extend((wrapper, dict(pools)))
        pools.clear()
        del connections[wrapper.alias]
    versions.forget_everything()


def _answers(children: Iterable[_Child], until: float) -> list[Any]:
    """Return every result; fail with all tracebacks where there is any."""
    came = [_answer_of(child, until) for child in children]
    faults = [fault for _, fault in came if fault is not None]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
    return [result for result, _ in came]


def _answer_of(child: _Child, until: float) -> tuple[Any, str | None]:
    """Wait for one process's answer; a fault tells which process it was."""
    name = f"process {child.number}"
    if not child.answers.poll(max(0.0, until - time.monotonic())):
        return None, f"{name} had not ended in time"
    try:
        result, fault = pickle.loads(child.answers.recv_bytes())
    except EOFError:
        child.process.join(1)
        return None, f"{name} died without a word, exit code {child.process.exitcode}"
    return result, fault and f"{name}: {fault}"


def _end(children: Iterable[_Child]) -> None:
    """End all: who has answered has nothing left to do, who has not is overdue."""
    for child in children:
        child.process.kill()
        child.process.join()
        child.process.close()
        child.answers.close()
