"""My fifteen minutes (我的15分钟): from one door, which stations, how soon, and by which way.

`Walks` is made once for a walker, an hour's gates and the stations; each question then searches
only the streets within the limit. Its times are those of `cover`, to the millisecond.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.balls import Ball, ball_around
from hequan.planner.entries import Doors, Entries, walking_graph
from hequan.planner.errors import CoverageError
from hequan.planner.network import WalkNetwork
from hequan.planner.route_lines import Line, cut_line, join_lines
from hequan.planner.search import UNREACHABLE, Graph
from hequan.planner.weights import ArcWeights

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
THROUGH_FROM, THROUGH_TO, ALONG = 0, 1, 2  # how a station is entered


@dataclass(frozen=True, eq=False)
class Route:
    """One walk: its line, and the streets one after the other with their metres."""

    line: Line  # [point, 2] longitude and latitude, from the door to the station
    edges: tuple[int, ...]
    seconds: float
    metres: float


@dataclass(frozen=True, eq=False)
class Reach:
    """Stations within the limit of one door, nearest first."""

    station: npt.NDArray[np.int32]
    seconds: Floats
    metres: Floats
    walks: "Walks"
    door: Entries
    place: tuple[float, float]
    ball: Ball
    entered: npt.NDArray[np.int8]  # per row, how: THROUGH_FROM, THROUGH_TO or ALONG

    def route_to(self, station: int) -> Route:
        """Return the way to one of the stations reached."""
        rows = np.flatnonzero(self.station == station)
        if not len(rows):
            raise CoverageError(
                "fifteen.not_reached", "Station {station} is not within reach.", station=station
            )
        row = int(rows[0])
        lines, edges = _way(self, station, int(self.entered[row]))
        ends = [np.array([self.place]), np.array([self.walks.place_of(station)])]
        return Route(
            join_lines([ends[0], *lines, ends[1]]),
            tuple(edges),
            float(self.seconds[row]),
            float(self.metres[row]),
        )


@dataclass(frozen=True, eq=False)
class Walks:
    """One walker among the stations of a network at one hour."""

    network: WalkNetwork
    doors: Doors
    graph: Graph
    weights: ArcWeights
    lon: Floats
    lat: Floats
    stations: Entries
    max_snap_metres: float

    @classmethod
    def build(
        cls,
        network: WalkNetwork,
        weights: ArcWeights,
        station_lon: npt.ArrayLike,
        station_lat: npt.ArrayLike,
        *,
        doors: Doors | None = None,
        max_snap_metres: float = 500.0,
    ) -> "Walks":
        """Snap the stations; `doors` of the same network may be shared between walkers."""
        doors = doors or Doors(network)
        lon = np.atleast_1d(np.asarray(station_lon, dtype=np.float64))
        lat = np.atleast_1d(np.asarray(station_lat, dtype=np.float64))
        snapped = doors.snap(lon, lat, max_snap_metres)
        entries = doors.entries(weights, lon, lat, snapped, max_snap_metres)
        graph = walking_graph(network)
        return cls(network, doors, graph, weights, lon, lat, entries, max_snap_metres)

    def place_of(self, station: int) -> tuple[float, float]:
        """Return the longitude and latitude of a station."""
        return float(self.lon[station]), float(self.lat[station])

    def reach_from(self, lon: float, lat: float, minutes: float) -> Reach:
        """Return the stations within so many minutes of a door; none if no street is near."""
        x, y = np.array([lon], dtype=np.float64), np.array([lat], dtype=np.float64)
        if not (np.isfinite(x[0]) and np.isfinite(y[0])):
            raise CoverageError("fifteen.no_place", "Longitude and latitude must be numbers.")
        limit = int(minutes * 60_000)
        near = self.doors.snap(x, y, self.max_snap_metres)
        door = self.doors.entries(self.weights, x, y, near, self.max_snap_metres)
        ball = ball_around(self.graph, self.weights.out_weight, door.leaving(self.network), limit)
        cost, length, entered = _arrivals(self, door, ball)
        rows = np.flatnonzero(cost <= limit)
        rows = rows[np.lexsort((rows, cost[rows]))]
        return Reach(
            rows.astype(np.int32), cost[rows] / 1000, length[rows] / 1000,
            self, door, (float(lon), float(lat)), ball, entered[rows],
        )  # fmt: skip


def _arrivals(walks: Walks, door: Entries, ball: Ball) -> tuple[Longs, Longs, npt.NDArray[np.int8]]:
    """Return ms, mm and the manner of entering for every station; UNREACHABLE if none."""
    stations, network = walks.stations, walks.network
    near = stations.edge == door.edge[0] if door.edge[0] >= 0 else np.zeros(len(walks.lon), bool)
    ways = [
        _through(
            ball, network.edge_from[stations.edge], stations.arrive_from, stations.length_from
        ),
        _through(ball, network.edge_to[stations.edge], stations.arrive_to, stations.length_to),
        _along(walks, door, np.asarray(near)),
    ]
    costs, lengths = (np.stack([way[part] for way in ways]) for part in (0, 1))
    costs = np.where(stations.edge < 0, UNREACHABLE, np.minimum(costs, UNREACHABLE))
    # the cheapest, of equals the shortest, of equals the first
    best = np.lexsort((lengths, costs), axis=0)[0]
    columns = np.arange(len(best))
    return costs[best, columns], lengths[best, columns], best.astype(np.int8)


def _through(
    ball: Ball, nodes: npt.NDArray[np.int32], arrive: Longs, length: Longs
) -> tuple[Longs, Longs]:
    if not len(ball.node):
        return np.full(len(nodes), UNREACHABLE, np.int64), length
    at = np.minimum(np.searchsorted(ball.node, nodes), len(ball.node) - 1)
    found = ball.node[at] == nodes
    cost = np.where(found, ball.cost[at].astype(np.int64) + arrive, UNREACHABLE)
    return cost, ball.carry[at].astype(np.int64) + length


def _along(walks: Walks, door: Entries, near: npt.NDArray[np.bool_]) -> tuple[Longs, Longs]:
    """Return ms and mm to the stations on the door's own edge, without passing an end."""
    stations, edge = walks.stations, int(door.edge[0])
    parts = stations.fraction - door.fraction[0]
    forward, backward = int(walks.weights.forward[edge]), int(walks.weights.backward[edge])
    weight = np.where(parts >= 0, forward, backward)
    cost = np.rint(np.abs(parts) * weight).astype(np.int64) + stations.air + door.air[0]
    length = np.rint(np.abs(parts) * walks.network.edge_metres[edge] * 1000).astype(np.int64)
    reached = near & (weight != UNREACHABLE)
    return (
        np.where(reached, cost, UNREACHABLE),
        length + stations.air_length + door.air_length[0],
    )


