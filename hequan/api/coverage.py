"""Coverage (覆盖): what a place reaches in fifteen minutes, and how a unit is covered.

What a place reaches is public. Coverage of a unit shows how many people live where, so it asks for
an account that may see the board there; without one the unit is not there.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from ninja.security import django_auth
from pydantic import Field

from hequan.api.answers import PRIVATE
from hequan.api.errors import Refusal, not_found
from hequan.api.parameters import Code, Identifier, Moment, PointAsked
from hequan.api.stations import StationOut, station_out
from hequan.core.clock import now
from hequan.core.kinds import Capability
from hequan.stations.fifteen import Reach, fifteen_minutes_from
from hequan.stations.queries import (
    RunRow,
    coverage_circles,
    coverage_gaps,
    coverage_units,
    latest_run,
)
from hequan.territory.access import unit_for
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import Level

router = Router()
LONGEST_WALK = 60


class FifteenAsked(PointAsked):
    """From where, as whom, when and how long to walk."""

    profile: Code = "adult"
    minutes: Annotated[int, Field(ge=1, le=LONGEST_WALK)] = 15
    at: Moment | None = None


class ReachOut(Schema):
    """A station within reach; `in_time`: open when one arrives."""

    station: StationOut
    minutes: int
    seconds: int
    metres: int
    in_time: bool


class FifteenOut(Schema):
    """Stations reachable, those open on arrival first; `measure` says along streets or straight."""

    lon: float
    lat: float
    profile: str
    minutes: int
    at: datetime
    measure: Literal["streets", "straight"]
    metres_to_street: int | None
    reaches: list[ReachOut]
    nearest_beyond: ReachOut | None


class RunOut(Schema):
    """One measurement of coverage; `stale` names what has changed since."""

    id: int
    unit_id: int
    unit_name: str
    finished_at: datetime | None
    day: str
    minute: int | None
    profiles: list[str]
    minutes: list[int]
    network_name: str
    stale: list[str]
    figures: dict[str, Any]


class CoveredOut(Schema):
    """People of a unit or circle within each limit, by profile and minutes."""

    unit_id: int | None
    circle_id: int | None
    name: str
    code: str
    people: int
    within: dict[str, dict[int, int]]
    shares: dict[str, dict[int, float | None]]
    by_age: dict[str, dict[str, dict[int, float | None]]]


class CoverageOut(Schema):
    """Coverage of a unit: the newest measurement and, where it was part of it, its own figures."""

    run: RunOut
    unit: CoveredOut | None


class GapOut(Schema):
    """Homes farther from every station than the longest limit; minutes null: unreachable."""

    lon: float
    lat: float
    homes: int
    people: int
    nearest_minutes: float | None
    unit_name: str


class GapsAsked(Schema):
    """Which gaps, the largest first."""

    profile: Code = "adult"
    limit: Annotated[int, Field(ge=1, le=1000)] = 200


@router.get("/fifteen", response=FifteenOut, summary="Stations within minutes of a place")
def read_fifteen(request: HttpRequest, asked: Query[FifteenAsked]) -> dict[str, Any]:
    """Return the stations a walker reaches from a place, and whether each is open on arrival."""
    lon, lat = asked.wgs84()
    found = fifteen_minutes_from(
        lon, lat, profile=asked.profile, at=asked.at or now(), minutes=asked.minutes
    )
    beyond, street = found.nearest_beyond, found.origin_metres
    return {
        "lon": round(lon, 7),
        "lat": round(lat, 7),
        "profile": found.profile,
        "minutes": found.minutes,
        "at": found.at,
        "measure": found.measure,
        "metres_to_street": None if street is None else round(street),
        "reaches": [_reach(one) for one in found.reaches],
        "nearest_beyond": None if beyond is None else _reach(beyond),
    }


@router.get(
    "/coverage/{unit_id}",
    response=CoverageOut,
    auth=django_auth,
    summary="Newest coverage of a unit",
)
def read_coverage(
    request: HttpRequest, unit_id: Identifier, response: HttpResponse
) -> dict[str, Any]:
    """Return the newest finished measurement at or above a unit, and the unit's own figures."""
    unit, run = _run(request, unit_id, response)
    rows = coverage_units(run.pk, unit.level, unit.path)
    own = next((row for row in rows if row.unit_id == unit_id), None)
    return {"run": _run_out(run), "unit": None if own is None else asdict(own)}


@router.get(
    "/coverage/{unit_id}/units",
    response=list[CoveredOut],
    auth=django_auth,
    summary="Coverage of the units inside",
)
def list_covered_units(
    request: HttpRequest,
    unit_id: Identifier,
    response: HttpResponse,
    level: Level = Level.COMMITTEE,
) -> list[dict[str, Any]]:
    """Return the figures of every unit of a level inside, from the newest measurement."""
    unit, run = _run(request, unit_id, response)
    return [asdict(row) for row in coverage_units(run.pk, level, unit.path)]


@router.get(
    "/coverage/{unit_id}/circles",
    response=list[CoveredOut],
    auth=django_auth,
    summary="Coverage of the circles",
)
def list_covered_circles(
    request: HttpRequest, unit_id: Identifier, response: HttpResponse
) -> list[dict[str, Any]]:
    """Return the figures of every circle of the measurement; the unit must be the one measured."""
    unit, run = _run(request, unit_id, response)
    if run.unit_id != unit.pk:
        text = _("Circles were measured for %(name)s; ask for the coverage of that unit.")
        raise Refusal(404, text, name=run.unit_name)
    return [asdict(row) for row in coverage_circles(run.pk)]


@router.get(
    "/coverage/{unit_id}/gaps",
    response=list[GapOut],
    auth=django_auth,
    summary="Where nobody reaches a station",
)
def list_gaps(
    request: HttpRequest, unit_id: Identifier, response: HttpResponse, asked: Query[GapsAsked]
) -> list[dict[str, Any]]:
    """Return the gaps of the newest measurement, the most people first."""
    unit, run = _run(request, unit_id, response)
    if run.unit_id != unit.pk:
        text = _("Gaps were looked for in %(name)s; ask for the coverage of that unit.")
        raise Refusal(404, text, name=run.unit_name)
    return [asdict(row) for row in coverage_gaps(run.pk, asked.profile, asked.limit)]


def _run(request: HttpRequest, unit_id: int, response: HttpResponse) -> tuple[Any, RunRow]:
    """The door: a unit the account may see the board of, and its newest measurement."""
    response.headers["Cache-Control"] = PRIVATE
    try:
        unit = unit_for(request.user, unit_id, now(), Capability.SEE_BOARD)
    except NoSuchUnitError:
        raise not_found(_("unit"), unit_id) from None
    run = latest_run(unit.path)
    if run is None:
        raise Refusal(404, _("Coverage of %(name)s has not been measured yet."), name=unit.name)
    return unit, run


def _run_out(run: RunRow) -> dict[str, Any]:
    told = {name: getattr(run, name) for name in RunOut.model_fields if name != "id"}
    return told | {"id": run.pk}


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "station": station_out(reach.station, reach.open),
        "minutes": reach.minutes,
        "seconds": round(reach.seconds),
        "metres": round(reach.metres),
        "in_time": reach.in_time,
    }
