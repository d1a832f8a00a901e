"""Rows about a person (个人数据行): found in every installed table by its tags, emptied or deleted.

What a person sees of her data, takes with her and has erased, and what retention clears away, all
walk the same tags; so a table that is tagged is in all of them, and a new one cannot be forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from hequan.core.personal import TableTags, tagged_tables

Rows = QuerySet[Any]
_SLICE = 500


@dataclass(frozen=True)
class Subjects:
    """Whom rows are about: ids of people.Person (with those merged into her) and of accounts."""

    persons: tuple[int, ...]
    accounts: tuple[int, ...]


def tagged_models() -> Iterator[tuple[type[models.Model], TableTags]]:
    """Return every installed model with its tags, by label."""
    for label, tags in tagged_tables():
        yield apps.get_model(label), tags


def rows_about(model: type[models.Model], tags: TableTags, subjects: Subjects) -> Rows:
    """Return the rows of a table that are about these people or accounts."""
    rows = model._default_manager.all()
    if not tags.subject:
        return rows.none()
    wanted = Q(pk__in=[])
    for lookup in tags.subjects:
        wanted |= _about(lookup, subjects)
    return rows.filter(wanted)


def _about(lookup: str, subjects: Subjects) -> Q:
    _kind, colon, path = lookup.rpartition(":")
    ids = subjects.accounts if colon else subjects.persons
    return Q(**{f"{'pk' if path == 'self' else path}__in": ids})


def blank_rows(model: type[models.Model], tags: TableTags, pks: Iterable[Any]) -> int:
    """Empty the fields of these rows that say something about people; return how many changed."""
    names = tags.emptied
    if not names:
        return 0
    count = 0
    for some in _slices(list(pks)):
        for row in model._default_manager.filter(pk__in=some):
            empty = {name: empty_value(model, tags, name, row.pk) for name in names}
            columns = {_column(model, name): value for name, value in empty.items()}
            if any(_differs(getattr(row, name), value) for name, value in columns.items()):
                # not save(): a model's own save must not bring anything back
                model._default_manager.filter(pk=row.pk).update(**columns)
                count += 1
    return count


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def delete_rows(model: type[models.Model], pks: Iterable[Any]) -> int:
    """Delete these rows with what the database hangs on them; return how many of the table."""
    count = 0
    for some in _slices(list(pks)):
        _total, by_table = model._default_manager.filter(pk__in=some).delete()
        count += by_table.get(model._meta.label, 0)
    return count


def empty_value(model: type[models.Model], tags: TableTags, name: str, pk: object) -> Any:
    """Return what an emptied field holds: what its tag says, null, or the empty text or JSON."""
    blanked = tags.fields[name].blanked
    if blanked:
        return blanked.format(pk=pk)
    field = model._meta.get_field(name)
    if field.null and not isinstance(field, models.CharField | models.TextField):
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    return ""


def _differs(value: Any, empty: Any) -> bool:
    return bool(value) if empty in ("", None) else bool(value != empty)


def _slices(pks: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(pks), _SLICE):
        yield pks[start : start + _SLICE]
