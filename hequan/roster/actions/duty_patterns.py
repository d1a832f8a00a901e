"""Weekly duties (每周值班): patterns, and the slots made of them eight weeks ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Person
from hequan.roster.actions.duty_slots import is_free, leave_of
from hequan.roster.days import beginning_of, day_of
from hequan.roster.duty_week import DAYS_AHEAD, days_of_weekday, moments_of
from hequan.roster.errors import DayOrderError, LongSlotError
from hequan.roster.models import DutyPattern, DutySlot, Post
from hequan.roster.places import Place

_DAY = 24 * 60


@dataclass(frozen=True)
class WeeklyDuty:
    """A duty that comes back every week; Monday is 0, minutes count from midnight."""

    weekday: int
    begins: int
    ends: int
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def add_pattern(
    *,
    place: Place,
    duty: WeeklyDuty,
    person: Person | None,
    post: Post | None = None,
    by: Account,
    at: datetime,
) -> DutyPattern:
    """Enter a weekly duty and plan it eight weeks ahead; what clashes is planned open."""
    if not (0 <= duty.begins < _DAY and duty.begins < duty.ends <= duty.begins + _DAY):
        raise LongSlotError
    if duty.valid_to is not None and duty.valid_to <= duty.valid_from:
        raise DayOrderError(first=duty.valid_from.isoformat())
    pattern = DutyPattern.objects.create(person=person, post=post, **vars(duty), **place.key)
    after: dict[str, int | None] = {
        "weekday": duty.weekday,
        "begins": duty.begins,
        "ends": duty.ends,
    }
    after["person"] = person.pk if person else None
    record(verb="roster.duty_pattern_added", by=by, at=at, thing=pattern, after=after)
    _plan([pattern], at)
    return pattern


@transaction.atomic
def end_pattern(*, pattern: DutyPattern, on: date, by: Account, at: datetime) -> None:
    """End a weekly duty from a day on; what was planned from then on is taken away."""
    if on < pattern.valid_from:
        on = pattern.valid_from
    pattern.valid_to = on
    pattern.save(update_fields=["valid_to"])
    later = pattern.slots.filter(starts_at__gte=max(at, beginning_of(on)))
    later.delete()
    after = {"valid_to": on.isoformat()}
    record(verb="roster.duty_pattern_ended", by=by, at=at, thing=pattern, after=after)


@transaction.atomic
def plan_duty(*, by: Account, at: datetime) -> int:
    """Plan all weekly duties eight weeks ahead; doing it again plans nothing twice.

    One entry in the trail tells how many duties were planned.
    """
    today = day_of(at)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    patterns = list(DutyPattern.objects.filter(running).order_by("pk"))
    planned = _plan(patterns, at)
    if planned:
        after = {"planned": planned}
        record(verb="roster.duty_planned", by=by, at=at, thing=patterns[0], after=after)
    return planned


def _plan(patterns: Iterable[DutyPattern], at: datetime) -> int:
    today, zone = day_of(at), timezone.get_default_timezone()
    horizon = today + timedelta(days=DAYS_AHEAD)
    rows = list(patterns)
    there = set(
        DutySlot.objects.filter(pattern__in=rows, pattern_day__gte=today).values_list(
            "pattern_id", "pattern_day"
        )
    )
    planned = 0
    for pattern in rows:
        until = min(horizon, pattern.valid_to or horizon)
        for day in days_of_weekday(pattern.weekday, max(today, pattern.valid_from), until):
            starts_at, ends_at = moments_of(day, pattern.begins, pattern.ends, zone)
            if (pattern.pk, day) not in there and starts_at >= at:
                _make(pattern, day, starts_at, ends_at)
                planned += 1
    return planned


def _make(pattern: DutyPattern, day: date, starts_at: datetime, ends_at: datetime) -> None:
    """One duty of the pattern: hers, her stand-in's while she is away, or open."""
    slot = DutySlot(
        unit_id=pattern.unit_id,
        station_id=pattern.station_id,
        post_id=pattern.post_id,
        pattern=pattern,
        pattern_day=day,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    if pattern.person_id is not None:
        place_person(slot, pattern.person_id)
    slot.save()


def place_person(slot: DutySlot, person: int) -> None:
    """Set who does a duty that is this person's by plan: she, her stand-in, or nobody yet."""
    away = leave_of(person, slot.starts_at)
    if away is None and is_free(person, slot):
        slot.person_id, slot.stands_for_id = person, None
        return
    stand_in = away.stand_in_id if away else None
    free = stand_in is not None and is_free(stand_in, slot)
    slot.person_id, slot.stands_for_id = (stand_in if free else None), person
