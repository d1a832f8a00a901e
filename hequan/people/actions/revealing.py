"""Revealing (明文查看): personal values shown whole for a reason, which the trail keeps."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record_reading
from hequan.people.ages import is_child
from hequan.people.deliveries import notify
from hequan.people.models import Person
from hequan.people.own_messages import READ_BY_STAFF
from hequan.people.protection_errors import ChildAccessNeededError
from hequan.people.protection_kinds import RevealReason
from hequan.people.queries.child_access import child_access_open
from hequan.people.queries.documents import documents_of

REVEALED = ("name", "phone", "address", "born_on", "documents")


@transaction.atomic
def reveal_person(
    *,
    person: Person,
    fields: Collection[str],
    reason: RevealReason,
    told: str = "",
    by: Account,
    at: datetime,
) -> dict[str, str]:
    """Return the fields asked for in plain words, after the reading has been recorded.

    ChildAccessNeededError for a child under fourteen without an approval for this account; her
    guardians are told, with the reason in the words `told`. A sealed value that was tampered with
    is a BrokenSealError.
    """
    day = timezone.localdate(at)
    child = is_child(person.born_on, day)
    if child and not child_access_open(person, by, at):
        raise ChildAccessNeededError
    wanted = [name for name in REVEALED if name in fields]
    shown = {name: _value(person, name) for name in wanted}
    record_reading(thing=person, fields=wanted, reason=str(reason), by=by, at=at)
    if child:  # a message for a child goes to her guardians
        values = {"reason": told or str(reason), "day": day.isoformat()}
        notify(person, READ_BY_STAFF.code, values, by=by, at=at)
    return shown


def _value(person: Person, name: str) -> str:
    if name == "phone":
        return person.phone.open()
    if name == "documents":
        return ", ".join(document.number.open() for document in documents_of(person))
    value = getattr(person, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
