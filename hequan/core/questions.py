"""Questions asked on every page (常问查询): put into SQL once by the ORM, then only filled in.

Writing the same statement anew, and working out anew what its columns become, costs the ORM more
than the database needs to answer. A question is an ordinary queryset with named gaps; its rows come
out as the queryset's would.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import query as rows_of
from django.db.models.base import ModelState
from django.db.models.expressions import Expression
from django.db.models.query_utils import DeferredAttribute

T = TypeVar("T")
Row = Sequence[Any]
Maker = Callable[[Row], Any]
_BEYOND = 2**63
_LISTED = "(SELECT unnest"
_IN_LIST = re.compile(r"IN \(SELECT unnest\((%s::\w+\[\])\)\)")


class Gap(Expression):
    """A value that is told when the question is asked."""

    def __init__(self, name: str, field: "models.Field[Any, Any]") -> None:
        """Keep what it is called, and the field that says how the database wants it."""
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave the place open."""
        return "%s", [self]

    def filled(self, told: Any, connection: Any) -> Any:
        """Return what is told as the database wants it."""
        return self.output_field.get_db_prep_value(told, connection)

    def fits(self, value: Any) -> bool:
        """Tell whether a column can hold such a value: none holds a number beyond 64 bits."""
        return not isinstance(value, int) or -_BEYOND <= value < _BEYOND


class Gaps(Gap):
    """Several keys or texts that are told when the question is asked; compared with by `__in`."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave one place open for all of them."""
        if connection.vendor == "postgresql":
            kind = self.output_field.cast_db_type(connection)
            return f"{_LISTED}(%s::{kind}[]))", [self]
        return "(SELECT value FROM json_each(%s))", [self]

    def filled(self, told: Any, connection: Any) -> Any:
        """Return them as one value, without those that no column holds."""
        found = [one for one in told if one is not None and super(Gaps, self).fits(one)]
        return found if connection.vendor == "postgresql" else json.dumps(found)

    def fits(self, value: Any) -> bool:
        """Let everything pass."""
        return True


class Beginning(Gap):
    """What a text begins with, told when the question is asked; compared with by `__startswith`."""

    @property
    def mark(self) -> str:
        """Return what stands in the queryset: no text holds it, and no pattern means more by it."""
        return f"\0{self.name}\0"

    def filled(self, told: Any, connection: Any) -> Any:
        """Return the pattern."""
        return f"{connection.ops.prep_for_like_query(told)}%"


@dataclass(frozen=True)
class _Put:
    """A question as one kind of database is asked it, and how a row becomes what was asked for."""

    sql: str
    values: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Any], ...]
    made: Maker


class Question(Generic[T]):
    """A queryset with gaps: `ask` is called once, with a Gap for each name.

    A gap may be compared with (`filter(pk=gap, valid_from__lte=day)`) and is never None; where its
    field stands in a list (`posts=[key()]`) several keys are told, for `__in`; where it stands
    in `begins`, the beginning of a text, for `__startswith`. Nothing may be prefetched, and
    nothing asked that finds no rows by its form alone.
    """

    def __init__(
        self,
        ask: Callable[..., Any],
        begins: Sequence[str] = (),
        **gaps: "models.Field[Any, Any] | list[Any]",
    ) -> None:
        self._ask = ask
        self._gaps = gaps
        self._begins = tuple(Beginning(name, models.TextField()) for name in begins)
        self._put: dict[str, _Put] = {}

    def all(self, **told: Any) -> list[T]:
        """Return the rows; KeyError for a gap that is not told."""
        connection = connections[DEFAULT_DB_ALIAS]
        put = self._put.get(connection.vendor) or self._compiled(connection)
        values = []
        for one in put.values:
            if isinstance(one, Gap):
                value = one.filled(told[one.name], connection)
                if not one.fits(value):
                    return []
                values.append(value)
            else:
                values.append(one)
        with connection.cursor() as cursor:
            cursor.execute(put.sql, values)
            found = cursor.fetchall()
        if put.converters:
            found = _converted(found, put.converters, connection)
        return [put.made(row) for row in found]

    def first(self, **told: Any) -> T | None:
        """Return the first row, None where there is none."""
        found = self.all(**told)
        return found[0] if found else None

    def _compiled(self, connection: Any) -> _Put:
        gaps = {
            name: Gaps(name, field[0]) if isinstance(field, list) else Gap(name, field)
            for name, field in self._gaps.items()
        }
        rows = self._ask(**gaps, **{one.name: one.mark for one in self._begins})
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        # an index serves `= ANY`, not a subquery that is one of several conditions
        sql = _IN_LIST.sub(r"= ANY(\1)", sql)
        marked = {f"{one.mark}%": one for one in self._begins}
        values = [marked.get(one, one) if isinstance(one, str) else one for one in values]
        columns = [column for column, _, _ in compiler.select]
        converters = tuple(
            (place, tuple(ways), column)
            for place, (ways, column) in compiler.get_converters(columns).items()
        )
        put = _Put(sql, tuple(values), converters, _maker(rows, compiler))
        self._put[connection.vendor] = put
        return put


