"""Outlines (边界): a polygon as it came, repaired where it crosses itself, and its area.

Area is measured on an equal-area projection of the ellipsoid, the same for a village and a city.
A whole city's outlines are looked at in one pass. Pure: shapes and GeoJSON in, shapes and plain
values out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

_DIGITS = 7  # about a centimetre
_POLYGONS = (3, 6)  # shapely's type numbers of Polygon and MultiPolygon
Geometry: TypeAlias = Mapping[str, Any] | BaseGeometry
Shapes = npt.NDArray[np.object_]


class OutlineError(ValueError):
    """A geometry that has no surface; `reason` is a stable word for the faces."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Outline:
    """A sound outline rounded to about a centimetre, its area, and whether it was repaired."""

    shape: Polygon | MultiPolygon
    km2: float
    repaired: bool

    def text(self) -> str:
        """Return the outline as the text of a GeoJSON geometry."""
        return str(shapely.to_geojson(self.shape))

    def geojson(self) -> dict[str, Any]:
        """Return the outline as a GeoJSON geometry."""
        return dict(json.loads(self.text()))


def outline_from(geometry: Geometry) -> Outline:
    """Return one sound outline; OutlineError where there is no surface."""
    (found,) = outlines_from([geometry])
    if isinstance(found, OutlineError):
        raise found
    return found


def outlines_from(geometries: Sequence[Geometry]) -> list[Outline | OutlineError]:
    """Return a sound outline of each geometry, or why it has none.

    Self-crossing rings are repaired: a figure of eight becomes its two lobes; stray lines and
    points that a repair leaves are dropped.
    """
    read = [_read(geometry) for geometry in geometries]
    good = [at for at, one in enumerate(read) if not isinstance(one, OutlineError)]
    given = shapely.force_2d(np.asarray([read[at] for at in good], dtype=object))
    sound, repaired = _repaired(_rounded(given))
    areas = shapely.area(_equal_area(sound)) / 1e6
    found: list[Outline | OutlineError] = [
        one if isinstance(one, OutlineError) else OutlineError("no-surface-left") for one in read
    ]
    for at, one, km2, was_repaired in zip(good, sound, areas, repaired, strict=True):
        if not one.is_empty:
            found[at] = Outline(one, float(km2), bool(was_repaired))
    return found


def _read(geometry: Geometry) -> BaseGeometry | OutlineError:
    if not isinstance(geometry, BaseGeometry):
        try:
            geometry = shape(geometry)
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
            return OutlineError("unreadable")
    if geometry.is_empty:
        return OutlineError("empty")
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return OutlineError("not-a-surface")
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return OutlineError("not-degrees")
    return geometry


def _rounded(shapes: Shapes) -> Shapes:
    return np.asarray(shapely.transform(shapes, lambda xy: np.round(xy, _DIGITS)), dtype=object)


def _repaired(shapes: Shapes) -> tuple[Shapes, npt.NDArray[np.bool_]]:
    """Sound shapes, and which of them crossed themselves."""
    broken = ~np.asarray(shapely.is_valid(shapes), dtype=bool)
    sound = shapes.copy()
    for at in np.flatnonzero(broken).tolist():
        sound[at] = _surfaces_of(shapely.make_valid(shapes[at]))
    return sound, broken


def _surfaces_of(found: BaseGeometry) -> BaseGeometry:
    # a collection may hold multipolygons: taking parts twice reaches single polygons
    parts = shapely.get_parts(shapely.get_parts(found))
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])


@lru_cache(maxsize=1)
def _to_equal_area() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True)


def _equal_area(shapes: Shapes) -> Shapes:
    def columns(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(_to_equal_area().transform(xy[:, 0], xy[:, 1]))

    return np.asarray(shapely.transform(shapes, columns), dtype=object)


def km2_of(found: BaseGeometry) -> float:
    """Return square kilometres on the ellipsoid, holes left out."""
    return float(shapely.area(_equal_area(np.asarray([found], dtype=object)))[0] / 1e6)


def same_outline(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two GeoJSON geometries cover the same ground, wherever their rings begin."""
    if one == other:
        return True
    first, second = shapely.normalize(shape(one)), shapely.normalize(shape(other))
    return bool(shapely.equals_exact(first, second, tolerance=10**-_DIGITS))