def _way(reach: Reach, station: int, entered: int) -> tuple[list[Line], list[int]]:
    """Return the pieces of the line on the streets and their edges, in walking order."""
    walks, network = reach.walks, reach.walks.network
    first, last = int(reach.door.edge[0]), int(walks.stations.edge[station])
    start, end = float(reach.door.fraction[0]), float(walks.stations.fraction[station])
    if entered == ALONG:
        return [cut_line(network, first, start, end)], [first]
    node = int((network.edge_from if entered == THROUGH_FROM else network.edge_to)[last])
    nodes, arcs = reach.ball.path_to(node)
    lines = [cut_line(network, first, start, _leaving_end(reach, nodes[0]))]
    edges = [first]
    for arc in arcs:
        edge = int(network.arc_edge[arc])
        against = bool(network.arc_backward[arc])
        lines.append(cut_line(network, edge, float(against), float(not against)))
        edges.append(edge)
    lines.append(cut_line(network, last, 0.0 if entered == THROUGH_FROM else 1.0, end))
    return lines, [*edges, last]


def _leaving_end(reach: Reach, node: int) -> float:
    """Return the fraction, 0 or 1, of the end by which the door's edge was left."""
    edge, network = int(reach.door.edge[0]), reach.walks.network
    costs = (int(reach.door.leave_from[0]), int(reach.door.leave_to[0]))
    ends = (int(network.edge_from[edge]) == node, int(network.edge_to[edge]) == node)
    if all(ends):
        return 0.0 if costs[0] <= costs[1] else 1.0
    return 0.0 if ends[0] else 1.0
