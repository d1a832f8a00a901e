"""Stations and services (站点、服务): where they are, when they are open, what is offered there."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from hequan.api.errors import not_found
from hequan.api.parameters import Code, Identifier, Moment, PageAsked, Words, box_of, inside
from hequan.core.clock import now
from hequan.stations.errors import ServiceNotFoundError, StationNotFoundError
from hequan.stations.hours import OpenState
from hequan.stations.kinds import OpeningDay, ServiceCategory, ServiceMode, StationKind
from hequan.stations.queries import (
    StationCard,
    StationPage,
    openings_between,
    service_page,
    services_catalogue,
    station_directory,
    station_page,
    stations_list,
)
from hequan.territory.feature_queries import unit_shelf

router = Router()
MOST_DAYS = 31


class OpenOut(Schema):
    """Open or not at a moment; `until` and `opens_at` say what comes next."""

    is_open: bool
    until: datetime | None
    opens_at: datetime | None
    closure: str
    always: bool


class StationOut(Schema):
    """A station in service."""

    id: int
    code: str
    name: str
    kind: StationKind
    level: str
    unit_id: int
    unit_name: str
    lon: float
    lat: float
    address: str
    phone: str
    step_free: bool | None
    roles: list[str]
    services: list[str] = Field(description="codes of the services offered there")
    open: OpenOut


class StationsOut(Schema):
    """A page of stations."""

    total: int
    offset: int
    items: list[StationOut]


class StationsAsked(PageAsked):
    """Which stations; `unit` is the id of a unit they lie in."""

    kind: StationKind | None = None
    unit: Identifier | None = None
    service: Code = ""
    open_at: Moment | None = None
    search: Words = ""
    bbox: str = Field("", max_length=200, description="west,south,east,north in degrees")


class SpaceOut(Schema):
    """A room or open space of a station."""

    name: str
    functions: list[str]
    capacity: int | None
    floor: str
    area_m2: float | None
    step_free: bool | None


class StationDetail(StationOut):
    """A station with all that is public of it."""

    introduction: str
    organisation: str
    trail: list[str]
    spaces: list[SpaceOut]
    accessibility: dict[str, bool | int | None]
    accessibility_checked_on: date | None
    core_of: list[str]
    main_for: list[str]


class SpanOut(Schema):
    """Hours of one day; `closes` may name the clock of the next day."""

    opens: str
    closes: str
    past_midnight: bool


class DayOut(Schema):
    """One day of the week; no spans means shut."""

    day: OpeningDay
    spans: list[SpanOut]


class WeekOut(Schema):
    """A week in one season and validity; `valid_to` is the first day it no longer holds."""

    season: str
    season_from: str
    season_to: str
    valid_from: date | None
    valid_to: date | None
    in_force: bool
    days: list[DayOut]
    holiday: DayOut | None


class ExceptionOut(Schema):
    """Other hours on one day, in minutes from midnight; without them the station is shut."""

    day: date
    opens: int | None
    closes: int | None
    reason: str


class ClosureOut(Schema):
    """A time the station is shut whatever its hours say."""

    from_at: datetime
    to_at: datetime
    reason: str
    is_sudden: bool
    running: bool


class HoursOut(Schema):
    """All that decides when a station is open."""

    weeks: list[WeekOut]
    exceptions: list[ExceptionOut]
    closures: list[ClosureOut]


class OpeningOut(Schema):
    """One unbroken time a station is open."""

    opens_at: datetime
    closes_at: datetime


class ServiceOut(Schema):
    """A service of the catalogue."""

    id: int
    code: str
    name: str
    category: ServiceCategory
    mode: ServiceMode
    minutes: int | None
    papers: list[str]
    audience: str
    fee: str
    description: str
    stations_count: int


class ServicesOut(Schema):
    """A page of services, with how many each category holds under the other filters."""

    total: int
    offset: int
    by_category: dict[str, int]
    items: list[ServiceOut]


class ServicesAsked(PageAsked):
    """Which services."""

    category: ServiceCategory | None = None
    mode: ServiceMode | None = None
    search: Words = ""


class OfferOut(Schema):
    """A station that offers the service, and how."""

    station: str
    name: str
    mode: ServiceMode
    note: str
    open: OpenOut


class ServiceDetail(ServiceOut):
    """A service and the stations that offer it, the open ones first."""

    offers: list[OfferOut]


@router.get("/stations", response=StationsOut, summary="Stations in service")
def list_stations(request: HttpRequest, asked: Query[StationsAsked]) -> dict[str, Any]:
    """List stations by territory and name, with whether they are open now (or at `open_at`)."""
    box, path = box_of(asked.bbox), _path(asked.unit)
    found = [
        one
        for one in stations_list(
            at=asked.open_at or now(),
            kind=str(asked.kind or ""),
            unit_path=path,
            open_at=asked.open_at,
            words=asked.search,
            service=asked.service,
        )
        if inside(box, one.station.lon, one.station.lat)
    ]
    shown = found[asked.offset : asked.offset + asked.limit]
    items = [station_out(one.station, one.open) for one in shown]
    return {"total": len(found), "offset": asked.offset, "items": items}


@router.get("/stations/{code}", response=StationDetail, summary="One station")
def read_station(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return all that is public of a station."""
    page = _page(code)
    told = station_out(page.station, page.open)
    checked = page.accessibility
    return told | {
        "introduction": page.introduction,
        "organisation": page.organisation,
        "trail": list(page.trail),
        "spaces": [asdict(space) for space in page.spaces],
        "accessibility": dict(checked.items()) if checked else {},
        "accessibility_checked_on": checked.checked_on if checked else None,
        "core_of": list(page.core_of),
        "main_for": list(page.main_for),
    }


