"""The nearest point on an edge (就近上路): where a home or a station enters the street network.

A grid holds the straight pieces of all shapes; a search looks at cells in growing rings until no
nearer piece can follow, so the answer is exact. Distances are local: metres per degree of longitude
are those at the latitude of the point, good to a millimetre in a hundred metres. Of edges equally
near the lowest wins. Edges without length (gates) are never answered.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner import snapping_grid
from hequan.planner.errors import NetworkError
from hequan.planner.network import SHAPE_UNITS_PER_DEGREE, WalkNetwork, metres_between


@dataclass(frozen=True, eq=False)
class Snapped:
    """For each point its edge (-1 = none), where along it from -> to, and how far away that is."""

    edge: npt.NDArray[np.int32]
    fraction: npt.NDArray[np.float64]  # 0 at edge_from, 1 at edge_to, by metres along the shape
    metres: npt.NDArray[np.float64]  # straight from the point to the edge; inf = none
    lon: npt.NDArray[np.float64]  # the point on the edge; NaN = none
    lat: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SnapIndex:
    """A grid over the usable edges of one network; building it pays for many searches."""

    grid: snapping_grid.Grid

    @classmethod
    def build(
        cls, network: WalkNetwork, usable: npt.NDArray[np.bool_] | None = None
    ) -> "SnapIndex":
        """Return an index of all edges, or of those marked usable (one bool for each edge)."""
        allowed = network.edge_metres > 0
        if usable is not None:
            allowed = allowed & usable
        if not allowed.any():
            raise NetworkError(
                "network.unusable", "No street of the network is open to this way of walking."
            )
        return cls(snapping_grid.build_grid(*_straight_pieces(network, allowed)))

    def snap(
        self, lon: npt.ArrayLike, lat: npt.ArrayLike, *, max_metres: float = np.inf
    ) -> Snapped:
        """Return the nearest point on an edge within `max_metres` for each point in degrees."""
        lon = np.atleast_1d(np.asarray(lon, np.float64))
        lat = np.atleast_1d(np.asarray(lat, np.float64))
        if lon.shape != lat.shape or not (np.isfinite(lon).all() and np.isfinite(lat).all()):
            raise NetworkError("network.points", "Points need one longitude and latitude each.")
        return Snapped(*snapping_grid.nearest_on_edges(self.grid, lon, lat, max_metres))


def snap(
    network: WalkNetwork,
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    *,
    max_metres: float = np.inf,
    usable: npt.NDArray[np.bool_] | None = None,
) -> Snapped:
    """Return the nearest point on an edge for each point; keep a `SnapIndex` to ask again."""
    return SnapIndex.build(network, usable).snap(lon, lat, max_metres=max_metres)


def _straight_pieces(
    network: WalkNetwork, allowed: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Return ends in degrees with the fractions of the edge there, and the edge, per piece."""
    lon = network.shape_lon_e7 / SHAPE_UNITS_PER_DEGREE
    lat = network.shape_lat_e7 / SHAPE_UNITS_PER_DEGREE
    count = np.diff(network.shape_ptr)
    edge = np.repeat(np.arange(network.edge_count), count)
    last = np.zeros(len(lon), dtype=bool)
    last[network.shape_ptr[1:] - 1] = True
    starts = np.flatnonzero(~last)
    metres = np.zeros(len(lon))
    metres[starts + 1] = metres_between(lon[starts], lat[starts], lon[starts + 1], lat[starts + 1])
    along = np.cumsum(metres)
    along -= along[network.shape_ptr[:-1]][edge]
    total = along[network.shape_ptr[1:] - 1][edge]
    along = np.divide(along, total, out=np.zeros(len(lon)), where=total > 0)
    starts = starts[allowed[edge[starts]]]
    ends = starts + 1
    pieces = np.stack(
        [lon[starts], lat[starts], lon[ends], lat[ends], along[starts], along[ends]], axis=1
    )
    return pieces, edge[starts].astype(np.int32)
