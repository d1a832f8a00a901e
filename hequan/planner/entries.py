"""Getting on and off the streets (上路点): homes and stations as points along an edge.

A point walks straight to the nearest edge its walker may use and goes on along that edge, towards
either end. The straight leg counts as walking at the walker's speed. Small islands of streets
without a way out, mostly slips in the map, are passed over.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from hequan.planner.network import WalkNetwork
from hequan.planner.search import UNREACHABLE, Graph, Seeds
from hequan.planner.snapping import SnapIndex, Snapped
from hequan.planner.weights import ArcWeights

ISLAND_NODES = 20  # parts of fewer nodes are passed over, the largest part never
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Entries:
    """Points on edges (edge -1 = none near): milliseconds and millimetres to both ends and back."""

    edge: npt.NDArray[np.int32]
    fraction: Floats
    air: Longs  # ms of the straight leg
    air_length: Longs  # mm
    leave_from: Longs  # ms from the point to edge_from, straight leg included; UNREACHABLE = closed
    leave_to: Longs
    arrive_from: Longs  # ms from edge_from to the point
    arrive_to: Longs
    length_from: Longs  # mm between the point and edge_from, straight leg included
    length_to: Longs

    def leaving(self, network: WalkNetwork) -> Seeds:
        """Return seeds of a search that walks away from the points; owners are their indices."""
        return self._seeds(network, self.leave_from, self.leave_to)

    def arriving(self, network: WalkNetwork) -> Seeds:
        """Return seeds of a search, against the walking direction, for ways to the points."""
        return self._seeds(network, self.arrive_from, self.arrive_to)

    def _seeds(self, network: WalkNetwork, at_from: Longs, at_to: Longs) -> Seeds:
        owner = np.flatnonzero(self.edge >= 0)
        edge = self.edge[owner]
        node = np.concatenate([network.edge_from[edge], network.edge_to[edge]])
        cost = np.concatenate([at_from[owner], at_to[owner]])
        carry = np.concatenate([self.length_from[owner], self.length_to[owner]])
        owner = np.concatenate([owner, owner])
        order = np.lexsort((owner, node))  # neighbours together: the queue starts in memory order
        order = order[cost[order] < UNREACHABLE]
        return Seeds(node[order], cost[order], owner[order], carry[order])


class Doors:
    """Finds the entries of points on one network, for any walker."""

    def __init__(self, network: WalkNetwork) -> None:
        """Build the index of all edges outside small islands."""
        self.network = network
        sizes = np.bincount(network.component)
        kept = (sizes >= ISLAND_NODES) | (np.arange(len(sizes)) == 0)
        self.mainland = np.asarray(kept[network.component[network.edge_from]])
        self.index = SnapIndex.build(network, self.mainland)
        self._narrower: WeakKeyDictionary[ArcWeights, SnapIndex | None] = WeakKeyDictionary()

    def snap(self, lon: Floats, lat: Floats, max_metres: float) -> Snapped:
        """Return the nearest points on edges, whoever walks."""
        return self.index.snap(lon, lat, max_metres=max_metres)

    def entries(
        self, weights: ArcWeights, lon: Floats, lat: Floats, snapped: Snapped, max_metres: float
    ) -> Entries:
        """Return the entries for one walker; points on an edge closed to her are snapped anew."""
        edge, fraction, metres = snapped.edge, snapped.fraction, snapped.metres
        closed = np.flatnonzero((edge >= 0) & ~weights.usable[edge])
        if len(closed):
            edge, fraction, metres = edge.copy(), fraction.copy(), metres.copy()
            edge[closed], metres[closed] = -1, np.inf
            index = self._index_for(weights)
            if index is not None:
                again = index.snap(lon[closed], lat[closed], max_metres=max_metres)
                edge[closed], fraction[closed] = again.edge, again.fraction
                metres[closed] = again.metres
        return entries_of(self.network, weights, edge, fraction, metres)

    def _index_for(self, weights: ArcWeights) -> SnapIndex | None:
        """Return the index of what this walker may use, None if that is nothing; built once."""
        if weights not in self._narrower:
            usable = weights.usable & self.mainland & (self.network.edge_metres > 0)
            index = SnapIndex.build(self.network, usable) if usable.any() else None
            self._narrower[weights] = index
        return self._narrower[weights]


def entries_of(
    network: WalkNetwork,
    weights: ArcWeights,
    edge: npt.NDArray[np.int32],
    fraction: Floats,
    metres: Floats,
) -> Entries:
    """Return the entries of points that lie `metres` beside their edge, at a fraction of it."""
    lost = edge < 0
    part = np.where(lost, 0.0, fraction)
    straight = np.where(lost, 0.0, metres)
    air = np.rint(straight / weights.profile.metres_per_second * 1000).astype(np.int64)
    length = network.edge_metres[edge] * 1000
    air_length = np.rint(straight * 1000).astype(np.int64)
    forward, backward = weights.forward[edge], weights.backward[edge]
    return Entries(
        edge=edge.astype(np.int32),
        fraction=part,
        air=air,
        air_length=air_length,
        leave_from=leg(backward, part, air, lost),
        leave_to=leg(forward, 1 - part, air, lost),
        arrive_from=leg(forward, part, air, lost),
        arrive_to=leg(backward, 1 - part, air, lost),
        length_from=np.rint(length * part).astype(np.int64) + air_length,
        length_to=np.rint(length * (1 - part)).astype(np.int64) + air_length,
    )


def leg(
    weight: npt.NDArray[np.int32], part: Floats, air: Longs, lost: npt.NDArray[np.bool_]
) -> Longs:
    """Return ms along a part of an edge and the straight leg; UNREACHABLE if closed or lost."""
    cost = np.rint(weight * part).astype(np.int64) + air
    return np.where(lost | (weight == UNREACHABLE), UNREACHABLE, np.minimum(cost, UNREACHABLE))


def walking_graph(network: WalkNetwork) -> Graph:
    """Return the network's adjacency, carrying millimetres."""
    millimetres = np.rint(network.edge_metres * 1000).astype(np.int32)
    return Graph(network.arc_ptr, network.arc_head, millimetres[network.arc_edge])
