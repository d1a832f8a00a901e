"""The station register of the board (站点登记册) and what it lacks: who has no station yet."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from hequan.core.grants import EVERYWHERE, inside
from hequan.people.models import Organisation
from hequan.stations.models import (
    AnsweringStation,
    CoreStation,
    MainStation,
    OpeningRule,
    Service,
    Space,
    Station,
)
from hequan.stations.records import ServiceRecord, SpaceRecord, StationRecord
from hequan.territory.kinds import Level
from hequan.territory.models import Circle, Unit


@dataclass(frozen=True)
class RegisterRow:
    """A station as the register lists it."""

    pk: int
    code: str
    name: str
    kind: str
    level: str
    status: str
    unit_name: str
    address: str
    phone: str
    lon: float
    lat: float
    services: int
    spaces: int
    has_hours: bool
    checked_on: date | None


@dataclass(frozen=True)
class Register:
    """One page of the register."""

    rows: tuple[RegisterRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation no station answers for."""

    pk: int
    name: str
    kind: str
    address: str
    unit_name: str


@dataclass(frozen=True)
class GridRow:
    """A micro-grid without a main station."""

    pk: int
    name: str
    committee: str
    people: int


@dataclass(frozen=True)
class CircleLacking:
    """A circle without a core station."""

    pk: int
    name: str
    speciality: str
    circle_set: str


def register_rows(
    *,
    paths: Sequence[str] = (EVERYWHERE,),
    words: str = "",
    kind: str = "",
    status: str = "",
    page: int = 1,
    per_page: int = 50,
) -> Register:
    """Return one page of all stations of these parts of the territory: two queries."""
    rows = stations_registered(paths=paths, words=words, kind=kind, status=status)
    total = rows.count()
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    begin = (page - 1) * per_page
    return Register(_register(rows[begin : begin + per_page]), total, page, pages)


def stations_registered(
    *,
    paths: Sequence[str] = (EVERYWHERE,),
    words: str = "",
    kind: str = "",
    status: str = "",
) -> QuerySet[Station]:
    """Return the stations that fit, whatever their status, by territory and name."""
    rows = Station.objects.filter(inside(paths, "unit__path"))
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(address__icontains=word)
        )
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    return rows.order_by("unit__path", "name", "pk")


def _register(rows: QuerySet[Station]) -> tuple[RegisterRow, ...]:
    annotated = rows.annotate(
        services_count=Count("offers", distinct=True),
        spaces_count=Count("spaces", distinct=True),
        has_hours=Exists(OpeningRule.objects.filter(station=OuterRef("pk"))),
    )
    return tuple(
        RegisterRow(*row)
        for row in annotated.values_list(
            *("pk", "code", "name", "kind", "level", "status", "unit__name", "address", "phone"),
            *("lon", "lat", "services_count", "spaces_count", "has_hours"),
            "accessibility__checked_on",
        )
    )


def station_record(station: Station) -> StationRecord:
    """Return what an editing form of the station starts from."""
    return StationRecord(**_values(station, StationRecord))


def space_record(space: Space) -> SpaceRecord:
    """Return what an editing form of the space starts from."""
    return SpaceRecord(**_values(space, SpaceRecord))


def service_record(service: Service) -> ServiceRecord:
    """Return what an editing form of the service starts from."""
    return ServiceRecord(**_values(service, ServiceRecord))


def _values(row: Any, record: type) -> dict[str, Any]:
    found = {part.name: getattr(row, part.name) for part in fields(record)}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}


def organisations_without_station(
    paths: Sequence[str] = (EVERYWHERE,),
) -> tuple[OrganisationRow, ...]:
    """Return the new-field organisations of these parts no station answers for: one query."""
    rows = Organisation.objects.filter(closed_on=None, is_new_field=True).exclude(
        pk__in=AnsweringStation.objects.values("organisation_id")
    )
    found = (
        rows.filter(inside(paths, "unit__path"))
        .order_by("unit__path", "name")
        .values_list("pk", "name", "kind", "address", "unit__name")
    )
    return tuple(OrganisationRow(pk, n, kind, at, unit or "") for pk, n, kind, at, unit in found)


def grids_without_main_station(paths: Sequence[str] = (EVERYWHERE,)) -> tuple[GridRow, ...]:
    """Return the micro-grids in force without a main station, most people first: one query."""
    rows = Unit.objects.filter(inside(paths, "path"), level=Level.GRID, valid_to=None).exclude(
        pk__in=MainStation.objects.values("grid_id")
    )
    counted = rows.annotate(people=Sum("homes__people")).order_by("-people", "path")
    found = counted.values_list("pk", "name", "parent__name", "people")
    return tuple(GridRow(pk, name, over or "", people or 0) for pk, name, over, people in found)


def circles_without_core(paths: Sequence[str] = (EVERYWHERE,)) -> tuple[CircleLacking, ...]:
    """Return the circles without a core station: one query."""
    rows = Circle.objects.filter(
        inside(paths, "circle_set__town__path"), circle_set__valid_to=None
    ).exclude(pk__in=CoreStation.objects.values("circle_id"))
    found = rows.order_by("circle_set__name", "name").values_list(
        "pk", "name", "speciality", "circle_set__name"
    )
    return tuple(CircleLacking(*row) for row in found)


def services_offered(station: Station) -> frozenset[int]:
    """Return the keys of the services a station offers: one query."""
    return frozenset(station.offers.values_list("service_id", flat=True))
