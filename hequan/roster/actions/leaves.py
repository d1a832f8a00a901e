"""Leaves (请假): who is away when, and who stands in."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Person
from hequan.roster.actions.duty_patterns import place_person
from hequan.roster.days import beginning_of
from hequan.roster.errors import DayOrderError, LeaveOverlapError
from hequan.roster.models import DutySlot, Leave


@transaction.atomic
def enter_leave(
    *,
    person: Person,
    first_on: date,
    until_on: date,
    stand_in: Person | None = None,
    by: Account,
    at: datetime,
) -> Leave:
    """Enter the days somebody is away; her duty goes to the stand-in, or is open where he cannot.

    `until_on` is the first day she is back. A stand-in who is away or on duty elsewhere is not
    given a second duty at that time.
    """
    if until_on <= first_on:
        raise DayOrderError(first=first_on.isoformat())
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    other = Leave.objects.filter(person=person, first_on__lt=until_on, until_on__gt=first_on)
    if (known := other.first()) is not None:
        first, until = known.first_on.isoformat(), known.until_on.isoformat()
        raise LeaveOverlapError(person=person.name, first=first, until=until)
    leave = Leave.objects.create(
        person=person, stand_in=stand_in, first_on=first_on, until_on=until_on
    )
    for slot in _slots_during(leave, at).filter(person=person):
        slot.stands_for = None
        place_person(slot, person.pk)
        slot.save(update_fields=["person", "stands_for"])
    after = {"first_on": first_on.isoformat(), "until_on": until_on.isoformat()}
    after["stand_in"] = str(stand_in.pk) if stand_in else ""
    record(verb="roster.leave_entered", by=by, at=at, thing=leave, after=after)
    return leave


@transaction.atomic
def withdraw_leave(*, leave: Leave, by: Account, at: datetime) -> None:
    """Take a leave back: the duty still to come is hers again where she is free."""
    person = leave.person_id
    slots = list(_slots_during(leave, at).filter(stands_for=person))
    before = {"first_on": leave.first_on.isoformat(), "until_on": leave.until_on.isoformat()}
    record(verb="roster.leave_withdrawn", by=by, at=at, thing=leave, before=before)
    leave.delete()
    for slot in slots:
        place_person(slot, person)
        slot.save(update_fields=["person", "stands_for"])


def _slots_during(leave: Leave, at: datetime) -> QuerySet[DutySlot]:
    slots = DutySlot.objects.filter(cancelled_at=None, starts_at__gte=at)
    first, until = beginning_of(leave.first_on), beginning_of(leave.until_on)
    return slots.filter(starts_at__gte=first, starts_at__lt=until).order_by("starts_at", "pk")
