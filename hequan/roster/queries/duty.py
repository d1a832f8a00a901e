"""Duty as others read it (值班表): a week or month of a place, one person's, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hequan.people.models import Person
from hequan.roster.access import lies_in, place_of
from hequan.roster.days import beginning_of, day_of
from hequan.roster.models import DutyFeed, DutyPattern, DutySlot, Leave, PoolMember, Post
from hequan.roster.places import Place
from hequan.roster.queries.posts import posts_in_force
from hequan.stations.models import Station
from hequan.territory.models import Unit

_NAMED = ("person", "stands_for", "unit", "station__unit")


@dataclass(frozen=True)
class SlotRow:
    """One duty as a calendar shows it; `person` is empty where it is open."""

    pk: int
    day: date
    starts_at: datetime
    ends_at: datetime
    person_pk: int | None
    person: str
    stands_for: str
    place: str
    place_kind: str
    place_pk: int
    note: str
    weekly: bool


@dataclass(frozen=True)
class DutyDay:
    """One day of a calendar with its duties."""

    day: date
    slots: tuple[SlotRow, ...]
    in_month: bool = True


@dataclass(frozen=True)
class PatternRow:
    """A weekly duty."""

    pk: int
    weekday: int
    begins: str
    ends: str
    person: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class LeaveRow:
    """Days on which somebody is away."""

    pk: int
    person: str
    stand_in: str
    first_on: date
    until_on: date


def duty_between(place: Place, first: date, until: date) -> tuple[SlotRow, ...]:
    """Return the duties of a place that begin on these days, by time: one query."""
    return _rows(_between(DutySlot.objects.filter(**place.key), first, until))


@dataclass(frozen=True)
class DutyPlace:
    """A place with duty, and how much of it is open."""

    kind: str
    pk: int
    name: str
    duties: int
    open: int


def duty_places(
    slots: QuerySet[DutySlot], first: date, until: date, words: str, parts: tuple[str, ...]
) -> tuple[DutyPlace, ...]:
    """Return the places with duty on these days, those with open duty first: two queries.

    With words also stations and units without any duty yet that bear that name, so that the first
    one can be entered: four queries.
    """
    rows = slots.filter(starts_at__gte=beginning_of(first), starts_at__lt=beginning_of(until))
    rows = rows.filter(cancelled_at=None)
    found: dict[tuple[str, int], DutyPlace] = {}
    for kind in ("station", "unit"):
        grouped = rows.filter(**{f"{kind}__isnull": False}).order_by()
        counted = grouped.values(f"{kind}_id", f"{kind}__name").annotate(
            number=Count("pk"), open=Count("pk", filter=Q(person=None))
        )
        named = counted.values_list(f"{kind}_id", f"{kind}__name", "number", "open")
        for pk, name, number, open_ones in named:
            if not words or words in name:
                found[kind, pk] = DutyPlace(kind, pk, name, number, open_ones)
    if words:
        for kind, pk, name in _without_duty(words, parts):
            found.setdefault((kind, pk), DutyPlace(kind, pk, name, 0, 0))
    return tuple(sorted(found.values(), key=lambda one: (-one.open, one.name))[:200])


def _without_duty(words: str, parts: tuple[str, ...]) -> Iterable[tuple[str, int, str]]:
    stations = Station.objects.filter(name__contains=words, closed_on=None)
    inside = stations.filter(lies_in(parts, unit="unit")).order_by("name")
    yield from (("station", pk, name) for pk, name in inside.values_list("pk", "name")[:20])
    units = Unit.objects.filter(name__contains=words, valid_to=None)
    here = Q() if "/" in parts else Q(pk__in=[])
    for part in parts:
        here |= Q(path__startswith=part)
    rows = units.filter(here).order_by("path").values_list("pk", "name")[:20]
    yield from (("unit", pk, name) for pk, name in rows)


def duty_of_person(person: Person, first: date, until: date) -> tuple[SlotRow, ...]:
    """Return the duties somebody does on these days, wherever: one query."""
    return _rows(_between(DutySlot.objects.filter(person=person), first, until))


def open_duty(slots: QuerySet[DutySlot], first: date, until: date) -> tuple[SlotRow, ...]:
    """Return those of the duties that nobody does yet: one query."""
    return _rows(_between(slots.filter(person=None), first, until)[:200])


def _between(slots: QuerySet[DutySlot], first: date, until: date) -> QuerySet[DutySlot]:
    rows = slots.filter(starts_at__gte=beginning_of(first), starts_at__lt=beginning_of(until))
    return rows.filter(cancelled_at=None).select_related(*_NAMED).order_by("starts_at", "pk")


def _rows(slots: Iterable[DutySlot]) -> tuple[SlotRow, ...]:
    return tuple(map(slot_row, slots))


def slot_row(slot: DutySlot) -> SlotRow:
    """Return a duty, loaded with its people and place, as a calendar shows it."""
    place = place_of(slot)
    return SlotRow(
        pk=slot.pk,
        day=day_of(slot.starts_at),
        starts_at=timezone.localtime(slot.starts_at),
        ends_at=timezone.localtime(slot.ends_at),
        person_pk=slot.person_id,
        person=slot.person.name if slot.person else "",
        stands_for=slot.stands_for.name if slot.stands_for else "",
        place=place.name,
        place_kind=place.kind,
        place_pk=place.pk,
        note=slot.note,
        weekly=slot.pattern_id is not None,
    )


def patterns_of(place: Place, on: date) -> tuple[PatternRow, ...]:
    """Return the weekly duties of a place that run on that day or later: one query."""
    rows = DutyPattern.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), **place.key
    ).select_related("person")
    return tuple(
        PatternRow(
            pk=row.pk,
            weekday=row.weekday,
            begins=_clock(row.begins),
            ends=_clock(row.ends),
            person=row.person.name if row.person else "",
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows.order_by("weekday", "begins", "pk")
    )


def _clock(minutes: int) -> str:
    """24 hours and later are the next day's: 30:00 reads 06:00."""
    hours, rest = divmod(minutes, 60)
    return f"{hours % 24 if hours != 24 else 24:02}:{rest:02}"


