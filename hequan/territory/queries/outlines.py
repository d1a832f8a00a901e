"""Outlines (边界) for maps and for other systems: simplified where asked, cut to a box."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import OuterRef, QuerySet, Subquery
from shapely.geometry import mapping, shape

from hequan.territory.kinds import Level
from hequan.territory.models import Boundary, Unit, UnitCode
from hequan.territory.topology import TopologyReport, check_topology

Box = tuple[float, float, float, float]
_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class OutlineFound:
    """The outline of one unit: GeoJSON geometry in longitude and latitude."""

    pk: int
    level: str
    code: str
    name: str
    parent_id: int | None
    area_km2: float
    geometry: dict[str, Any]


def outlines(
    level: Level | str,
    *,
    unit: Unit | None = None,
    box: Box | None = None,
    simplify_metres: float = 0.0,
) -> list[OutlineFound]:
    """Return the outlines of a level inside a unit and meeting a box (west, south, east, north)."""
    codes = UnitCode.objects.filter(unit=OuterRef("unit"), valid_to=None).order_by("-scheme")
    rows = _boundaries(level, unit).annotate(code=Subquery(codes.values("code")[:1]))
    read = rows.values_list(
        *("unit_id", "unit__level", "code", "unit__name", "unit__parent_id"),
        *("area_km2", "geometry"),
    )
    found = []
    for pk, unit_level, code, name, parent, km2, geometry in read.iterator(chunk_size=2000):
        kept = _within(geometry, box, simplify_metres)
        if kept is not None:
            found.append(OutlineFound(pk, unit_level, code or "", name, parent, km2, kept))
    return found


def _boundaries(level: Level | str, unit: Unit | None) -> QuerySet[Boundary]:
    rows = Boundary.objects.filter(unit__level=level, unit__valid_to=None).order_by("unit_id")
    return rows if unit is None else rows.filter(unit__path__startswith=unit.path)


def _within(geometry: dict[str, Any], box: Box | None, simplify: float) -> dict[str, Any] | None:
    if box is None and not simplify:
        return geometry
    found = shape(geometry)
    if box is not None and not found.intersects(shapely.box(*box)):
        return None
    if simplify:
        found = shapely.simplify(found, simplify / _METRES_PER_DEGREE)
        found = shapely.set_precision(found, 1e-6)
    return dict(mapping(found))


def boundaries_geojson(
    level: Level | str, *, unit: Unit | None = None, simplify_metres: float = 0.0
) -> dict[str, Any]:
    """Return the outlines of a level as a GeoJSON FeatureCollection."""
    features = [
        {
            "type": "Feature",
            "id": one.pk,
            "properties": {
                "code": one.code,
                "name": one.name,
                "level": one.level,
                "area_km2": round(one.area_km2, 4),
            },
            "geometry": one.geometry,
        }
        for one in outlines(level, unit=unit, simplify_metres=simplify_metres)
    ]
    return {"type": "FeatureCollection", "features": features}


def topology_report(
    parent: Unit, level: Level | str, *, tolerance_metres: float = 1.0
) -> TopologyReport:
    """Return the gaps, overlaps and parts outside of the units of a level inside `parent`."""
    rows = _boundaries(level, parent)
    shapes = {pk: shape(geometry) for pk, geometry in rows.values_list("unit_id", "geometry")}
    own = Boundary.objects.filter(unit=parent).first()
    within = shape(own.geometry) if own else None
    return check_topology(shapes, within, tolerance_metres=tolerance_metres)


def whole_outline(unit: Unit | None = None) -> Any:
    """Return the ground that has outlines inside a unit as one shape; None where none is drawn."""
    shapes = list(_top_shapes(unit))
    return shapely.union_all(shapes) if shapes else None


def extent_of(unit: Unit | None = None) -> Box | None:
    """Return west, south, east, north of the outlines inside a unit; None where none is drawn."""
    boxes = [one.bounds for one in _top_shapes(unit)]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _top_shapes(unit: Unit | None) -> Iterator[Any]:
    """The outline of the unit itself, else those of the highest level below that has any."""
    if unit is not None and (own := Boundary.objects.filter(unit=unit).first()):
        yield shape(own.geometry)
        return
    for level in Level:
        rows = _boundaries(level, unit).values_list("geometry", flat=True)
        found = [shape(geometry) for geometry in rows.iterator(chunk_size=2000)]
        if found:
            yield from found
            return
