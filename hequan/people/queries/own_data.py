"""What is kept about somebody (我的数据): the rows of every installed table that are about her.

Fields are told apart by their tags: what says nothing about people, hashes and keys are left out;
whoever signed a row is not named.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hequan.core.audit import AuditEntry
from hequan.core.personal import Basis, OnErase, Purpose, TableTags
from hequan.core.personal_rows import rows_about, tagged_models
from hequan.core.sealed import BrokenSealError, Sealed
from hequan.people.models import Person
from hequan.people.queries.subjects import subjects_of

_SOMEBODY = ("people.person", "core.account")
READ = "people.personal_read"


@dataclass(frozen=True)
class OwnTable:
    """The rows of one table about somebody; each row is name and value of its fields."""

    label: str
    title: object
    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    on_erase: OnErase
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Reading:
    """One time her data was shown whole to a member of staff."""

    at: datetime
    by: str
    fields: tuple[str, ...]
    reason: str


def own_tables(person: Person) -> list[OwnTable]:
    """Return every table that has rows about her, each with what it says in plain values."""
    subjects = subjects_of(person)
    found = []
    for model, tags in tagged_models():
        columns = shown_columns(model, tags)
        rows = list(rows_about(model, tags, subjects).order_by("pk")) if columns else []
        if rows:
            found.append(_table(model, tags, columns, rows))
    return found


def shown_columns(model: type[models.Model], tags: TableTags) -> tuple[str, ...]:
    """Return the fields of a table that a person is shown."""
    if not tags.subject:
        return ()
    return tuple(
        name
        for name, tag in tags.fields.items()
        if tag.is_personal and tag.shown and not _is_somebody(model._meta.get_field(name))
    )


def _is_somebody(field: Any) -> bool:
    target = field.related_model
    return target is not None and target._meta.label_lower in _SOMEBODY


def _table(
    model: type[models.Model], tags: TableTags, columns: tuple[str, ...], rows: list[models.Model]
) -> OwnTable:
    said = [tags.fields[name] for name in columns]
    return OwnTable(
        label=model._meta.label_lower,
        title=tags.title,
        purposes=tuple(dict.fromkeys(tag.purpose for tag in said)),
        bases=tuple(dict.fromkeys(tag.basis for tag in said)),
        on_erase=tags.on_erase,
        columns=columns,
        rows=tuple(tuple(_plain(getattr(row, name)) for name in columns) for row in rows),
    )


def _plain(value: Any) -> Any:
    """The value as a table or a file takes it; what cannot be opened says so."""
    if isinstance(value, Sealed):
        try:
            return value.open()
        except BrokenSealError:
            return str(value)
    if value is None or isinstance(value, bool | int | float | str | date | list | dict):
        return value
    return str(value)


def readings_of(person: Person) -> list[Reading]:
    """Return who was shown her data whole and why, the newest first."""
    return [_reading(entry) for entry in _entries(person)]


def _entries(person: Person) -> QuerySet[AuditEntry]:
    ids = [str(pk) for pk in subjects_of(person).persons]
    return (
        AuditEntry.objects.filter(thing_kind="people.person", thing_id__in=ids, verb=READ)
        .select_related("by")
        .order_by("-at")[:200]
    )


def _reading(entry: AuditEntry) -> Reading:
    said = entry.after or {}
    return Reading(entry.at, str(entry.by), tuple(said.get("fields", ())), said.get("reason", ""))


def own_tables_kept(labels: Container[str]) -> Iterator[tuple[type[models.Model], TableTags]]:
    """Return, of the tables with these labels, those whose rows stay whole after an erasure."""
    for model, tags in tagged_models():
        is_kept = tags.subject and tags.on_erase is OnErase.KEEP
        if is_kept and model._meta.label_lower in labels:
            yield model, tags
