"""The rows of what many tests stand on, kept in memory: each test gets them in milliseconds.

The first test of a process builds the thing through the actions; the rows that came and went with
it and the network's files are kept, and the tests after it get copies. One thing may stand upon
another (the desk upon the town): it is put back only where the rows are those it was built upon.
"""

import copy
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

    def statements(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield what does the same again, each with the parameters of its rows."""
        table, key, *columns = map(connection.ops.quote_name, (self.table, self.key, *self.columns))
        if self.gone:
            yield f"DELETE FROM {table} WHERE {key} = %s", [[one] for one in self.gone]
        if self.rows:
            holders = ", ".join(["%s"] * len(columns))
            names = ", ".join(columns)
            yield f"INSERT INTO {table} ({names}) VALUES ({holders})", self.rows


@dataclass(frozen=True)
class _Built:
    """A thing as it was built, the ground it stands upon, and what it changed."""

    thing: Any
    upon: tuple[Any, ...]
    changes: list[_Change]
    script: str  # all of the changes as one text, on PostgreSQL
    files: dict[Path, bytes]  # of networks, by their place in the folder

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
        before, files = {table: _rows_of(table)[1] for table in _keys()}, _files()
        thing = self._build(*upon)
        changes = list(_changes_since(before))
        new = {place: what for place, what in _files().items() if files.get(place) != what}
        return _Built(thing, upon, changes, _script(changes), new)


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


def _script(changes: list[_Change]) -> str:
    """Return the changes with their values in them: one question instead of one for each row."""
    if connection.vendor != "postgresql":
        return ""
    compose = connection.ops.compose_sql
    told = [told for one in changes for told in one.statements()]
    return ";".join(compose(statement, row) for statement, rows in told for row in rows)


def _put_back(built: _Built) -> None:
    # rows point at rows that come later: keys are checked at the end of the transaction
    with transaction.atomic(), connection.cursor() as cursor:
        if built.script:
            connection.connection.execute(built.script, prepare=False)
        else:
            for one in built.changes:
                for statement, rows in one.statements():
                    cursor.executemany(statement, rows)
    for place, what in built.files.items():
        path = Path(settings.NETWORKS_ROOT) / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(what)
    forget_everything()  # what a fixture before has read is another number of the same name


def _files() -> dict[Path, bytes]:
    root = Path(settings.NETWORKS_ROOT)
    return {one.relative_to(root): one.read_bytes() for one in root.rglob("*") if one.is_file()}


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
