"""Everything a station's page shows (站点页), and what its editing forms start from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from hequan.core.grants import inside
from hequan.stations.errors import StationNotFoundError
from hequan.stations.hours import DayException, OpenState, Rule, open_state
from hequan.stations.hours_week import WeekTable, week_tables
from hequan.stations.kinds import OpeningDay, StationStatus
from hequan.stations.models import (
    AccessibilityCheck,
    Closure,
    Corridor,
    CorridorStop,
    HoursException,
    OpeningRule,
    Space,
    Station,
)
from hequan.stations.queries.cards import ClosureRow, ServiceRow, StationCard
from hequan.stations.queries.directory import schedules_of, station_directory
from hequan.stations.records import AccessibilityRecord
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Accessibility(AccessibilityRecord):
    """The accessibility checklist as found on `checked_on`."""

    def items(self) -> Iterator[tuple[str, bool | int | None]]:
        """Yield (field, value) of the checklist without the day of the check."""
        for part in fields(AccessibilityRecord):
            if part.name != "checked_on":
                yield part.name, getattr(self, part.name)


@dataclass(frozen=True)
class SpaceRow:
    """A space as pages show it."""

    pk: int
    name: str
    functions: tuple[str, ...]
    capacity: int | None
    floor: str
    area_m2: float | None
    step_free: bool | None


@dataclass(frozen=True)
class StopRow:
    """One stop of a corridor."""

    position: int
    role: str
    space: str
    space_pk: int
    station_pk: int
    station_name: str
    station_code: str
    lon: float
    lat: float


@dataclass(frozen=True)
class CorridorRow:
    """A corridor with its stops in order."""

    pk: int
    name: str
    introduction: str
    stops: tuple[StopRow, ...]


@dataclass(frozen=True)
class OfferRow:
    """A service a station offers; `mode` is the station's own where it has one."""

    service: ServiceRow
    mode: str
    note: str


@dataclass(frozen=True)
class StationPage:
    """Everything one station's page shows."""

    station: StationCard
    open: OpenState
    introduction: str
    opened_on: date | None
    organisation: str
    trail: tuple[str, ...]
    weeks: tuple[WeekTable, ...]
    exceptions: tuple[DayException, ...]
    closures: tuple[ClosureRow, ...]
    spaces: tuple[SpaceRow, ...]
    services: tuple[OfferRow, ...]
    accessibility: Accessibility | None
    corridors: tuple[CorridorRow, ...]
    core_of: tuple[str, ...]
    main_for: tuple[str, ...]
    answers_for: int


def station_page(pk_or_code: int | str, at: datetime) -> StationPage:
    """Return the page of a station that serves people; StationNotFoundError if there is none."""
    directory = station_directory()
    if isinstance(pk_or_code, int):
        card = directory.card(pk_or_code)
    else:
        card = directory.with_code(pk_or_code)
    station = _station(card.pk)
    schedule = directory.schedules[card.pk]
    today = at.astimezone(directory.zone).date()
    return StationPage(
        station=card,
        open=directory.open_state(card.pk, at),
        introduction=station.introduction,
        opened_on=station.opened_on,
        organisation=station.organisation.name if station.organisation else "",
        trail=_trail(card.unit_path),
        weeks=week_tables(schedule.rules, today),
        exceptions=tuple(e for e in schedule.exceptions if today <= e.day <= today + AHEAD),
        closures=closures_of(station, at),
        spaces=spaces_of(station),
        services=_offers(station, directory.services),
        accessibility=accessibility_of(station),
        corridors=_corridors(Corridor.objects.filter(stops__space__station=station).distinct()),
        core_of=tuple(station.core_for.values_list("circle__name", flat=True)),
        main_for=tuple(
            station.main_for.order_by("grid__name").values_list("grid__name", flat=True)
        ),
        answers_for=station.answers_for.count(),
    )


def _station(pk: int) -> Station:
    found = Station.objects.select_related("organisation").filter(pk=pk).first()
    if found is None or found.status != StationStatus.OPEN:
        raise StationNotFoundError
    return found


