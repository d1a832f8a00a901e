"""Registrations as others read them (双报到): of a station, of an area, of oneself; letters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from hequan.people.models import Organisation, Person
from hequan.roster.days import beginning_of
from hequan.roster.models import Registration, UnitFeedback
from hequan.stations.errors import StationNotFoundError
from hequan.stations.kinds import StationStatus
from hequan.stations.models import Station


@dataclass(frozen=True)
class RegistrationRow:
    """One registration in a list; `home` is filled only for whoever may know it."""

    pk: int
    kind: str
    name: str
    place: str
    home: str
    skills: tuple[str, ...]
    free_times: tuple[str, ...]
    wishes: str
    by_herself: bool
    registered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class RegistrationList:
    """One page of registrations, with how many there are of each kind."""

    rows: tuple[RegistrationRow, ...]
    by_kind: dict[str, int]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class LetterRow:
    """One letter to a unit."""

    pk: int
    organisation: str
    first_on: date
    until_on: date
    members: int
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class UnitMembers:
    """A unit and how many of its members are registered at a station."""

    pk: int
    name: str
    members: int


_NAMED = ("person", "organisation", "station", "area", "home")


def registrations_listed(
    registrations: QuerySet[Registration],
    *,
    kind: str = "",
    skill: str = "",
    words: str = "",
    page: int = 1,
    per_page: int = 50,
) -> RegistrationList:
    """Return one page of the registrations that run: three queries."""
    running = registrations.filter(ended_at=None)
    for word in words.split():
        named = Q(person__name__startswith=word) | Q(organisation__name__contains=word)
        running = running.filter(named)
    rows = running.filter(kind=kind) if kind else running
    if skill:
        # a list of codes in a JSON column, found as text on every database
        rows = rows.filter(skills__icontains=f'"{skill}"')
    total = rows.count()
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    begin = (page - 1) * per_page
    shown = rows.select_related(*_NAMED).order_by("-registered_at", "-pk")
    counted = running.order_by().values("kind").annotate(number=Count("pk"))
    return RegistrationList(
        tuple(map(registration_row, shown[begin : begin + per_page])),
        dict(counted.values_list("kind", "number")),
        total,
        page,
        pages,
    )


def registration_row(row: Registration) -> RegistrationRow:
    """Return a registration as a list shows it; without the home body, which is sensitive."""
    who, where = row.person or row.organisation, row.station or row.area
    return RegistrationRow(
        pk=row.pk,
        kind=row.kind,
        name=who.name if who else "",
        place=where.name if where else "",
        home="",
        skills=tuple(row.skills),
        free_times=tuple(row.free_times),
        wishes=row.wishes,
        by_herself=row.by_herself,
        registered_at=row.registered_at,
        ended_at=row.ended_at,
    )


def registrations_of(person: Person) -> tuple[RegistrationRow, ...]:
    """Return somebody's own registrations that run, the newest first: one query."""
    rows = Registration.objects.filter(person=person, ended_at=None).select_related(*_NAMED)
    return tuple(map(registration_row, rows.order_by("-registered_at", "-pk")))


def registration_of(person: Person, pk: int) -> Registration | None:
    """Return one of somebody's own registrations, None for any other."""
    return Registration.objects.filter(person=person, pk=pk).first()


def units_of_members(station: Station) -> tuple[UnitMembers, ...]:
    """Return the bodies whose members are registered at a station: whom to write to. One query."""
    rows = Registration.objects.filter(station=station, ended_at=None).exclude(home=None)
    counted = rows.order_by().values("home_id", "home__name").annotate(number=Count("person"))
    return tuple(
        UnitMembers(*row)
        for row in counted.order_by("home__name").values_list("home_id", "home__name", "number")
    )


def members_between(
    station: Station, organisation: Organisation, first_on: date, until_on: date
) -> int:
    """Return how many members of a body were registered at a station in these days: one query."""
    rows = Registration.objects.filter(station=station, home=organisation)
    rows = rows.filter(registered_at__lt=beginning_of(until_on))
    gone = rows.filter(ended_at__lt=beginning_of(first_on))
    return rows.exclude(pk__in=gone.values("pk")).values("person").distinct().count()


def letters_of(station: Station) -> tuple[LetterRow, ...]:
    """Return the letters a station has sent, the newest first: one query."""
    rows = UnitFeedback.objects.filter(station=station).order_by("-sent_at", "-pk")
    named = ("pk", "organisation__name", "first_on", "until_on", "members", "text", "sent_at")
    return tuple(LetterRow(*row) for row in rows.values_list(*named)[:100])


def stations_to_register_at() -> tuple[tuple[int, str], ...]:
    """Return the open stations with their committee or town, for a choice: one query."""
    rows = Station.objects.filter(status=StationStatus.OPEN).order_by("unit__path", "name")
    named = rows.values_list("pk", "name", "unit__name")
    return tuple((pk, f"{unit} · {name}") for pk, name, unit in named)


def station_to_register_at(pk: int) -> Station:
    """Return one of the open stations; StationNotFoundError for any other."""
    found = Station.objects.filter(pk=pk, status=StationStatus.OPEN).first()
    if found is None:
        raise StationNotFoundError
    return found


def organisation_with_id(pk: int) -> Organisation:
    """Return an organisation chosen from a list."""
    return Organisation.objects.get(pk=pk)


def stations_with_units(
    registrations: QuerySet[Registration],
) -> tuple[tuple[int, str], ...]:
    """Return the stations where members of units are registered: who has letters to write."""
    rows = registrations.filter(ended_at=None).exclude(home=None).exclude(station=None)
    named = rows.order_by("station__name").values_list("station_id", "station__name")
    return tuple(named.distinct()[:100])
