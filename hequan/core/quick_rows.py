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

    Call it inside the action's transaction. Fields that are not named must have a default in the
    database or be null: model defaults are not applied, so name every field.
    """
    fields = [model._meta.get_field(name) for name in names]
    missing = {f.attname for f in model._meta.concrete_fields if not f.primary_key} - {
        field.attname for field in fields if isinstance(field, models.Field)
    }
    if missing:
        raise ValueError(f"{model.__name__}: name these fields too: {', '.join(sorted(missing))}")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in fields if isinstance(f, models.Field))
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names come from the model
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
