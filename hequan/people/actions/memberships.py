"""Memberships entered and ended (成员关系登记)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions.persons import locked_person
from hequan.people.errors import MembershipError
from hequan.people.kinds import MembershipRole
from hequan.people.models import Membership, Organisation, Person


@dataclass(frozen=True)
class MembershipFacts:
    """As what somebody belongs, from which day (None is today) up to which day, that one out."""

    role: MembershipRole = MembershipRole.MEMBER
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def save_membership(
    *,
    person: Person,
    organisation: Organisation,
    facts: MembershipFacts,
    by: Account,
    at: datetime,
) -> Membership:
    """Enter that somebody belongs to an organisation; MembershipError says why she cannot."""
    held = locked_person(person.pk)
    since = facts.valid_from or timezone.localdate(at)
    if organisation.closed_on is not None and organisation.closed_on <= since:
        raise MembershipError("closed")
    if facts.valid_to is not None and facts.valid_to <= since:
        raise MembershipError("days")
    row = Membership(
        person=held,
        organisation=organisation,
        role=facts.role,
        valid_from=since,
        valid_to=facts.valid_to,
    )
    if _overlapping(row).exists():
        raise MembershipError("known")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise MembershipError("known") from None
    after = {"person": held.pk, "organisation": organisation.pk, "from": since.isoformat()}
    record(verb="people.membership_entered", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def end_membership(
    *, membership: Membership, on: date | None = None, by: Account, at: datetime
) -> Membership:
    """End a membership: `on` is the first day without it, today by default.

    One that ends no later than it begins never was, and its row goes. Ending it again changes
    nothing.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    day = on or timezone.localdate(at)
    if row.valid_to is not None and row.valid_to <= day:
        return row
    before = {"valid_to": row.valid_to.isoformat() if row.valid_to else None}
    verb, after = "people.membership_ended", {"valid_to": day.isoformat()}
    record(verb=verb, by=by, at=at, thing=row, before=before, after=after)
    if day <= row.valid_from:
        row.delete()
        return row
    row.valid_to = day
    row.save(update_fields=["valid_to"])
    return row


def _overlapping(row: Membership) -> QuerySet[Membership]:
    alike = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=row.valid_from),
        person=row.person,
        organisation=row.organisation,
        role=row.role,
    )
    return alike if row.valid_to is None else alike.filter(valid_from__lt=row.valid_to)
