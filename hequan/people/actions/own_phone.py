"""A person's own number, changed by herself (自助换号): she proved the new one by a code before."""

from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions.data_requests import note_own_request
from hequan.people.actions.persons import locked_person
from hequan.people.actions.sign_in_numbers import tell_number_changed
from hequan.people.errors import PhoneOfAnotherError
from hequan.people.models import Person, phone_columns
from hequan.people.protection_kinds import RequestKind
from hequan.people.queries.persons import persons_with_phone


@transaction.atomic
def change_own_phone(
    *, person: Person, phone: str, keep: str | None, by: Account, at: datetime
) -> bool:
    """Write her new number, proved and in its one form; tell whether it is another than before.

    She is told in her inbox and at both numbers, and signed out everywhere but in the session
    `keep`.
    PhoneOfAnotherError when the number stands for somebody else: only clerks merge persons, or
    enter a family that shares one number. Ask this after the proof only: it tells who is known.
    """
    row = locked_person(person.pk)
    if any(one.pk != row.pk for one in persons_with_phone(phone)):
        raise PhoneOfAnotherError
    if row.phone.open() == phone:
        return False
    before, columns = row.phone, phone_columns(phone)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    was, now = {"phone": str(before)}, {"phone": str(row.phone)}
    record(verb="people.phone_changed", by=by, at=at, thing=row, before=was, after=now)
    note_own_request(person=row, kind=RequestKind.CORRECT, by=by, at=at)
    tell_number_changed(row, before, keep=keep, by=by, at=at)
    return True
