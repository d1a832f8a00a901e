"""What points at a person (人员引用): every key to a person in every installed table.

A merger walks them, so that a table added tomorrow is walked tomorrow without a word here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from hequan.people.models import Person

# what was said and done stays said of the row it was said of
_KEPT = {"core.auditentry", "people.mergerecord", "people.distinctpair"}
_BATCH = 500


@dataclass(frozen=True)
class Pointer:
    """One column that holds a person's id."""

    table: str
    column: str

    def rows(self) -> models.QuerySet[Any]:
        """Return all rows of its table."""
        found: models.QuerySet[Any] = apps.get_model(self.table)._base_manager.all()
        return found


@dataclass(frozen=True)
class Moved:
    """The rows of one column that pointed at one person and now point at another."""

    pointer: Pointer
    pks: tuple[int, ...]

    def told(self) -> list[Any]:
        """Return it as plain JSON."""
        return [self.pointer.table, self.pointer.column, list(self.pks)]


def pointers() -> Iterator[Pointer]:
    """Return every key to a person, those of many-to-many tables included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in _KEPT or model._meta.proxy or not model._meta.managed:
            continue
        for one in model._meta.local_fields:
            if one.is_relation and one.related_model is Person:
                yield Pointer(model._meta.label_lower, one.attname)


def move_pointers(
    loser: int, winner: int, leave: Iterable[tuple[str, int]] = ()
) -> tuple[Moved, ...]:
    """Let everything that points at one person point at another; return what was moved.

    A row that would then stand beside its twin (a unique clash), or say something of the winner
    and herself, stays with the loser, as do the rows named in `leave` by table and id.
    """
    left = set(leave)
    moved = []
    for pointer in pointers():
        rows = pointer.rows().filter(**{pointer.column: loser}).order_by("pk")
        pks = [pk for pk in rows.values_list("pk", flat=True) if (pointer.table, pk) not in left]
        done = [pk for part in _parts(pks) for pk in _move(pointer, part, loser, winner)]
        if done:
            moved.append(Moved(pointer, tuple(done)))
    return tuple(moved)


def move_back(told: Iterable[Sequence[Any]], loser: int, winner: int) -> None:
    """Let the rows of a merger point at the loser again, where they still point at the winner."""
    for table, column, pks in told:
        for part in _parts(pks):
            _move(Pointer(table, column), part, winner, loser)


def _move(pointer: Pointer, pks: Sequence[int], old: int, new: int) -> Sequence[int]:
    """Move rows at once; where one of them clashes, one by one, and leave what clashes."""
    rows = pointer.rows().filter(**{"pk__in": pks, pointer.column: old})
    try:
        with transaction.atomic():
            rows.update(**{pointer.column: new})
    except IntegrityError:
        if len(pks) == 1:
            return ()
        return [pk for one in pks for pk in _move(pointer, (one,), old, new)]
    return pks


def _parts(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), _BATCH):
        yield pks[start : start + _BATCH]
