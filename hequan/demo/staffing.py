"""The people of a demo town and their posts (人员与岗位): teams, committees, stations, bodies.

Every micro-grid has a head, a full-time worker, a part-timer and helpers; a few posts are vacant
on purpose, some since last month, so that the pages of gaps have rows and somebody has to stand in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.chance import shared_out, stream
from hequan.demo.land import Land
from hequan.demo.people_names import PeopleNames
from hequan.demo.settling import Settled
from hequan.demo.stationing import Stationed
from hequan.people.actions import PersonFacts, save_persons
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation, Person
from hequan.roster.actions.post_batches import PostFacts, appoint_posts
from hequan.roster.kinds import PostKind
from hequan.roster.places import Place, PlaceRow
from hequan.stations.kinds import StationStatus
from hequan.stations.models import Station
from hequan.territory.models import Unit

HELPERS_PER_GRID, PART_TIMERS_PER_GRID = 6_200 / 251, 269 / 251  # of a town
_WORKERS_PER_COMMITTEE = 3
_EVERY = {"head": 50, "worker": 31, "part_timer": 17}  # one in so many is vacant
_SPEAKERS = (
    OrganisationKind.PROPERTY_FIRM,
    OrganisationKind.OWNERS_COMMITTEE,
    OrganisationKind.FIRM,
    OrganisationKind.SOCIAL,
)


@dataclass(frozen=True)
class Seat:
    """A post to be filled: where, of which kind, from when to when."""

    kind: PostKind
    row: PlaceRow
    unit_id: int | None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, eq=False)
class Staffed:
    """The people of the town in the order of their seats."""

    persons: tuple[Person, ...]
    seats: tuple[Seat, ...]
    by_kind: dict[PostKind, list[Person]] = field(default_factory=dict)


def staff_land(
    land: Land, settled: Settled, stationed: Stationed, *, by: Account, at: datetime
) -> Staffed:
    """Enter the people of a town and give them their posts: two batches, two entries."""
    today = timezone.localtime(at).date()
    rng = stream(land.plan.seed, "people")
    seats = list(_seats(land, settled, stationed, today, rng))
    names = PeopleNames(rng)
    facts = [_person(seat, names, rng) for seat in seats]
    ids = save_persons(persons=((None, one) for one in facts), by=by, at=at)
    known = _known(ids)
    persons = tuple(known[pk] for pk in ids)
    posts = [
        PostFacts(seat.kind, person, Place.of(seat.row), seat.valid_from, seat.valid_to)
        for seat, person in zip(seats, persons, strict=True)
    ]
    appoint_posts(facts=posts, by=by, at=at)
    by_kind: dict[PostKind, list[Person]] = {}
    for seat, person in zip(seats, persons, strict=True):
        if seat.valid_to is None:
            by_kind.setdefault(seat.kind, []).append(person)
    return Staffed(persons, tuple(seats), by_kind)


def _known(ids: tuple[int, ...]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for start in range(0, len(ids), 5000):
        found |= Person.objects.in_bulk(ids[start : start + 5000])
    return found


def _person(seat: Seat, names: PeopleNames, rng: np.random.Generator) -> PersonFacts:
    year = int(rng.integers(1958, 2003))
    return PersonFacts(
        name=names.name(),
        phone=names.phone(),
        born_on=date(year, int(rng.integers(1, 13)), int(rng.integers(1, 29))),
        unit_id=seat.unit_id,
    )


def _seats(
    land: Land, settled: Settled, stationed: Stationed, today: date, rng: np.random.Generator
) -> Iterator[Seat]:
    units = Unit.objects.in_bulk([*settled.ids.values()])
    since = date(today.year - 1, 1, 1)
    yield from _offices(settled, units, since)
    yield from _committees(settled, units, since)
    yield from _teams(land, settled, units, since, today)
    yield from _at_stations(stationed, units, since, rng)
    yield from _for_bodies(settled, since)


def _offices(settled: Settled, units: dict[int, Unit], since: date) -> Iterator[Seat]:
    town = units[settled.ids[settled.codes.towns[0]]]
    for kind in (PostKind.TOWN_OFFICER, PostKind.TOWN_OFFICER, PostKind.DATA_OFFICER):
        yield Seat(kind, town, town.pk, since)
    for code in settled.codes.areas:
        area = units[settled.ids[code]]
        yield Seat(PostKind.AREA_HEAD, area, area.pk, since)


def _committees(settled: Settled, units: dict[int, Unit], since: date) -> Iterator[Seat]:
    for number, code in enumerate(settled.codes.committees):
        unit = units[settled.ids[code]]
        yield Seat(PostKind.COMMITTEE_SECRETARY, unit, unit.pk, since)
        if number % 15 != 14:  # two committees wait for an election
            yield Seat(PostKind.COMMITTEE_DIRECTOR, unit, unit.pk, since)
        for _ in range(_WORKERS_PER_COMMITTEE):
            yield Seat(PostKind.COMMITTEE_WORKER, unit, unit.pk, since)


def _teams(
    land: Land, settled: Settled, units: dict[int, Unit], since: date, today: date
) -> Iterator[Seat]:
    grids = [units[settled.ids[code]] for code in settled.codes.grids]
    count = len(grids)
    people = np.bincount(land.homes.grid, weights=land.homes.people, minlength=count)
    helpers = shared_out(round(HELPERS_PER_GRID * count), people + 1.0, 3)
    part_timers = shared_out(round(PART_TIMERS_PER_GRID * count), np.ones(count))
    left = today - timedelta(days=20)
    for at, grid in enumerate(grids):
        ended = left if at % _EVERY["head"] == _EVERY["head"] - 1 else None
        yield Seat(PostKind.GRID_HEAD, grid, grid.pk, since, ended)
        if at % _EVERY["worker"] != _EVERY["worker"] - 1:
            yield Seat(PostKind.GRID_WORKER, grid, grid.pk, since)
        missing = int(at % _EVERY["part_timer"] == _EVERY["part_timer"] - 1)
        for _ in range(int(part_timers[at]) - missing):
            yield Seat(PostKind.GRID_PART_TIMER, grid, grid.pk, since)
        for _ in range(int(helpers[at])):
            yield Seat(PostKind.GRID_HELPER, grid, grid.pk, since)


def _at_stations(
    stationed: Stationed, units: dict[int, Unit], since: date, rng: np.random.Generator
) -> Iterator[Seat]:
    open_ones = Station.objects.filter(pk__in=stationed.station_ids, status=StationStatus.OPEN)
    for station in open_ones.select_related("unit").order_by("pk"):
        yield Seat(PostKind.STATION_HEAD, station, station.unit_id, since)
        for _ in range(int(rng.integers(1, 3))):
            yield Seat(PostKind.STATION_CLERK, station, station.unit_id, since)


def _for_bodies(settled: Settled, since: date) -> Iterator[Seat]:
    """Officers of departments, and who speaks for four bodies in five of those that have one."""
    rows = Organisation.objects.select_related("unit").order_by("pk")
    for at, body in enumerate(rows):
        if body.kind == OrganisationKind.DEPARTMENT:
            yield Seat(PostKind.DEPARTMENT_OFFICER, body, body.unit_id, since)
        elif body.kind in _SPEAKERS and at % 5 != 4:
            yield Seat(PostKind.LIAISON, body, body.unit_id, since)
