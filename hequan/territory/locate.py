"""Point -> unit (定位): which micro-grid, committee or town a point lies in.

One index per level over the outlines of all units in force; a point on a shared border belongs to
exactly one of them. Built once per process and version of the territory, then answers from memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from hequan.planner.pointlocation import PolygonIndex
from hequan.territory.kinds import Level

Ids = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]
Outlines = tuple[Sequence[int], Sequence[BaseGeometry]]  # unit ids and their outlines


@dataclass(frozen=True)
class LevelIndex:
    """The outlines of one level and the unit each belongs to."""

    unit_ids: Ids
    polygons: PolygonIndex

    def locate(self, lon: Degrees, lat: Degrees) -> Ids:
        """Return the id of the unit of each point, 0 where it lies in none."""
        # index -1, in no polygon, reads the last value
        return np.append(self.unit_ids, 0)[self.polygons.locate(lon, lat)]


class UnitLocator:
    """The outlines of the whole territory, level by level."""

    def __init__(
        self, levels: Mapping[Level, tuple[Sequence[int], Sequence[BaseGeometry]]]
    ) -> None:
        self._levels = {
            level: LevelIndex(np.asarray(ids, dtype=np.int64), PolygonIndex.build(shapes))
            for level, (ids, shapes) in levels.items()
            if len(ids)
        }

    @property
    def levels(self) -> tuple[Level, ...]:
        """Return the levels that have outlines, the city first."""
        return tuple(level for level in Level if level in self._levels)

    def locate(self, lon: npt.ArrayLike, lat: npt.ArrayLike, level: Level | None = None) -> Ids:
        """Return the unit of each point at that level, or the smallest one; 0 where none is."""
        x = np.atleast_1d(np.asarray(lon, np.float64))
        y = np.atleast_1d(np.asarray(lat, np.float64))
        if level is not None:
            index = self._levels.get(level)
            return index.locate(x, y) if index else np.zeros(len(x), dtype=np.int64)
        found = np.zeros(len(x), dtype=np.int64)
        for deeper in reversed(self.levels):
            open_points = np.flatnonzero(found == 0)
            if not len(open_points):
                break
            found[open_points] = self._levels[deeper].locate(x[open_points], y[open_points])
        return found
