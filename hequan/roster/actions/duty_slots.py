"""One duty at a time (值班安排): entered, changed, called off; nobody at two places at once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Person
from hequan.roster.access import place_of
from hequan.roster.days import day_of
from hequan.roster.errors import DutyClashError, LongSlotError, OnLeaveError
from hequan.roster.models import DutySlot, Leave, Post
from hequan.roster.places import Place

_LONGEST = timedelta(hours=24)


@transaction.atomic
def add_duty(
    *,
    place: Place,
    person: Person | None,
    starts_at: datetime,
    ends_at: datetime,
    post: Post | None = None,
    note: str = "",
    by: Account,
    at: datetime,
) -> DutySlot:
    """Enter one duty; without a person it is open. Refused: a clash, and somebody on leave."""
    slot = DutySlot(post=post, starts_at=starts_at, ends_at=ends_at, note=note, **place.key)
    _put(slot, person)
    record(verb="roster.duty_added", by=by, at=at, thing=slot, after=_told(slot))
    return slot


@transaction.atomic
def change_duty(
    *,
    slot: DutySlot,
    person: Person | None,
    starts_at: datetime,
    ends_at: datetime,
    note: str = "",
    by: Account,
    at: datetime,
) -> DutySlot:
    """Give one duty another person, time or note: an exception to the week, of this day only."""
    slot = DutySlot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    before = _told(slot)
    if person is not None and person.pk != slot.person_id:
        slot.post = None if slot.post and slot.post.person_id != person.pk else slot.post
        slot.stands_for = None
    slot.starts_at, slot.ends_at, slot.note = starts_at, ends_at, note
    _put(slot, person)
    record(verb="roster.duty_changed", by=by, at=at, thing=slot, before=before, after=_told(slot))
    return slot


@transaction.atomic
def cancel_duty(*, slot: DutySlot, by: Account, at: datetime) -> None:
    """Call one duty off for good, also for its weekly pattern; twice is once."""
    called_off = DutySlot.objects.filter(pk=slot.pk, cancelled_at=None).update(cancelled_at=at)
    if called_off:
        record(verb="roster.duty_cancelled", by=by, at=at, thing=slot, before=_told(slot))


def _put(slot: DutySlot, person: Person | None) -> None:
    """Check and save; PostgreSQL's own guard refuses what a check in parallel has missed."""
    if not timedelta(0) < slot.ends_at - slot.starts_at <= _LONGEST:
        raise LongSlotError
    if person is not None:
        Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
        away = leave_of(person.pk, slot.starts_at)
        if away is not None:
            first, until = away.first_on.isoformat(), away.until_on.isoformat()
            raise OnLeaveError(person=person.name, first=first, until=until)
        clash = clash_of(person.pk, slot)
        if clash is not None:
            raise _clash(person, clash)
    slot.person = person
    try:
        with transaction.atomic():
            slot.save()
    except IntegrityError:
        if person is None:
            raise
        raise _clash(person, clash_of(person.pk, slot) or slot) from None


def _clash(person: Person, other: DutySlot) -> DutyClashError:
    begins, ends = timezone.localtime(other.starts_at), timezone.localtime(other.ends_at)
    times = {"from": f"{begins:%Y-%m-%d %H:%M}", "to": f"{ends:%H:%M}"}
    return DutyClashError(person=person.name, place=place_of(other).name, **times)


def clash_of(person: int, slot: DutySlot) -> DutySlot | None:
    """Return a duty of this person that touches the time of this one, None where she is free."""
    others = DutySlot.objects.filter(person=person, cancelled_at=None)
    others = others.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)
    return others.exclude(pk=slot.pk).select_related("unit", "station__unit").first()


def leave_of(person: int, starts_at: datetime) -> Leave | None:
    """Return the leave that covers the day of this moment."""
    day = day_of(starts_at)
    return Leave.objects.filter(person=person, first_on__lte=day, until_on__gt=day).first()


def is_free(person: int, slot: DutySlot) -> bool:
    """Tell whether this person is neither away nor elsewhere at the time of the duty.

    Locks her row, so that it stays true until the transaction ends.
    """
    Person.objects.select_for_update(no_key=True).filter(pk=person).first()
    return leave_of(person, slot.starts_at) is None and clash_of(person, slot) is None


def _told(slot: DutySlot) -> dict[str, object]:
    return {
        "person": slot.person_id,
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
    }
