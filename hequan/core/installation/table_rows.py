"""Rows of any table as lines (表行): the same line for the same row in either database.

A line is a JSON array of the row's columns in the model's order. Values JSON has no word for are
written as text by the kind of their column, so reading a line back needs the model, not the
database it came from.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

_MICROSECOND = timedelta(microseconds=1)
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


def _base64(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


# kind of column: to JSON, from JSON
_CODECS: dict[str, Codec] = {
    "BinaryField": (_base64, base64.b64decode),
    "DateField": (date.isoformat, date.fromisoformat),
    "DateTimeField": (datetime.isoformat, datetime.fromisoformat),
    "TimeField": (time.isoformat, time.fromisoformat),
    "DecimalField": (str, Decimal),
    "DurationField": (lambda v: v // _MICROSECOND, lambda v: v * _MICROSECOND),
    "UUIDField": (str, UUID),
    "FileField": (str, _same),
}


@dataclass(frozen=True)
class Table:
    """One table: its model (historical or present), its label and its own columns."""

    label: str
    model: type[models.Model]
    fields: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        """The columns' names in the order of a line."""
        return [one.attname for one in self.fields]

    @property
    def key_at(self) -> int:
        """The place of the primary key in a line."""
        return next(i for i, one in enumerate(self.fields) if one.primary_key)


def tables_of(apps: Any) -> list[Table]:
    """Return every table of a state of the apps, many-to-many tables and other people's too."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and not meta.swapped:
            fields = tuple(one for one in meta.local_concrete_fields if not one.generated)
            found[meta.label_lower] = Table(meta.label_lower, model, fields)
    return [found[label] for label in sorted(found)]


def codec_of(field: Any) -> Codec:
    """Return how a column's values are written and read; a field of our own keeps its raw value."""
    target = field
    while target.remote_field is not None:
        target = target.target_field
    if hasattr(target, "from_db_value") and not isinstance(target, models.JSONField):
        return target.get_prep_value, lambda raw: target.from_db_value(raw, None, connection)
    return _CODECS.get(target.get_internal_type(), (_same, _same))


def rows_of(table: Table) -> Iterator[list[Any]]:
    """Yield every row of a table as the values of its line, by primary key."""
    writers = [codec_of(one)[0] for one in table.fields]
    query = table.model._base_manager.order_by("pk").values_list(*table.columns)
    for row in query.iterator(chunk_size=2000):
        yield [
            None if value is None else write(value)
            for write, value in zip(writers, row, strict=True)
        ]


def line_of(row: Sequence[Any]) -> bytes:
    """Return a row's line, newline included."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes) -> list[Any]:
    """Return the values of a line."""
    found: list[Any] = json.loads(line)
    return found


def digest_of(row: Sequence[Any]) -> int:
    """Return a row's digest, a number of 128 bits, the same from either database."""
    steady = json.dumps(
        [_steady(one) for one in row], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return int.from_bytes(hashlib.sha256(steady.encode()).digest()[:16], "big")


def _steady(value: Any) -> Any:
    """Return a value as both databases give it back: 2.0 and 2 are one number in jsonb."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _steady(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_steady(one) for one in value]
    return value


def insert_rows(table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as they are, keys included, past every default and signal."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in table.fields)
    places = ", ".join(["%s"] * len(table.fields))
    sql = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})"  # noqa: S608 - quoted
    readers = [(codec_of(one)[1], one) for one in table.fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            sql,
            [
                [
                    None if value is None else one.get_db_prep_save(read(value), connection)
                    for value, (read, one) in zip(row, readers, strict=True)
                ]
                for row in rows
            ],
        )
