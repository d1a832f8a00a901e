"""Outlines (边界): a polygon as it came, repaired where it crosses itself, and its area.

Area is measured on the ellipsoid, so that no projection has to be chosen for a town. Pure: shapes
and GeoJSON in, shapes and plain values out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

_DIGITS = 7  # about a centimetre


class OutlineError(ValueError):
    """A geometry that has no surface; `reason` is a stable word for the faces."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Outline:
    """A sound outline with its area, and whether it had to be repaired."""

    shape: Polygon | MultiPolygon
    km2: float
    repaired: bool
    lost_km2: float = 0.0

    def geojson(self) -> dict[str, Any]:
        """Return the outline as a GeoJSON geometry rounded to about a centimetre."""
        rounded = shapely.set_precision(self.shape, 10**-_DIGITS)
        return dict(_plain(mapping(rounded)))


def outline_from(geometry: Mapping[str, Any] | BaseGeometry) -> Outline:
    """Return a sound outline; self-crossing rings are repaired, OutlineError where none is left.

    A figure of eight becomes its two lobes; stray lines and points that a repair leaves are
    dropped.
    """
    found = _read(geometry)
    if shapely.get_coordinate_dimension(found) == 3:
        found = shapely.force_2d(found)
    _refuse_off_globe(found)
    if found.is_valid:
        return Outline(found, km2_of(found), repaired=False)
    mended = _surfaces_of(shapely.make_valid(found))
    return Outline(mended, km2_of(mended), repaired=True)


def _read(geometry: Mapping[str, Any] | BaseGeometry) -> BaseGeometry:
    if not isinstance(geometry, BaseGeometry):
        try:
            geometry = shape(geometry)
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
            raise OutlineError("unreadable") from None
    if geometry.is_empty:
        raise OutlineError("empty")
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        raise OutlineError("not-a-surface")
    return geometry


def _refuse_off_globe(found: BaseGeometry) -> None:
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise OutlineError("not-degrees")


def _surfaces_of(found: BaseGeometry) -> Polygon | MultiPolygon:
    parts = [part for part in shapely.get_parts(found) if part.geom_type == "Polygon"]
    parts += [
        piece
        for part in shapely.get_parts(found)
        if part.geom_type == "MultiPolygon"
        for piece in part.geoms
    ]
    whole = shapely.union_all(parts) if parts else MultiPolygon()
    if whole.is_empty:
        raise OutlineError("no-surface-left")
    return whole


@lru_cache(maxsize=1)
def _ellipsoid() -> Geod:
    return Geod(ellps="WGS84")


def km2_of(found: BaseGeometry) -> float:
    """Return square kilometres on the ellipsoid, holes left out."""
    area, _ = _ellipsoid().geometry_area_perimeter(shapely.orient_polygons(found))
    return float(abs(area) / 1e6)


def same_outline(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two GeoJSON geometries cover the same ground, wherever their rings begin."""
    if one == other:
        return True
    first, second = shapely.normalize(shape(one)), shapely.normalize(shape(other))
    return bool(shapely.equals_exact(first, second, tolerance=10**-_DIGITS))


def _plain(value: Any) -> Any:
    """Return tuples as lists, so that what is stored compares equal to what is read back."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
