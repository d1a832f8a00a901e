"""Persons saved and corrected, and tied to the accounts they sign in with."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.actions.sign_in_numbers import guard_numbers, tell_number_changed
from hequan.people.ages import is_minor
from hequan.people.errors import AccountTakenError, BadPersonError, NoSuchPersonError
from hequan.people.facts import PersonFacts, checked
from hequan.people.models import Guardianship, Person, name_columns, phone_columns
from hequan.territory.heirs import Heirs

_BATCH = 500
# the number is told apart by its hash, what a name is found by by the name
_FOLLOWS = ("initials", "pinyin", "phone", "phone_tail")


@transaction.atomic
def save_person(
    *, person: Person | None = None, facts: PersonFacts, by: Account, at: datetime
) -> Person:
    """Enter a new person, or correct one that is known.

    BadPersonError names the field that cannot be; NoSuchPersonError for one merged or erased.
    """
    columns = columns_of(checked(facts, timezone.localdate(at)))
    if person is None:
        row = Person.objects.create(**columns, registered_at=at)
        record(verb="people.person_entered", by=by, at=at, thing=row, after=_told(row))
        return row
    row = locked_person(person.pk)
    changed = [
        name
        for name, value in columns.items()
        if name not in _FOLLOWS and getattr(row, name) != value
    ]
    if not changed:
        return row
    _still_adult_for_wards(row, columns["born_on"], at)
    guard_numbers([(row, columns["phone"])], by, at)
    before, number = _told(row), row.phone
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    verb, after = "people.person_corrected", _told(row)
    record(verb=verb, by=by, at=at, thing=row, before=before, after=after)
    if "phone_match" in changed:
        tell_number_changed(row, number, by=by, at=at)
    return row


@transaction.atomic
def save_persons(
    *, persons: Iterable[tuple[int | None, PersonFacts]], by: Account, at: datetime
) -> tuple[int, ...]:
    """Save many at once, each with the id it is known by or None; return the ids in that order.

    BadPersonError before anything is written; one entry in the audit trail for all.
    """
    day = timezone.localdate(at)
    given = [(pk, columns_of(checked(facts, day))) for pk, facts in persons]
    if not given:
        return ()
    known = _held_persons([pk for pk, _columns in given if pk is not None])
    guard_numbers(((known[pk], one["phone"]) for pk, one in given if pk is not None), by, at)
    rows, new, renumbered = [], [], []
    for pk, columns in given:
        row = known[pk] if pk is not None else Person(registered_at=at)
        if row.account_id is not None and row.phone_match != columns["phone_match"]:
            renumbered.append((row, row.phone))
        for name, value in columns.items():
            setattr(row, name, value)
        rows.append(row)
        if pk is None:
            new.append(row)
    Person.objects.bulk_create(new, batch_size=_BATCH)
    Person.objects.bulk_update(known.values(), list(given[0][1]), batch_size=_BATCH)
    after = {"new": len(new), "changed": len(known)}
    record(verb="people.persons_saved", by=by, at=at, thing=rows[0], after=after)
    for row, before in renumbered:
        tell_number_changed(row, before, by=by, at=at)
    return tuple(row.pk for row in rows)


@transaction.atomic
def place_person(*, person: Person, unit_pk: int, by: Account, at: datetime) -> None:
    """Say to which unit somebody belongs who has none yet; whoever has one keeps it."""
    row = locked_person(person.pk)
    if row.unit_id is not None:
        return
    before, row.unit_id = _told(row), unit_pk
    row.save(update_fields=["unit"])
    verb = "people.person_corrected"
    record(verb=verb, by=by, at=at, thing=row, before=before, after=_told(row))


@transaction.atomic
def tie_account(*, person: Person, account: Account, by: Account, at: datetime) -> Person:
    """Say that this account is hers; AccountTakenError when it, or she, is tied otherwise."""
    row = locked_person(person.pk)
    if row.account_id == account.pk:
        return row
    if row.account_id is not None or Person.objects.filter(account=account).exists():
        raise AccountTakenError
    row.account = account
    try:
        with transaction.atomic():
            row.save(update_fields=["account"])
    except IntegrityError:
        raise AccountTakenError from None
    after = {"account": account.pk}
    record(verb="people.account_tied", by=by, at=at, thing=row, after=after)
    tell("people.account_opened", {"person": row.pk}, at)
    return row


@transaction.atomic
def move_persons_to_heirs(*, heirs: Heirs, by: Account, at: datetime) -> None:
    """Give the residents of ended units to the first heir; doing it again changes nothing.

    A person has no place of her own to choose among the heirs by, so officers see to the rest.
    """
    heir = heirs.units[0]
    moved = Person.objects.filter(unit__in=heirs.ended).update(unit=heir)
    if moved:
        before, after = {"units": list(heirs.ended)}, {"unit": heir.pk, "persons": moved}
        verb = "people.persons_followed"
        record(verb=verb, by=by, at=at, thing=heir, before=before, after=after)


def locked_person(pk: int) -> Person:
    """Return a person held until the transaction ends; NoSuchPersonError unless she stands."""
    found = Person.objects.select_for_update().filter(pk=pk).first()
    if found is None or not found.stands:
        raise NoSuchPersonError
    return found


def _held_persons(pks: Sequence[int]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for start in range(0, len(pks), _BATCH):
        part = Person.objects.select_for_update().filter(pk__in=pks[start : start + _BATCH])
        found |= {row.pk: row for row in part.order_by("pk")}
    if len(found) != len(set(pks)) or not all(row.stands for row in found.values()):
        raise NoSuchPersonError
    return found


def columns_of(facts: PersonFacts) -> dict[str, Any]:
    """Return the columns of facts that were checked, with all that follows from them."""
    return {
        **name_columns(facts.name),
        **phone_columns(facts.phone),
        "born_on": facts.born_on,
        "unit_id": facts.unit_id,
        "address": facts.address,
    }


def _told(row: Person) -> dict[str, Any]:
    return {
        "name": row.name,
        "phone": str(row.phone),
        "born_on": row.born_on.isoformat() if row.born_on else None,
        "unit": row.unit_id,
        "address": row.address,
    }


def _still_adult_for_wards(row: Person, born_on: date | None, at: datetime) -> None:
    """A guardian cannot become a minor by a correction."""
    day = timezone.localdate(at)
    if is_minor(born_on, day) and Guardianship.objects.filter(guardian=row, valid_to=None):
        text = _("This person is a guardian, and a guardian is an adult: end that first.")
        raise BadPersonError("born_on", text)
