"""From the labels of street corners to those of homes (居民点的最近站): one compiled pass.

A home looks at both ends of its edge and at the stations on that very edge, which it may reach
without passing an end.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from hequan.planner.buckets import UNSET
from hequan.planner.entries import Entries
from hequan.planner.network import WalkNetwork
from hequan.planner.search import LARGEST_COST, UNREACHABLE, frozen
from hequan.planner.weights import ArcWeights


@dataclass(frozen=True, eq=False)
class HomeLabeller:
    """Reads the searches of one walker at her homes; made once, used for every set of stations."""

    homes: tuple[npt.NDArray[np.int64], ...]
    stations: tuple[npt.NDArray[np.float64], ...]
    streets: tuple[npt.NDArray[np.int32], ...]  # and metres, float64

    @classmethod
    def build(
        cls, network: WalkNetwork, weights: ArcWeights, homes: Entries, stations: Entries
    ) -> "HomeLabeller":
        """Sort the stations by edge, and find each home's neighbours on its edge."""
        by_edge = np.argsort(stations.edge, kind="stable")
        edges = stations.edge[by_edge]
        low = np.searchsorted(edges, homes.edge, side="left")
        high = np.where(homes.edge < 0, low, np.searchsorted(edges, homes.edge, side="right"))
        found = (homes.edge, low, high, homes.air, homes.air_length)
        ends = (homes.leave_from, homes.leave_to, homes.length_from, homes.length_to)
        return cls(
            (*(frozen(row, np.int64) for row in (*found, *ends)), frozen(homes.fraction, float)),
            tuple(
                frozen(row, kind)
                for row, kind in (
                    (by_edge, np.int64),
                    (stations.fraction[by_edge], np.float64),
                    (stations.air[by_edge], np.int64),
                    (stations.air_length[by_edge], np.int64),
                )
            ),
            (
                *(frozen(row, np.int32) for row in (network.edge_from, network.edge_to)),
                *(frozen(row, np.int32) for row in (weights.forward, weights.backward)),
                frozen(network.edge_metres, np.float64),
            ),
        )

    def read(
        self,
        key: npt.NDArray[np.int64],
        carry: npt.NDArray[np.int32] | None,
        allowed: npt.NDArray[np.bool_],
        limit: int = LARGEST_COST,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return each home's label, UNSET beyond the limit, and the mm of its way if carried."""
        count = len(self.homes[0])
        label, length = np.empty(count, np.int64), np.zeros(count, np.int64)
        asked = (frozen(allowed, np.bool_), key, carry, limit, label, length)
        given: tuple[Any, ...] = (*self.homes, *self.stations, *self.streets, *asked)
        label_homes(*given)
        return label, length


@njit(cache=True, nogil=True)
def along_edge(start, end, forward, backward):  # type: ignore[no-untyped-def]
    """Return the ms between two fractions of one edge, UNREACHABLE if that direction is closed."""
    weight = forward if end >= start else backward
    if weight == UNREACHABLE:
        return np.int64(UNREACHABLE)
    return np.int64(np.rint(abs(end - start) * weight))


@njit(cache=True, nogil=True)
def better(found, walked, best, way):  # type: ignore[no-untyped-def]
    """Tell whether a label, or an equal one with a shorter way, beats the best so far."""
    return found < best or (found == best and walked < way)


@njit(cache=True, nogil=True)
def through_end(node, leg, length, key, carry, limit, best, way):  # type: ignore[no-untyped-def]
    """Return the better of the best so far and the way through one end of the edge."""
    label = key[node]
    if label == UNSET or (label >> 32) + leg > limit:
        return best, way
    found, walked = label + (leg << 32), np.int64(0)
    if carry is not None:
        walked = length + carry[node]
    return (found, walked) if better(found, walked, best, way) else (best, way)


@njit(cache=True, nogil=True)
def label_homes(  # type: ignore[no-untyped-def]
    edge, low, high, air, air_length, leave_from, leave_to, length_from, length_to, fraction,
    station, station_fraction, station_air, station_air_length,
    edge_from, edge_to, forward, backward, metres, allowed, key, carry, limit, label, length,
):  # fmt: skip
    """Fill `label` and `length` of every home with the least of its ways."""
    for home in range(len(edge)):
        best, way = UNSET, np.int64(0)
        street = edge[home]
        if street >= 0:
            best, way = through_end(
                edge_from[street], leave_from[home], length_from[home], key, carry, limit, best, way
            )
            best, way = through_end(
                edge_to[street], leave_to[home], length_to[home], key, carry, limit, best, way
            )
        for at in range(low[home], high[home]):
            if not allowed[station[at]]:
                continue
            start, end = fraction[home], station_fraction[at]
            cost = along_edge(start, end, forward[street], backward[street])
            cost += air[home] + station_air[at]
            found = (min(cost, np.int64(UNREACHABLE)) << 32) | station[at]
            walked = np.int64(np.rint(abs(end - start) * metres[street] * 1000))
            walked += air_length[home] + station_air_length[at]
            if cost <= limit and better(found, walked, best, way):
                best, way = found, walked
        label[home], length[home] = best, way