def people_for_duty(place: Place, on: date) -> tuple[Person, ...]:
    """Return who can be put on duty at a place: its posts' holders and its pools' members."""
    posts = posts_in_force(Post.objects.filter(**place.key), on)
    among = Q(pk__in=posts.values("person"))
    if place.row._meta.model_name == "station":
        members = PoolMember.objects.filter(pool__station=place.pk, valid_to=None)
        among |= Q(pk__in=members.values("person"))
    rows = Person.objects.filter(among, merged_into=None, erased_at=None)
    return tuple(rows.order_by("name", "pk"))


def post_of_person_at(person: Person | None, place: Place, on: date) -> Post | None:
    """Return the post by which somebody does duty at a place, None for one of a pool."""
    if person is None:
        return None
    posts = posts_in_force(Post.objects.filter(person=person, **place.key), on)
    return posts.order_by("valid_from", "pk").first()


def leaves_of(people: QuerySet[Person] | Iterable[Person], on: date) -> tuple[LeaveRow, ...]:
    """Return the leaves of these people that are not over by that day: one query."""
    rows = Leave.objects.filter(person__in=people, until_on__gt=on)
    return tuple(
        LeaveRow(
            row.pk,
            row.person.name,
            row.stand_in.name if row.stand_in else "",
            row.first_on,
            row.until_on,
        )
        for row in rows.select_related("person", "stand_in").order_by("first_on", "pk")
    )


def feed_exists(person: Person) -> bool:
    """Tell whether somebody has an address for her own calendar."""
    return DutyFeed.objects.filter(person=person).exists()


def person_of_feed(token_hash: str) -> Person | None:
    """Return whose calendar an address is; None for one that is not or no longer known."""
    feed = DutyFeed.objects.select_related("person").filter(token_hash=token_hash).first()
    return feed.person if feed else None
