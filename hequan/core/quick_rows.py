"""Rows inserted without objects (批量写入): hundreds of thousands from plain tuples.

For the few actions whose rows are counted in hundreds of thousands; the ORM's bulk_create spends
ten times as long on objects that nobody looks at. Values are as the field takes them; JSON fields
get what json.dumps takes. Works on SQLite and PostgreSQL alike.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_BATCH = 10_000


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows whose values stand in the order of the named fields; return how many.

    Call it inside the action's transaction. Defaults are not applied: ValueError names the fields
    that were left out.
    """
    known = {f.name: f for f in model._meta.concrete_fields}
    fields = [known[name] for name in names]
    missing = sorted(n for n, f in known.items() if f not in fields and not f.primary_key)
    if missing:
        raise ValueError(f"{model.__name__}: name these fields too: {', '.join(missing)}")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - model's names
    given = _stored(fields, rows)
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(given, _BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _stored(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Return rows with JSON as text; everything else goes as it is."""
    dumps: dict[int, Callable[[Any], str]] = {
        place: json.dumps
        for place, field in enumerate(fields)
        if isinstance(field, models.JSONField)
    }
    if not dumps:
        yield from rows
        return
    for row in rows:
        yield [dumps[i](value) if i in dumps else value for i, value in enumerate(row)]
