"""Guardians of minors entered and ended (监护人登记)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions.persons import locked_person
from hequan.people.errors import GuardianError
from hequan.people.guardians import guardian_refusal
from hequan.people.kinds import GuardianDocument, GuardianKind
from hequan.people.models import Guardianship, Person


@dataclass(frozen=True)
class GuardianFacts:
    """What sort of guardian somebody is, what was shown, and since when; None is today."""

    kind: GuardianKind
    document: GuardianDocument
    valid_from: date | None = None


@transaction.atomic
def save_guardian(
    *, minor: Person, guardian: Person, facts: GuardianFacts, by: Account, at: datetime
) -> Guardianship:
    """Enter who acts for a minor; GuardianError where the law or common sense forbids it."""
    low, high = sorted((minor.pk, guardian.pk))
    held = {low: locked_person(low), high: locked_person(high)}
    child, adult = held[minor.pk], held[guardian.pk]
    day = timezone.localdate(at)
    since = facts.valid_from or day
    refusal = guardian_refusal(
        child.pk, adult.pk, child.born_on, adult.born_on, since, day, _wards_of(child.pk)
    )
    if refusal is not None:
        raise GuardianError(refusal)
    row = Guardianship(
        minor=child,
        guardian=adult,
        kind=facts.kind,
        document=facts.document,
        valid_from=since,
        recorded_by=by,
        recorded_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise GuardianError("known") from None
    after = {"minor": child.pk, "guardian": adult.pk, "kind": row.kind, "document": row.document}
    record(verb="people.guardian_entered", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by: Account, at: datetime) -> None:
    """End a guardianship from today on; ending it again changes nothing."""
    row = Guardianship.objects.select_for_update().get(pk=guardianship.pk)
    if row.valid_to is not None:
        return
    row.valid_to = max(timezone.localdate(at), row.valid_from)
    row.save(update_fields=["valid_to"])
    after = {"valid_to": row.valid_to.isoformat()}
    record(verb="people.guardian_ended", by=by, at=at, thing=row, before={}, after=after)


def _wards_of(pk: int) -> frozenset[int]:
    """Return everybody this person is guardian of, and whom those are guardians of, and so on."""
    found: set[int] = set()
    fresh = {pk}
    while fresh:
        rows = Guardianship.objects.filter(guardian__in=fresh, valid_to=None)
        fresh = set(rows.values_list("minor_id", flat=True)) - found
        found |= fresh
    return frozenset(found)