def _trail(path: str) -> tuple[str, ...]:
    ids = ids_in(path)
    names = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    return tuple(names[pk] for pk in ids if pk in names)


def _offers(station: Station, services: Iterable[ServiceRow]) -> tuple[OfferRow, ...]:
    by_pk = {row.pk: place for place, row in enumerate(services)}
    rows = list(services)
    offers = station.offers.values_list("service_id", "mode", "note")
    found = [
        OfferRow(rows[by_pk[pk]], mode or rows[by_pk[pk]].mode, note)
        for pk, mode, note in offers
        if pk in by_pk
    ]
    return tuple(sorted(found, key=lambda offer: by_pk[offer.service.pk]))


def closures_of(station: Station, at: datetime | None = None) -> tuple[ClosureRow, ...]:
    """Return the closures of a station; with `at` only those standing that are not over by then."""
    rows = Closure.objects.filter(station=station).order_by("from_at")
    if at is not None:
        rows = rows.filter(withdrawn_at=None, to_at__gt=at)
    return tuple(
        ClosureRow(
            pk=row.pk,
            station_id=row.station_id,
            from_at=row.from_at,
            to_at=row.to_at,
            reason=row.reason,
            is_sudden=row.is_sudden,
            announced_at=row.announced_at,
            withdrawn_at=row.withdrawn_at,
            running=at is not None and row.from_at <= at < row.to_at,
        )
        for row in rows
    )


def spaces_of(station: Station) -> tuple[SpaceRow, ...]:
    """Return the spaces of a station by floor and name."""
    rows = Space.objects.filter(station=station).order_by("floor", "name")
    return tuple(
        SpaceRow(s.pk, s.name, tuple(s.functions), s.capacity, s.floor, s.area_m2, s.step_free)
        for s in rows
    )


def accessibility_of(station: Station) -> Accessibility | None:
    """Return the checklist of a station, None where nobody has filled it in."""
    row = AccessibilityCheck.objects.filter(station=station).first()
    if row is None:
        return None
    values: dict[str, Any] = {f.name: getattr(row, f.name) for f in fields(AccessibilityRecord)}
    return Accessibility(**values)


def hours_rules(station: Station) -> tuple[Rule, ...]:
    """Return the rows of hours of a station, those of past years included."""
    rows = OpeningRule.objects.filter(station=station).order_by("pk")
    return tuple(
        Rule(
            OpeningDay(row.day),
            row.opens,
            row.closes,
            row.season,
            row.season_from,
            row.season_to,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    )


def hours_exceptions(station: Station, from_on: date) -> tuple[DayException, ...]:
    """Return the exceptions of a station from a day on."""
    rows = HoursException.objects.filter(station=station, day__gte=from_on).order_by("day", "opens")
    return tuple(DayException(row.day, row.opens, row.closes, row.reason) for row in rows)


def open_state_of(station: Station, at: datetime) -> OpenState:
    """Return the state of any station, planned and closed ones included, from its rows."""
    return open_state(schedules_of([station.pk])[station.pk], at)


def corridors_in(paths: Sequence[str]) -> tuple[CorridorRow, ...]:
    """Return the corridors of these parts of the territory."""
    return _corridors(Corridor.objects.filter(inside(paths, "unit__path")))


def _corridors(corridors: Any) -> tuple[CorridorRow, ...]:
    found = {c.pk: c for c in corridors.order_by("name")}
    stops: dict[int, list[StopRow]] = {pk: [] for pk in found}
    rows = CorridorStop.objects.filter(corridor__in=found).order_by("corridor_id", "position")
    for row in rows.values_list(
        *("corridor_id", "position", "role", "space__name", "space_id", "space__station_id"),
        *("space__station__name", "space__station__code"),
        *("space__station__lon", "space__station__lat"),
    ):
        stops[row[0]].append(StopRow(*row[1:]))
    return tuple(
        CorridorRow(c.pk, c.name, c.introduction, tuple(stops[c.pk])) for c in found.values()
    )
