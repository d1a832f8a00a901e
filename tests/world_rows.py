"""The rows of what many tests stand on, kept in memory: each test gets them in milliseconds.

The first test of a process builds the thing through the actions; the rows that came and went with
it and the network's files are kept, and the tests after it get copies. One thing may stand upon
another (the desk upon the town): it is put back only where the rows are those it was built upon.
"""

import copy
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from hequan.core.versions import forget_everything

MOST = 3  # grounds a thing is kept for: a test that brings rows of its own builds it itself
Rows = dict[Any, tuple[Any, ...]]  # by primary key


@dataclass(frozen=True)
class _Change:
    """What became of one table: its columns, the keys that went or changed, the rows that came."""

    table: str
    key: str
    columns: list[str]
    gone: list[Any]
    rows: list[tuple[Any, ...]]
    before: int  # how many rows it had


@dataclass(frozen=True)
class _Built:
    """A thing as it was built, the ground it stands upon, and what it changed."""

    thing: Any
    upon: tuple[Any, ...]
    changes: list[_Change]
    files: "tempfile.TemporaryDirectory[str]"

    def fits(self, upon: tuple[Any, ...]) -> bool:
        """Tell whether the test's ground is the same, and no row lies in the way."""
        return self.upon == upon and _counts(self.changes) == [one.before for one in self.changes]

    def copied(self, upon: tuple[Any, ...]) -> Any:
        """Return a copy for a test, standing upon the test's own things."""
        return copy.deepcopy(self.thing, {id(own): given for own, given in _alike(self.upon, upon)})


class KeptRows:
    """One built thing with every row it consists of."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._kept: list[_Built] = []

    def get(self, *upon: Any) -> Any:
        """Return the thing, its rows in the database of this test and its files in its folder."""
        for one in self._kept:
            if one.fits(upon):
                _put_back(one)
                return one.copied(upon)
        if len(self._kept) == MOST:
            return self._build(*upon)
        self._kept.append(self._built(copy.deepcopy(upon)))
        return self._kept[-1].copied(upon)

    def _built(self, upon: tuple[Any, ...]) -> _Built:
        """Build it upon copies, so that no test changes what is kept."""
        before = {table: _rows_of(table)[1] for table in _keys()}
        thing = self._build(*upon)
        files = tempfile.TemporaryDirectory()
        if Path(settings.NETWORKS_ROOT).exists():
            shutil.copytree(settings.NETWORKS_ROOT, files.name, dirs_exist_ok=True)
        return _Built(thing, upon, list(_changes_since(before)), files)


def _keys() -> dict[str, str]:
    """Return the primary key's column of every table."""
    found = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: one._meta.pk.column for one in found if one._meta.managed}


def _rows_of(table: str) -> tuple[list[str], Rows]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        columns = [column[0] for column in cursor.description]
        at = columns.index(_keys()[table])
        return columns, {row[at]: tuple(row) for row in cursor.fetchall()}


def _changes_since(before: dict[str, Rows]) -> Iterator[_Change]:
    for table, old in before.items():
        columns, new = _rows_of(table)
        gone = [key for key, row in old.items() if new.get(key) != row]
        came = [row for key, row in new.items() if old.get(key) != row]
        if gone or came:
            yield _Change(table, _keys()[table], columns, gone, came, len(old))


def _counts(changes: list[_Change]) -> list[int]:
    quote = connection.ops.quote_name
    asked = ", ".join(f"(SELECT count(*) FROM {quote(one.table)})" for one in changes)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return list(cursor.fetchone())


def _put_back(built: _Built) -> None:
    quote = connection.ops.quote_name
    # rows point at rows that come later: keys are checked at the end of the transaction
    with transaction.atomic(), connection.cursor() as cursor:
        for one in built.changes:
            table, key = quote(one.table), quote(one.key)
            cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [[k] for k in one.gone])
            columns = ", ".join(map(quote, one.columns))
            holders = ", ".join(["%s"] * len(one.columns))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holders})", one.rows)
    shutil.copytree(built.files.name, Path(settings.NETWORKS_ROOT), dirs_exist_ok=True)
    forget_everything()  # what a fixture before has read is another number of the same name


def _alike(own: Any, given: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what stands in the same place of two things that are equal."""
    if is_dataclass(own):
        yield own, given
        for one in fields(own):
            yield from _alike(getattr(own, one.name), getattr(given, one.name))
    elif isinstance(own, tuple):
        for one, other in zip(own, given, strict=True):
            yield from _alike(one, other)
    elif isinstance(own, models.Model):
        yield own, given
