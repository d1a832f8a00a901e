"""Territory and location (属地、定位): units of every level, outlines, the unit of a place."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from hequan.api.answers import GEOJSON, json_answer
from hequan.api.errors import Refusal, not_found
from hequan.api.parameters import (
    LARGEST_ID,
    MOST_POINTS,
    Code,
    Crs,
    Identifier,
    Latitude,
    Longitude,
    PageAsked,
    PointAsked,
    box_of,
)
from hequan.files.coordinates import CoordinateSystem, to_wgs84
from hequan.territory.feature_queries import (
    UnitEntry,
    UnitFilter,
    UnitShelf,
    outlines_of,
    unit_entries,
    unit_shelf,
)
from hequan.territory.kinds import Level
from hequan.territory.queries import grids_at, units_at

router = Router()


class UnitBrief(Schema):
    """A unit as others name it."""

    id: int
    level: Level
    code: str
    name: str


class UnitOut(UnitBrief):
    """A unit in force; `path` lists the ids from the root to itself."""

    parent_id: int | None
    path: str
    zone_kind: str
    estate_type: str
    households: int | None
    area_km2: float | None
    valid_from: date | None


class UnitDetail(UnitOut):
    """A unit with the units it lies in, from the root down."""

    trail: list[UnitBrief]


class UnitsOut(Schema):
    """A page of units."""

    total: int
    offset: int
    items: list[UnitOut]


class UnitsAsked(PageAsked):
    """Which units; `below` takes everything under a unit, `parent` its children only."""

    level: Level | None = None
    code: Code = ""
    parent: Identifier | None = None
    below: Identifier | None = None
    bbox: str = Field("", max_length=200, description="west,south,east,north in degrees")


class LocateOut(Schema):
    """Where a place lies: its micro-grid and the smallest unit, root first; empty outside."""

    lon: float
    lat: float
    grid: UnitBrief | None
    trail: list[UnitBrief]


class PointsAsked(Schema):
    """Many places at once, as [longitude, latitude] pairs."""

    crs: Crs = Crs.WGS84
    points: Annotated[list[tuple[Longitude, Latitude]], Field(max_length=MOST_POINTS)]


class PointsOut(Schema):
    """The micro-grid of each place in their order (null outside), and every unit named by it."""

    grids: list[int | None]
    units: dict[str, UnitDetail]


@router.get("/units", response=UnitsOut, summary="Units of the territory")
def list_units(request: HttpRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """List units in force, the higher levels first, then by code."""
    found = unit_entries(
        UnitFilter(
            level=str(asked.level or ""),
            code=asked.code,
            parent=asked.parent,
            below=asked.below,
            box=box_of(asked.bbox),
        ),
        offset=asked.offset,
        limit=asked.limit,
    )
    items = [unit_out(entry) for entry in found.rows]
    return {"total": found.total, "offset": asked.offset, "items": items}


@router.get("/units/{unit_id}", response=UnitDetail, summary="One unit")
def read_unit(request: HttpRequest, unit_id: int) -> dict[str, Any]:
    """Return one unit in force with the units it lies in."""
    return _detail(unit_shelf(), _entry(unit_id).pk)


@router.get("/units/{unit_id}/children", response=list[UnitOut], summary="Units directly inside")
def list_children(request: HttpRequest, unit_id: int) -> list[dict[str, Any]]:
    """Return the units whose parent this is, by level and code."""
    found = unit_entries(UnitFilter(parent=_entry(unit_id).pk), limit=LARGEST_ID)
    return [unit_out(entry) for entry in found.rows]


@router.get("/units/{unit_id}/boundary", summary="Outline of a unit as GeoJSON")
def read_boundary(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Return the outline as one GeoJSON feature in longitude and latitude."""
    entry = _entry(unit_id)
    geometry = outlines_of([entry.pk]).get(entry.pk)
    if geometry is None:
        raise Refusal(404, _("No outline is known of %(name)s yet."), name=entry.name)
    return json_answer(unit_feature(entry, geometry), GEOJSON)


@router.get("/locate", response=LocateOut, summary="The micro-grid of a place")
def locate_point(request: HttpRequest, point: Query[PointAsked]) -> dict[str, Any]:
    """Return the micro-grid a place lies in and the units above it."""
    lon, lat = point.wgs84()
    shelf = unit_shelf()
    grid, smallest = int(grids_at([lon], [lat])[0]), int(units_at([lon], [lat])[0])
    trail = _trail(shelf, smallest)
    named = next((unit for unit in trail if unit["id"] == grid), None)
    return {"lon": round(lon, 7), "lat": round(lat, 7), "grid": named, "trail": trail}


@router.post("/locate", response=PointsOut, summary="The micro-grids of up to 10 000 places")
def locate_points(request: HttpRequest, asked: PointsAsked) -> dict[str, Any]:
    """Return the micro-grid of every place; a place outside all of them gets null."""
    pairs = np.asarray(asked.points, dtype=np.float64).reshape(-1, 2)
    lon, lat = to_wgs84(pairs[:, 0], pairs[:, 1], CoordinateSystem(asked.crs.value))
    shelf = unit_shelf()
    ids = [int(pk) if pk in shelf.position else None for pk in grids_at(lon, lat).tolist()]
    units = {str(pk): _detail(shelf, pk) for pk in sorted({pk for pk in ids if pk})}
    return {"grids": ids, "units": units}


def unit_out(entry: UnitEntry) -> dict[str, Any]:
    """Return a unit as the API shows it."""
    told = asdict(entry)
    return {"id": told.pop("pk")} | told


def unit_feature(entry: UnitEntry, geometry: dict[str, Any] | None) -> dict[str, Any]:
    """Return a unit as a GeoJSON feature."""
    properties = unit_out(entry)
    pk = properties.pop("id")
    return {"type": "Feature", "id": pk, "properties": properties, "geometry": geometry}


def _entry(unit_id: int) -> UnitEntry:
    try:
        return unit_shelf().entry(unit_id)
    except LookupError:
        raise not_found(_("unit"), unit_id) from None


def _detail(shelf: UnitShelf, pk: int) -> dict[str, Any]:
    return unit_out(shelf.entry(pk)) | {"trail": _trail(shelf, pk)}


def _trail(shelf: UnitShelf, pk: int) -> list[dict[str, Any]]:
    if pk not in shelf.position:
        return []
    return [
        {"id": one.pk, "level": one.level, "code": one.code, "name": one.name}
        for one in shelf.trail(pk)
    ]
