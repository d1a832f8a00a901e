"""The walking network (步行路网): what can be walked, as flat arrays.

Nodes are junctions and ends; a piece of street between two of them is one edge with its length,
its shape and what a walker meets on it (steps, crossings, a gate with hours). Nodes lie in Morton
order, so that neighbours on the ground are neighbours in memory. Both directions of every edge
stand in one adjacency (`arc_*`); a direction nobody may walk is closed by its weight, not left out,
so the same adjacency serves searches along and against the walking direction.

Positions are WGS-84 / CGCS2000 degrees; lengths are great-circle metres along the shape.
"""

import enum
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import NetworkError

EARTH_RADIUS_METRES = 6_371_008.8
METRES_PER_DEGREE = EARTH_RADIUS_METRES * np.pi / 180.0
SHAPE_UNITS_PER_DEGREE = 10_000_000  # OpenStreetMap's own resolution, 1.1 cm


class EdgeFlag(enum.IntFlag):
    """What a walker meets on one edge, or at one street node before it becomes an edge."""

    STEPS = 1
    CROSSING = 2  # a marked way over a road
    GATE = 4  # passable by opening hours, see edge_gate
    FORWARD_ONLY = 8  # on foot only from -> to
    BACKWARD_ONLY = 16
    NO_WHEELS = 32  # not for wheelchairs
    WHEELS_OK = 64  # expressly for wheelchairs: overrules STEPS (a ramp beside them)
    ESCALATOR = 128
    BLOCKED = 256  # only at nodes: nobody passes, the street ends on both sides


@dataclass(frozen=True)
class Gate:
    """A gate or a way with hours (门): name as mapped, hours in OpenStreetMap's opening_hours."""

    name: str
    opening_hours: str


@dataclass(frozen=True, eq=False)
class WalkNetwork:
    """Junctions, pieces of street between them, and one adjacency for both directions."""

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    component: npt.NDArray[np.int32]  # 0 = the part with most metres, gates taken as open
    edge_from: npt.NDArray[np.int32]
    edge_to: npt.NDArray[np.int32]
    edge_metres: npt.NDArray[np.float64]
    edge_incline: npt.NDArray[np.float32]  # rise over run along from -> to; 0 = flat or unknown
    edge_flags: npt.NDArray[np.uint16]
    edge_crossings: npt.NDArray[np.uint8]
    edge_gate: npt.NDArray[np.int32]  # index into gates, -1 = none
    edge_name: npt.NDArray[np.int32]  # index into names, -1 = none
    shape_ptr: npt.NDArray[np.int64]  # edge e has points shape_ptr[e]:shape_ptr[e + 1]
    shape_lon_e7: npt.NDArray[np.int32]  # 1e-7 degrees, both ends included, from -> to
    shape_lat_e7: npt.NDArray[np.int32]
    arc_ptr: npt.NDArray[np.int64]  # node v has arcs arc_ptr[v]:arc_ptr[v + 1]
    arc_head: npt.NDArray[np.int32]
    arc_edge: npt.NDArray[np.int32]
    arc_backward: npt.NDArray[np.bool_]  # the arc runs to -> from of its edge
    gates: tuple[Gate, ...] = ()
    names: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse arrays whose lengths contradict each other."""
        edges, nodes = len(self.edge_from), len(self.lon)
        lengths = {name: len(getattr(self, name)) for name in ARRAYS}
        expected = {name: edges for name in ARRAYS if name.startswith("edge_")}
        expected |= {"lat": nodes, "component": nodes, "arc_ptr": nodes + 1}
        expected |= {"shape_ptr": edges + 1, "shape_lat_e7": len(self.shape_lon_e7)}
        expected |= dict.fromkeys(("arc_head", "arc_edge", "arc_backward"), 2 * edges)
        for name, length in expected.items():
            if lengths[name] != length:
                raise NetworkError(
                    "network.lengths",
                    "{name} has {found} values where {expected} are expected; build it again.",
                    name=name,
                    found=lengths[name],
                    expected=length,
                )

    @property
    def node_count(self) -> int:
        """Return how many junctions and ends there are."""
        return len(self.lon)

    @property
    def edge_count(self) -> int:
        """Return how many pieces of street there are, each counted once."""
        return len(self.edge_from)

    @property
    def metres(self) -> float:
        """Return the length of all pieces, each counted once."""
        return float(self.edge_metres.sum())

    def line(self, edge: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the longitudes and latitudes of one edge's shape, from -> to."""
        part = slice(int(self.shape_ptr[edge]), int(self.shape_ptr[edge + 1]))
        lon = self.shape_lon_e7[part] / SHAPE_UNITS_PER_DEGREE
        return lon, self.shape_lat_e7[part] / SHAPE_UNITS_PER_DEGREE

    def name_of(self, edge: int) -> str:
        """Return the street name of one edge, or an empty text."""
        index = int(self.edge_name[edge])
        return self.names[index] if index >= 0 else ""

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of all shapes, in degrees."""
        lon, lat = self.shape_lon_e7, self.shape_lat_e7
        units = np.array([lon.min(), lat.min(), lon.max(), lat.max()]) / SHAPE_UNITS_PER_DEGREE
        west, south, east, north = (float(value) for value in units)
        return west, south, east, north


ARRAYS: tuple[str, ...] = tuple(
    field.name for field in fields(WalkNetwork) if field.name not in ("gates", "names", "source")
)


def metres_between(
    lon1: npt.ArrayLike, lat1: npt.ArrayLike, lon2: npt.ArrayLike, lat2: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return great-circle metres between points in degrees (haversine, mean Earth radius)."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_phi = (phi2 - phi1) / 2
    half_lambda = (np.radians(lon2) - np.radians(lon1)) / 2
    root = np.sin(half_phi) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(half_lambda) ** 2
    metres = 2 * EARTH_RADIUS_METRES * np.arcsin(np.sqrt(root))
    return np.asarray(metres, dtype=np.float64)
