"""Organisations saved, one or many at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.credit_codes import is_credit_code
from hequan.people.errors import BadCreditCodeError, CreditCodeTakenError
from hequan.people.initials import title_initials
from hequan.people.kinds import OrganisationKind
from hequan.people.models import FrameMember, Membership, Organisation
from hequan.people.queries import organisations_by_credit_code, organisations_by_name
from hequan.territory.heirs import Heirs

STAMP = "people"
_BATCH = 1000


@dataclass(frozen=True)
class OrganisationFacts:
    """What is said of one organisation; known by its credit code, else by name and unit."""

    name: str
    kind: OrganisationKind = OrganisationKind.OTHER
    credit_code: str = ""
    unit_id: int | None = None
    address: str = ""
    phone: str = ""
    lon: float | None = None
    lat: float | None = None
    is_new_field: bool = False


_FIELDS = [one.name for one in fields(OrganisationFacts)]


@dataclass(frozen=True)
class OrganisationsSaved:
    """How many organisations were new, changed and the same, and the ids in the order given."""

    new: int
    changed: int
    same: int
    ids: tuple[int, ...]


@transaction.atomic
def save_organisations(
    *, organisations: Iterable[OrganisationFacts], by: Account, at: datetime
) -> OrganisationsSaved:
    """Save organisations; BadCreditCodeError names a code whose check character is wrong."""
    given = list(organisations)
    for facts in given:
        if facts.credit_code and not is_credit_code(facts.credit_code):
            raise BadCreditCodeError(code=facts.credit_code)
    by_code = organisations_by_credit_code(facts.credit_code for facts in given)
    by_name = organisations_by_name(facts.name for facts in given if not facts.credit_code)
    rows: list[Organisation] = []
    new: list[Organisation] = []
    changed: dict[int, Organisation] = {}
    for facts in given:
        row = (
            by_code.get(facts.credit_code)
            if facts.credit_code
            else by_name.get((facts.name, facts.unit_id))
        )
        if row is None:
            row = Organisation(
                **{field: getattr(facts, field) for field in _FIELDS},
                initials=title_initials(facts.name),
            )
            new.append(row)
            if facts.credit_code:
                by_code[facts.credit_code] = row
            else:
                by_name[facts.name, facts.unit_id] = row
        elif differences(row, facts):
            for field in _FIELDS:
                setattr(row, field, getattr(facts, field))
            row.initials = title_initials(row.name)
            if row.pk:
                changed[row.pk] = row
        rows.append(row)
    Organisation.objects.bulk_create(new, batch_size=_BATCH)
    Organisation.objects.bulk_update(changed.values(), [*_FIELDS, "initials"], batch_size=_BATCH)
    if new or changed:
        versions.bump(STAMP)
        _note(rows[0], len(new), len(changed), by, at)
    same = len(given) - len(new) - len(changed)
    return OrganisationsSaved(len(new), len(changed), same, tuple(row.pk for row in rows))


@transaction.atomic
def save_organisation(
    *,
    organisation: Organisation | None = None,
    facts: OrganisationFacts,
    by: Account,
    at: datetime,
) -> Organisation:
    """Enter one organisation, or correct one.

    BadCreditCodeError for a wrong code, CreditCodeTakenError for one another organisation bears.
    """
    if facts.credit_code and not is_credit_code(facts.credit_code):
        raise BadCreditCodeError(code=facts.credit_code)
    row = Organisation() if organisation is None else _held(organisation)
    changes = differences(row, facts)
    if organisation is not None and not changes:
        return row
    for field in _FIELDS:
        setattr(row, field, getattr(facts, field))
    row.initials = title_initials(row.name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise CreditCodeTakenError(code=facts.credit_code) from None
    versions.bump(STAMP)
    before = {field: old for field, (old, _new) in changes.items()}
    after = {field: new for field, (_old, new) in changes.items()}
    verb = (
        "people.organisation_entered" if organisation is None else "people.organisation_corrected"
    )
    record(verb=verb, by=by, at=at, thing=row, before=before if organisation else None, after=after)
    return row


@transaction.atomic
def close_organisation(
    *, organisation: Organisation, on: date, by: Account, at: datetime
) -> Organisation:
    """Close an organisation: `on` is its first day no more, and its memberships end with it.

    What it signed ends too. Closing again changes nothing.
    """
    row = _held(organisation)
    if row.closed_on is not None:
        return row
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    Membership.objects.filter(organisation=row, valid_from__gte=on).delete()
    Membership.objects.filter(organisation=row, valid_to=None).update(valid_to=on)
    FrameMember.objects.filter(organisation=row, left_on=None, signed_on__lte=on).update(left_on=on)
    versions.bump(STAMP)
    after = {"closed_on": on.isoformat()}
    record(verb="people.organisation_closed", by=by, at=at, thing=row, before={}, after=after)
    tell("people.organisation_closed", {"organisation": row.pk, "on": on.isoformat()}, at)
    return row


def _held(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def move_organisations_to_heirs(*, heirs: Heirs, by: Account, at: datetime) -> None:
    """Give the organisations of ended units to the heirs; doing it again changes nothing."""
    for body in Organisation.objects.filter(unit__in=heirs.ended):
        before = {"unit": body.unit_id}
        body.unit = heirs.of_place(body.lon, body.lat)
        body.save(update_fields=["unit"])
        after = {"unit": body.unit_id}
        verb = "people.organisation_followed"
        record(verb=verb, by=by, at=at, thing=body, before=before, after=after)


def differences(row: Organisation, facts: OrganisationFacts) -> dict[str, tuple[object, object]]:
    """Return what would change, by field: the old and the new value."""
    return {
        field: (getattr(row, field), getattr(facts, field))
        for field in _FIELDS
        if getattr(row, field) != getattr(facts, field)
    }


def _note(first: Organisation, new: int, changed: int, by: Account, at: datetime) -> None:
    after = {"new": new, "changed": changed}
    record(verb="people.organisations_saved", by=by, at=at, thing=first, after=after)