@router.get(
    "/stations/{code}/hours", response=HoursOut, summary="Weekly hours and what changes them"
)
def read_hours(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the weeks in force and to come, exceptional days and closures."""
    page = _page(code)
    return {
        "weeks": [_week(table) for table in page.weeks],
        "exceptions": [asdict(one) for one in page.exceptions],
        "closures": [asdict(one) for one in page.closures],
    }


@router.get("/stations/{code}/openings", response=list[OpeningOut], summary="When it is open next")
def list_openings(
    request: HttpRequest, code: str, days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7
) -> list[dict[str, Any]]:
    """Return every opening of the next days, closures and holidays taken into account."""
    at = now().replace(second=0, microsecond=0)
    spans = openings_between(_card(code).pk, at, at + timedelta(days=days))
    return [asdict(span) for span in spans]


@router.get("/services", response=ServicesOut, summary="The service catalogue")
def list_services(request: HttpRequest, asked: Query[ServicesAsked]) -> dict[str, Any]:
    """List services by category and name."""
    whole = services_catalogue(
        words=asked.search,
        category=str(asked.category or ""),
        mode=str(asked.mode or ""),
        per_page=10**9,
    )
    shown = whole.rows[asked.offset : asked.offset + asked.limit]
    return {
        "total": whole.total,
        "offset": asked.offset,
        "by_category": whole.by_category,
        "items": [_with_id(asdict(row)) for row in shown],
    }


@router.get("/services/{code}", response=ServiceDetail, summary="One service and who offers it")
def read_service(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return a service with the stations that offer it."""
    try:
        page = service_page(code, now())
    except ServiceNotFoundError:
        raise not_found(_("service"), code) from None
    offers = [
        {
            "station": one.station.code,
            "name": one.station.name,
            "mode": one.mode or page.service.mode,
            "note": one.note,
            "open": asdict(one.open),
        }
        for one in page.offers
    ]
    return _with_id(asdict(page.service)) | {"offers": offers}


def station_out(card: StationCard, state: OpenState) -> dict[str, Any]:
    """Return a station as the API lists it."""
    told = _with_id({**vars_of(card), "services": [one.code for one in card.services]})
    return told | {"open": asdict(state)}


def vars_of(card: StationCard) -> dict[str, Any]:
    """Return a station's plain fields; copying its services one by one would cost most."""
    return {name: getattr(card, name) for name in _PLAIN}


_PLAIN = tuple(name for name in StationCard.__dataclass_fields__ if name != "services")


def _with_id(told: dict[str, Any]) -> dict[str, Any]:
    return {"id": told.pop("pk"), **told}


def _path(unit: int | None) -> str:
    if unit is None:
        return ""
    try:
        return unit_shelf().entry(unit).path
    except LookupError:
        raise not_found(_("unit"), unit) from None


def _card(code: str) -> StationCard:
    try:
        return station_directory().with_code(code)
    except StationNotFoundError:
        raise not_found(_("station"), code) from None


def _page(code: str) -> StationPage:
    return station_page(_card(code).pk, now())


def _week(table: Any) -> dict[str, Any]:
    told = {name: getattr(table, name) for name in _WEEK}
    days = [_day(row) for row in table.rows]
    return told | {"days": days, "holiday": _day(table.holiday) if table.holiday else None}


_WEEK = ("season", "season_from", "season_to", "valid_from", "valid_to", "in_force")


def _day(row: Any) -> dict[str, Any]:
    spans = [
        {"opens": s.opens_text, "closes": s.closes_text, "past_midnight": s.past_midnight}
        for s in row.spans
    ]
    return {"day": row.day, "spans": spans}
