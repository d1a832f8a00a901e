"""Topology (拓扑检查): siblings that overlap, leave a gap, or reach outside their parent.

A strip narrower than the tolerance is drawing noise and not told. Lengths and areas are metres on
a plane laid through the middle of the shapes, good to a few parts in ten thousand over a city.
Pure: shapes in, rows out; O(n log n) in the number of outlines.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

_METRES_PER_DEGREE = 111_195.0


class TopologyFault(StrEnum):
    """What can be wrong between outlines."""

    GAP = "gap"
    OVERLAP = "overlap"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class TopologyFinding:
    """One fault: the units it lies between or belongs to, how large it is and where."""

    fault: TopologyFault
    units: tuple[int, ...]
    square_metres: float
    width_metres: float
    lon: float
    lat: float


@dataclass(frozen=True)
class TopologyReport:
    """The faults among the outlines of siblings, the largest first."""

    findings: tuple[TopologyFinding, ...]
    outlines: int
    tolerance_metres: float

    @property
    def is_sound(self) -> bool:
        """Tell whether the outlines tile their parent."""
        return not self.findings


@dataclass(frozen=True)
class _Plane:
    """Metres east and north of a middle point."""

    lon: float
    lat: float

    def _stretch(self) -> npt.NDArray[np.float64]:
        east = _METRES_PER_DEGREE * np.cos(np.radians(self.lat))
        return np.asarray([east, _METRES_PER_DEGREE])

    def metres(self, shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        """Return the shapes in metres, sound again where moving broke them."""
        moved = shapely.transform(
            np.asarray(list(shapes), dtype=object),
            lambda points: (points - [self.lon, self.lat]) * self._stretch(),
        )
        return [one if one.is_valid else shapely.make_valid(one) for one in moved]

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a place in metres."""
        east, north = self._stretch()
        return float(x / east + self.lon), float(y / north + self.lat)


def check_topology(
    outlines: Mapping[int, BaseGeometry],
    parent: BaseGeometry | None = None,
    *,
    tolerance_metres: float = 1.0,
) -> TopologyReport:
    """Return what is wrong between sibling outlines (by unit id) and with their parent's.

    Without a parent only the gaps enclosed by the siblings are known.
    """
    if not outlines:
        return TopologyReport((), 0, tolerance_metres)
    ids = list(outlines)
    plane = _plane_of(outlines.values())
    shapes = plane.metres(outlines[pk] for pk in ids)
    around = plane.metres([parent])[0] if parent is not None else None
    found = [
        *_overlaps(ids, shapes, plane, tolerance_metres),
        *_gaps(ids, shapes, around, plane, tolerance_metres),
        *_outside(ids, shapes, around, plane, tolerance_metres),
    ]
    found.sort(key=lambda one: (-one.square_metres, one.units))
    return TopologyReport(tuple(found), len(ids), tolerance_metres)


def _plane_of(outlines: Iterable[BaseGeometry]) -> _Plane:
    west, south, east, north = shapely.total_bounds(np.asarray(list(outlines), dtype=object))
    return _Plane((west + east) / 2, (south + north) / 2)


def _overlaps(
    ids: list[int], shapes: list[BaseGeometry], plane: _Plane, tolerance: float
) -> list[TopologyFinding]:
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    found = []
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        if one < other:
            common = shapes[one].intersection(shapes[other])
            for part, width in _wide_parts(common, tolerance):
                units = (ids[one], ids[other])
                found.append(_finding(TopologyFault.OVERLAP, units, part, width, plane))
    return found


def _gaps(
    ids: list[int],
    shapes: list[BaseGeometry],
    parent: BaseGeometry | None,
    plane: _Plane,
    tolerance: float,
) -> list[TopologyFinding]:
    together = shapely.union_all(shapes)
    if parent is None:
        rings = (ring for part in _polygons(together) for ring in part.interiors)
        missing = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    else:
        missing = parent.difference(together)
    tree = shapely.STRtree(shapes)
    found = []
    for part, width in _wide_parts(missing, tolerance):
        near = tree.query(part, predicate="dwithin", distance=tolerance)
        units = tuple(sorted(ids[at] for at in near.tolist()))
        found.append(_finding(TopologyFault.GAP, units, part, width, plane))
    return found


def _outside(
    ids: list[int],
    shapes: list[BaseGeometry],
    parent: BaseGeometry | None,
    plane: _Plane,
    tolerance: float,
) -> list[TopologyFinding]:
    if parent is None:
        return []
    return [
        _finding(TopologyFault.OUTSIDE, (pk,), part, width, plane)
        for pk, one in zip(ids, shapes, strict=True)
        for part, width in _wide_parts(one.difference(parent), tolerance)
    ]


def _polygons(found: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shapely.get_parts(found))
    return [part for part in parts if part.geom_type == "Polygon"]


def _wide_parts(found: BaseGeometry, tolerance: float) -> list[tuple[BaseGeometry, float]]:
    """The pieces that are wider than the tolerance somewhere, with their width."""
    # the largest circle fits into the area: most slivers end here without a search for it
    smallest = math.pi * (tolerance / 2) ** 2
    sized = ((part, _width(part)) for part in _polygons(found) if part.area > smallest)
    return [(part, width) for part, width in sized if width > tolerance]


def _width(part: BaseGeometry) -> float:
    """The diameter of the largest circle inside: how wide the piece is at its widest."""
    circle = shapely.maximum_inscribed_circle(part, tolerance=max(part.length / 10_000, 0.01))
    return 2 * float(circle.length)


def _finding(
    fault: TopologyFault, units: tuple[int, ...], part: BaseGeometry, width: float, plane: _Plane
) -> TopologyFinding:
    inside = part.representative_point()
    lon, lat = plane.degrees(inside.x, inside.y)
    return TopologyFinding(fault, units, float(part.area), width, lon, lat)