def number_of(rows: "models.QuerySet[Any]") -> "models.QuerySet[Any, int]":
    """Return the queryset that tells how many rows there are, for a question: always one number."""
    counted = rows.order_by().values(whole=models.Value(1))
    return counted.values_list(models.Count("pk"), flat=True)


def key() -> "models.Field[Any, Any]":
    """Return the field of a gap that is a row's key."""
    return models.BigIntegerField()


def _converted(
    rows: Iterable[Row], converters: tuple[tuple[int, Any, Any], ...], connection: Any
) -> list[Row]:
    found: list[Row] = []
    for told in rows:
        row = list(told)
        for place, ways, column in converters:
            value = row[place]
            for way in ways:
                value = way(value, column, connection)
            row[place] = value
        found.append(row)
    return found


# --- what a row becomes


def _maker(rows: Any, compiler: Any) -> Maker:
    """Return how a row of the queryset becomes what the queryset would give."""
    if rows._prefetch_related_lookups:
        raise TypeError("a question prefetches nothing")
    if rows._iterable_class is rows_of.FlatValuesListIterable:
        return lambda row: row[0]
    if rows._iterable_class is rows_of.ValuesListIterable:
        return tuple
    if rows._iterable_class is not rows_of.ModelIterable:
        raise TypeError("a question asks for rows, for tuples or for single values")
    return _Shape.of(compiler.klass_info, compiler).made


@dataclass(frozen=True)
class _Shape:
    """A model's part of a row: which columns, and what is joined to it."""

    model: Any
    names: tuple[str, ...]
    begin: int
    end: int
    key_at: int
    is_plain: bool
    joined: "tuple[tuple[_Shape, Any, Any], ...]"

    @classmethod
    def of(cls, told: Any, compiler: Any) -> "_Shape":
        """Read the compiler's account of the columns; TypeError for models that inherit tables."""
        if told.get("from_parent") or compiler.annotation_col_map:
            raise TypeError("a question asks for rows of plain tables")
        places = told["select_fields"]
        names = tuple(compiler.select[place][0].target.attname for place in places)
        model = told["model"]
        return cls(
            model=model,
            names=names,
            begin=places[0],
            end=places[-1] + 1,
            key_at=places[0] + names.index(model._meta.pk.attname),
            is_plain=_is_plain(model, names),
            joined=tuple(
                (cls.of(one, compiler), one["local_setter"], one["remote_setter"])
                for one in told.get("related_klass_infos", ())
            ),
        )

    def made(self, row: Row) -> Any:
        """Return the instance, with those joined to it."""
        values = row[self.begin : self.end]
        if self.is_plain:
            thing = self.model.__new__(self.model)
            state = thing._state = ModelState()
            state.adding, state.db = False, DEFAULT_DB_ALIAS
            thing.__dict__.update(zip(self.names, values, strict=True))
        else:
            thing = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)
        for shape, set_here, set_there in self.joined:
            other = None if row[shape.key_at] is None else shape.made(row)
            set_here(thing, other)
            if other is not None:
                set_there(other, thing)
        return thing


def _is_plain(model: Any, names: Iterable[str]) -> bool:
    """Tell whether nothing of the model wants to be told that an instance is made."""
    ways = (models.Model.__init__, models.Model.from_db.__func__)  # type: ignore[attr-defined]
    return (model.__init__, model.from_db.__func__) == ways and all(
        isinstance(getattr(model, name), DeferredAttribute) for name in names
    )
