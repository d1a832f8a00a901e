"""A person's own number, changed by herself (自助换号): she proved the new one by a code before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.sign_in.changes import sign_out_elsewhere
from hequan.people.actions.data_requests import note_own_request
from hequan.people.actions.persons import locked_person
from hequan.people.deliveries import notify
from hequan.people.errors import PhoneOfAnotherError
from hequan.people.models import Person, phone_columns
from hequan.people.own_messages import PHONE_CHANGED
from hequan.people.protection_kinds import RequestKind
from hequan.people.queries.persons import persons_with_phone


@transaction.atomic
def change_own_phone(
    *, person: Person, phone: str, keep: str | None, by: Account, at: datetime
) -> bool:
    """Write her new number, proved and in its one form; tell whether it is another than before.

    She is told in her inbox and signed out everywhere but in the session `keep`.
    PhoneOfAnotherError when the number stands for somebody else: only clerks merge persons, or
    enter a family that shares one number. Ask this after the proof only: it tells who is known.
    """
    row = locked_person(person.pk)
    if any(one.pk != row.pk for one in persons_with_phone(phone)):
        raise PhoneOfAnotherError
    if row.phone.open() == phone:
        return False
    before, columns = str(row.phone), phone_columns(phone)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    told = {"before": before, "after": str(row.phone)}
    record(
        verb="people.phone_changed",
        by=by,
        at=at,
        thing=row,
        before={"phone": told["before"]},
        after={"phone": told["after"]},
    )
    note_own_request(person=row, kind=RequestKind.CORRECT, by=by, at=at)
    sign_out_elsewhere(account=by, keep=keep, by=by, at=at)
    day = timezone.localdate(at).isoformat()
    notify(row, PHONE_CHANGED.code, told | {"day": day}, by=by, at=at)
    return True
