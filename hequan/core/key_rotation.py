"""Changing keys (密钥轮换) while the site runs: every sealed column moves to the current keys.

A new key is current from the moment it is on the ring; this then seals anew what older keys hold
and writes hashes anew. Each batch is a transaction and each row a conditional write, so a value
somebody saves meanwhile is never overwritten. A killed run is simply run again: rows that are done
are passed over. A key is retired only when nothing uses it any more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db import connections, models, router, transaction
from django.db.models import F
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.keyring import KeyPurpose, keyring, remove_key
from hequan.core.sealed import BrokenSealError, Sealed, SealedText, match_of
from hequan.core.sign_in.sessions import Session

BATCH = 500
_PASSES = 5


class KeyInUseError(HequanError):
    """A key that still protects something, or always will."""

    text = _("%(purpose)s key %(key)s cannot be retired: %(reason)s")


@dataclass(frozen=True)
class Progress:
    """How far one column is: rows looked at of those there are, written anew, and not to be opened.

    A broken row stays as it is; its key cannot be retired before it is mended.
    """

    column: str
    seen: int
    total: int
    moved: int
    broken: int


Told = Callable[[Progress], None]


@dataclass(frozen=True)
class _Column:
    model: type[models.Model]
    field: SealedText

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    def filled(self) -> Any:
        rows = self.model._default_manager.exclude(**{self.field.name: ""})
        return rows.filter(**{f"{self.field.name}__isnull": False})


def sealed_columns() -> Iterator[_Column]:
    """Return every sealed column of every installed table."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedText):
                yield _Column(model, field)


def rotate(told: Told = lambda _progress: None) -> dict[str, Progress]:
    """Seal and hash everything with the current keys; return how far each column came.

    Goes on until a pass finds nothing: a page that began before the new key may still have written
    with the old one.
    """
    last: dict[str, Progress] = {}
    moved: dict[str, int] = {}
    for _pass in range(_PASSES):
        passed = [_rotate_column(column, told) for column in sealed_columns()]
        for one in passed:
            moved[one.column] = moved.get(one.column, 0) + one.moved
            last[one.column] = replace(one, moved=moved[one.column])
        if not any(one.moved for one in passed):
            break
    return last


def _rotate_column(column: _Column, told: Told) -> Progress:
    progress, last = Progress(column.name, 0, column.filled().count(), 0, 0), None
    names = ["pk", column.field.name, *([column.field.match] if column.field.match else [])]
    while True:
        rows = column.filled() if last is None else column.filled().filter(pk__gt=last)
        batch = list(rows.order_by("pk").values_list(*names)[:BATCH])
        if not batch:
            return progress
        moved, broken = _rotate_batch(column, batch)
        seen, last = progress.seen + len(batch), batch[-1][0]
        progress = Progress(
            column.name,
            seen,
            max(progress.total, seen),
            progress.moved + moved,
            progress.broken + broken,
        )
        told(progress)


def _rotate_batch(column: _Column, batch: list[tuple[Any, ...]]) -> tuple[int, int]:
    current = keyring().current(KeyPurpose.DATA).key_id
    changes, broken = [], 0
    for pk, sealed, *match in batch:
        if sealed.key_id == current and not match:
            continue
        try:
            plain = sealed.open()
        except BrokenSealError:
            broken += 1
            continue
        token = sealed.token if sealed.key_id == current else Sealed.of(plain).token
        wanted = [match_of(plain)] if match else []
        if token != sealed.token or wanted != match:
            changes.append((token, *wanted, pk, sealed.token))
    if changes:
        _write(column, changes)
    return len(changes), broken


def _write(column: _Column, changes: list[tuple[Any, ...]]) -> None:
    model, field = column.model, column.field
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    pk_field: Any = model._meta.pk
    written: list[Any] = [field]
    written += [model._meta.get_field(field.match)] if field.match else []
    names = [one.column for one in written]
    sets = ", ".join(f"{quote(name)} = %s" for name in names)
    where = f"{quote(pk_field.column)} = %s AND {quote(names[0])} = %s"
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {where}"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [_prepared(pk_field, row, connection) for row in changes])


def _prepared(pk_field: Any, row: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
    *values, pk, old = row
    return (*values, pk_field.get_db_prep_value(pk, connection), old)


def rows_under(key_id: str) -> dict[str, int]:
    """Return how many rows each sealed column still holds under this data key."""
    found = {}
    for column in sealed_columns():
        # the column's own lookups would seal what they compare with
        tokens = column.filled().annotate(_token=Cast(F(column.field.name), models.TextField()))
        found[column.name] = tokens.filter(_token__startswith=f"{key_id}:").count()
    return {name: count for name, count in found.items() if count}


def rows_hashed_otherwise() -> dict[str, int]:
    """Return how many rows of each column bear a hash that is not the current match key's."""
    found = {}
    for column in sealed_columns():
        if column.field.match:
            rows = column.filled().values_list(column.field.name, column.field.match)
            found[column.name] = sum(_hashed_otherwise(*row) for row in rows.iterator())
    return {name: count for name, count in found.items() if count}


def _hashed_otherwise(sealed: Sealed, match: str) -> bool:
    try:
        return match_of(sealed.open()) != match
    except BrokenSealError:
        return True


def retire(purpose: KeyPurpose, key_id: str) -> None:
    """Take an old key off the ring for good.

    KeyInUseError for the current key, for one that rows still need, and for any audit key: the
    trail is checked with all of them.
    """
    ring = keyring()
    if ring.key(purpose, key_id) == ring.current(purpose):
        raise KeyInUseError(purpose=purpose, key=key_id, reason=_("it is the current one."))
    if purpose is KeyPurpose.AUDIT:
        reason = _("the audit trail is checked with every key it was signed with.")
        raise KeyInUseError(purpose=purpose, key=key_id, reason=reason)
    in_use = _needed(purpose, key_id)
    if in_use:
        where = ", ".join(f"{name}: {count}" for name, count in in_use.items())
        needed = _("rows still need it (%s).") % where
        raise KeyInUseError(purpose=purpose, key=key_id, reason=needed)
    remove_key(purpose, key_id)


def _needed(purpose: KeyPurpose, key_id: str) -> dict[str, int]:
    if purpose is KeyPurpose.DATA:
        return rows_under(key_id)
    if purpose is KeyPurpose.MATCH:
        return rows_hashed_otherwise()
    count = Session.objects.filter(session_data__startswith=f"{key_id}.").count()
    return {"core.session": count} if count else {}
