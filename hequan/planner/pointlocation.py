"""Which polygon a point lies in (点在哪个网格): a whole city's units, a million points a second.

A mesh of cells holds, for each cell, the polygons that may touch it; a cell that lies inside one
polygon as a whole answers at once. A point is inside when a ray from it crosses the boundary an odd
number of times; an edge counts from its lower end up to, but without, its upper end. Both sides of
a shared border see the same numbers, so a point on it belongs to exactly one of the two. Only
points on the outer border of everything may fall to nobody by that rule; they go to the polygon
whose border they lie on, to a tenth of a millimetre. Where polygons overlap, the first one wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from hequan.planner.errors import PlannerError
from hequan.planner.mesh_kernels import cells_of, fill_mesh, locate_points
from hequan.planner.search import frozen

CELLS_PER_POLYGON = 24


@dataclass(frozen=True, eq=False)
class PolygonIndex:
    """Polygons, with holes and several parts, ready to be asked for points; see `build`."""

    frame: npt.NDArray[np.float64]  # west, south, cell width and height, east, north
    side: int  # cells in a row and in a column
    arrays: tuple[npt.NDArray[Any], ...]  # as the kernels take them

    @classmethod
    def build(cls, polygons: Sequence[Any]) -> "PolygonIndex":
        """Return the index of shapely polygons or multipolygons, or of lists of rings.

        A ring is an array [point, 2] of longitude and latitude; holes follow by lying inside.
        Empty polygons hold nothing.
        """
        edges, owner = _edges(polygons)
        if not np.isfinite(edges).all():
            raise PlannerError("polygons.not_finite", "A boundary has a point without position.")
        edge_ptr = np.searchsorted(owner, np.arange(len(polygons) + 1))
        box = np.full((len(polygons), 4), np.nan)
        filled = np.flatnonzero(np.diff(edge_ptr))
        if len(filled):
            starts = edge_ptr[:-1][filled]
            low = np.minimum.reduceat(np.minimum(edges[:, :2], edges[:, 2:]), starts)
            high = np.maximum.reduceat(np.maximum(edges[:, :2], edges[:, 2:]), starts)
            box[filled] = np.concatenate([low, high], axis=1)
        return cls(*_mesh(frozen(edges, np.float64), frozen(edge_ptr, np.int64), box))

    def locate(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """Return for each point the number of its polygon, -1 outside all."""
        x, y = frozen(np.atleast_1d(lon), np.float64), frozen(np.atleast_1d(lat), np.float64)
        cells, found = np.empty(len(x), np.int32), np.empty(len(x), np.int32)
        cells_of(x, y, self.frame, self.side, cells)
        # neighbours one after the other: their polygons are still near in memory
        order = np.argsort(cells)
        locate_points(x, y, cells, order, found, self.frame, *self.arrays)
        return found

    def locate_one(self, lon: float, lat: float) -> int:
        """Return the number of the polygon of one point, -1 outside all."""
        return int(self.locate(lon, lat)[0])


def _edges(
    polygons: Sequence[Any],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return all edges as x1, y1, x2, y2 with the lower end first, and their polygons, rising."""
    areas = np.array([_area(polygon) for polygon in polygons], dtype=object)
    parts, of_polygon = shapely.get_parts(areas, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.flatnonzero(ring[1:] == ring[:-1])
    a, b = xy[first], xy[first + 1]
    # the same end first on both sides of a border, so that both compute with the same numbers
    swap = (a[:, 1] > b[:, 1]) | ((a[:, 1] == b[:, 1]) & (a[:, 0] > b[:, 0]))
    low, high = np.where(swap[:, None], b, a), np.where(swap[:, None], a, b)
    return np.concatenate([low, high], axis=1), of_polygon[of_part[ring[first]]]


def _area(polygon: Any) -> Any:
    """Return a shapely geometry with an inside; a list of rings becomes one."""
    if not isinstance(polygon, shapely.Geometry):
        rings = [shapely.polygons(np.asarray(ring, dtype=np.float64)) for ring in polygon]
        return shapely.multipolygons(rings)  # crossings are counted: a hole is a ring like others
    if polygon.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
        raise PlannerError(
            "polygons.kind", "{kind} has no inside; give areas.", kind=polygon.geom_type
        )
    return polygon


def _mesh(
    edges: npt.NDArray[np.float64],
    edge_ptr: npt.NDArray[np.int64],
    box: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], int, tuple[npt.NDArray[Any], ...]]:
    """Return the frame of the mesh, its cells per side, and what lies in them."""
    filled = box[np.isfinite(box[:, 0])] if len(box) else box
    if not len(filled):
        filled = np.zeros((1, 4))
    west, south = filled[:, :2].min(axis=0)
    east, north = filled[:, 2:].max(axis=0)
    side = int(np.clip(np.sqrt(len(filled) * CELLS_PER_POLYGON), 1, 4096))
    steps = ((east - west) / side or 1.0, (north - south) / side or 1.0)
    frame = frozen(np.array([west, south, *steps, east, north]), np.float64)
    boxes = frozen(box, np.float64)
    cell_ptr, candidates, whole = fill_mesh(frame, side, edges, edge_ptr, boxes)
    kept = (
        frozen(cell_ptr, np.int64),
        frozen(candidates, np.int32),
        frozen(whole, np.int32),
        boxes,
        edge_ptr,
        edges,
    )
    return frame, side, kept
