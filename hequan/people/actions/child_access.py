"""Asking to read a child's data, and deciding about it: two people, both on record."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.ages import is_child
from hequan.people.child_access import LONGEST, decision_refusal
from hequan.people.models import ChildAccessRequest, Person
from hequan.people.protection_errors import (
    ChildAccessError,
    ChildAccessUntilError,
    NotAChildError,
)
from hequan.people.protection_kinds import RevealReason


@transaction.atomic
def ask_child_access(
    *, person: Person, reason: RevealReason, by: Account, at: datetime
) -> ChildAccessRequest:
    """Ask to read a child's data; asked twice it is the first, until somebody decides.

    NotAChildError for somebody who is not under fourteen.
    """
    if not is_child(person.born_on, timezone.localdate(at)):
        raise NotAChildError
    request, new = ChildAccessRequest.objects.get_or_create(
        person=person, by=by, decided_at=None, defaults={"reason": reason, "asked_at": at}
    )
    if new:
        after = {"reason": str(reason)}
        record(
            verb="people.child_access_asked", by=by, at=at, thing=request, after=after, plain=after
        )
    return request


@transaction.atomic
def decide_child_access(
    *, request: ChildAccessRequest, until: datetime | None, by: Account, at: datetime
) -> ChildAccessRequest:
    """Let the asker read the child's data until that moment, or not at all without one.

    ChildAccessError for one's own request and for one decided, ChildAccessUntilError for an end
    that is past or too far.
    """
    row = ChildAccessRequest.objects.select_for_update().get(pk=request.pk)
    refusal = decision_refusal(row.by_id, by.pk, row.decided_at is not None, until, at)
    if refusal == "until":
        raise ChildAccessUntilError(days=LONGEST.days)
    if refusal:
        raise ChildAccessError
    row.approved_by, row.decided_at, row.until = by, at, until
    row.save(update_fields=["approved_by", "decided_at", "until"])
    after = {"approved": until is not None, "until": until.isoformat() if until else None}
    record(verb="people.child_access_decided", by=by, at=at, thing=row, after=after, plain=after)
    return row
