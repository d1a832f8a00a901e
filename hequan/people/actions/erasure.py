"""Erasing a person (删除个人信息): over every installed table at once, by the tags of its fields.

Rows are deleted, emptied or kept as their table's tags say; counts stay true, the audit trail stays
whole, and what is kept because a law says so is named to her.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.grants import grants_held
from hequan.core.outbox import tell
from hequan.core.personal import OnErase
from hequan.core.personal_rows import (
    Subjects,
    blank_rows,
    delete_rows,
    rows_about,
    tagged_models,
)
from hequan.people.actions.organisations import STAMP
from hequan.people.erasure import of_others_too, reasons_to_wait
from hequan.people.models import Consent, Guardianship, Membership, Person
from hequan.people.protection_errors import ErasureHeldError
from hequan.people.queries.care import wards_on
from hequan.people.queries.subjects import subjects_of


@dataclass(frozen=True)
class Erased:
    """How many rows were deleted, emptied and kept, by table; empty when it was done before."""

    deleted: dict[str, int]
    emptied: dict[str, int]
    kept: dict[str, int]


def reasons_against(person: Person, at: datetime) -> list[str]:
    """Return in words what somebody must hand over before her data can be erased."""
    subjects = subjects_of(person)
    reasons = [str(reason) for reason in reasons_to_wait(subjects.persons, at)]
    accounts = Account.objects.filter(pk__in=subjects.accounts)
    if any(grants_held(account, at) for account in accounts):
        reasons.append(gettext("her account still has work to do here; her posts end first."))
    wards = len(wards_on(person, timezone.localdate(at)))
    if wards:
        told = ngettext(
            "she is the guardian of %(n)s minor; another guardian is entered first.",
            "she is the guardian of %(n)s minors; another guardian is entered first.",
            wards,
        )
        reasons.append(told % {"n": wards})
    return reasons


def write_out_journal() -> None:
    """Write SQLite's journal into the file at once, so that no old page of it tells who she was.

    Somebody who reads meanwhile lets it stand until the next one; PostgreSQL keeps no such file.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def erase_person(*, person: Person, by: Account, at: datetime) -> Erased:
    """Erase everything that tells who she is, in all tables, at once; done twice it is once.

    ErasureHeldError names what she must hand over first. News `people.person_erased`.
    """
    subjects = subjects_of(person)
    # her rows are the lock: nobody corrects, merges or ties her meanwhile
    rows = list(Person.objects.select_for_update().filter(pk__in=subjects.persons).order_by("pk"))
    if all(row.erased_at is not None for row in rows):
        return Erased({}, {}, {})
    reasons = reasons_against(person, at)
    if reasons:
        raise ErasureHeldError(reasons=" ".join(reasons))
    _end_ties(subjects, at)
    erased = _sweep(subjects)
    Account.objects.filter(pk__in=subjects.accounts).update(is_active=False)
    Person.objects.filter(pk__in=subjects.persons).update(account=None, erased_at=at)
    _tell(subjects, erased, by, at)
    transaction.on_commit(write_out_journal, robust=True)  # the erasure stands whatever
    return erased


def _sweep(subjects: Subjects) -> Erased:
    """Go through every table once to know its rows, before any is changed."""
    deleted: dict[str, int] = {}
    emptied: dict[str, int] = {}
    kept: dict[str, int] = {}
    to_delete: list[tuple[type[models.Model], list[object]]] = []
    to_empty = []
    for model, tags in tagged_models():
        pks = list(rows_about(model, tags, subjects).values_list("pk", flat=True))
        label = model._meta.label_lower
        if tags.on_erase is OnErase.BLANK and (both := of_others_too(label, pks, subjects.persons)):
            kept[label] = len(both)
            pks = [pk for pk in pks if pk not in both]
        if not pks:
            continue
        if tags.on_erase is OnErase.DELETE:
            to_delete.append((model, pks))
        elif tags.on_erase is OnErase.BLANK:
            to_empty.append((model, tags, pks))
        else:
            kept[label] = len(pks)
    for model, pks, count in _deleted(to_delete):
        deleted[model._meta.label_lower] = max(count, len(pks))
    for model, tags, pks in to_empty:
        blank_rows(model, tags, pks)
        emptied[model._meta.label_lower] = len(pks)
    return Erased(deleted, emptied, kept)


def _deleted(
    wanted: Iterable[tuple[type[models.Model], list[object]]],
) -> Iterator[tuple[type[models.Model], list[object], int]]:
    """Delete table by table; one that another still points at waits for the next round."""
    left = list(wanted)
    while left:
        waiting = []
        for model, pks in left:
            try:
                with transaction.atomic():
                    count = delete_rows(model, pks)
            except (ProtectedError, RestrictedError):
                waiting.append((model, pks))
            else:
                yield model, pks, count
        if len(waiting) == len(left):
            names = ", ".join(model._meta.label_lower for model, _pks in waiting)
            raise LookupError(f"rows that stay point at rows that go: {names}")
        left = waiting


def _end_ties(subjects: Subjects, at: datetime) -> None:
    """Rows that are kept come to an end: an erased person is no member and consents to nothing."""
    day = timezone.localdate(at)
    Consent.objects.filter(person__in=subjects.persons, withdrawn_at=None).update(withdrawn_at=at)
    held = Membership.objects.filter(person__in=subjects.persons, valid_to=None)
    held.filter(valid_from__lt=day).update(valid_to=day)
    held.filter(valid_from__gte=day).update(valid_to=F("valid_from") + timedelta(days=1))
    cared = Guardianship.objects.filter(minor__in=subjects.persons, valid_to=None)
    cared.filter(valid_from__lte=day).update(valid_to=day)
    cared.filter(valid_from__gt=day).update(valid_to=F("valid_from"))


def _tell(subjects: Subjects, erased: Erased, by: Account, at: datetime) -> None:
    root = Person.objects.get(pk=subjects.persons[0])
    after = {"deleted": erased.deleted, "emptied": erased.emptied, "kept": erased.kept}
    record(verb="people.person_erased", by=by, at=at, thing=root, after=after, plain=after)
    payload = {
        "person": root.pk,
        "persons": list(subjects.persons),
        "account": subjects.accounts[0] if subjects.accounts else None,
    }
    tell("people.person_erased", payload, at)
    versions.bump(STAMP)
