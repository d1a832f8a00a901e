"""Questions asked on every page (常问查询): put into SQL once by the ORM, then only filled in.

Writing the same statement anew costs the ORM more than the database needs to answer it. A question
is an ordinary queryset with named gaps; its rows come out as the queryset's would.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression

T = TypeVar("T")
_BEYOND = 2**63


class Gap(Expression):
    """A value that is told when the question is asked."""

    def __init__(self, name: str, field: "models.Field[Any, Any]") -> None:
        """Keep what it is called, and the field that says how the database wants it."""
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave the place open."""
        return "%s", [self]


@dataclass(frozen=True)
class _Put:
    """A question as one kind of database is asked it."""

    rows: Any
    compiler: Any
    sql: str
    values: tuple[Any, ...]


class _Asked:
    """Stands in the queryset for its query: what the rows are made by, already compiled."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query = query
        self._compiler = compiler

    def get_compiler(self, using: str | None = None, **_also: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Question(Generic[T]):
    """A queryset with gaps: `ask` is called once, with a Gap for each name.

    A gap may be compared with (`filter(pk=gap, valid_from__lte=day)`), not listed (`__in`), and is
    never None. Nothing may be prefetched, and nothing asked that finds no rows by its form alone.
    """

    def __init__(self, ask: Callable[..., Any], **gaps: "models.Field[Any, Any]") -> None:
        self._ask = ask
        self._gaps = gaps
        self._put: dict[str, _Put] = {}

    def all(self, **told: Any) -> list[T]:
        """Return the rows; KeyError for a gap that is not told."""
        connection = connections[DEFAULT_DB_ALIAS]
        put = self._put.get(connection.vendor) or self._compiled(connection.vendor)
        values = tuple(
            one.output_field.get_db_prep_value(told[one.name], connection)
            if isinstance(one, Gap)
            else one
            for one in put.values
        )
        if any(isinstance(one, int) and not -_BEYOND <= one < _BEYOND for one in values):
            return []  # as the ORM has it: no column holds such a number
        compiler = copy.copy(put.compiler)
        compiler.connection = connection  # each thread has its own
        compiler.as_sql = lambda *_args, **_also: (put.sql, values)
        asked = object.__new__(type(put.rows))
        asked.__dict__.update(put.rows.__dict__, _query=_Asked(put.rows.query, compiler))
        return list(put.rows._iterable_class(asked))

    def first(self, **told: Any) -> T | None:
        """Return the first row, None where there is none."""
        found = self.all(**told)
        return found[0] if found else None

    def _compiled(self, vendor: str) -> _Put:
        rows = self._ask(**{name: Gap(name, field) for name, field in self._gaps.items()})
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        put = self._put[vendor] = _Put(rows, compiler, sql, tuple(values))
        return put


def key() -> "models.Field[Any, Any]":
    """Return the field of a gap that is a row's key."""
    return models.BigIntegerField()
