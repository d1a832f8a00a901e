"""scipy's Dijkstra from many sources at once, and one limited search for each service."""

import sys
import time

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.planner.city import CLOSED, SERVICES, read_city
from bench.planner.turns import serve

LIMIT = 15 * 60_000
FAR = CLOSED  # what the product writes where nothing is reached

city = read_city(sys.argv[1])
start = time.perf_counter()
shape = (len(city["ptr"]) - 1,) * 2


def graph_of(weight: np.ndarray) -> csr_array:
    """Return a matrix of the arcs that are open."""
    tail = np.repeat(np.arange(shape[0]), np.diff(city["ptr"]))
    is_open = weight != CLOSED
    arcs = (tail[is_open], city["head"][is_open])
    return csr_array((weight[is_open].astype(float), arcs), shape)


streets = graph_of(city["mm"])
built = time.perf_counter() - start
walks = [graph_of(weight) for weight in city["walks"]]


def whole(cost: np.ndarray) -> np.ndarray:
    """Return costs as the product writes them."""
    return np.where(np.isinf(cost), FAR, cost).astype(np.int32)


def nearest_station() -> np.ndarray:
    """Return mm to the nearest station, with the station as scipy tells it, for every node."""
    cost, _, _ = dijkstra(
        streets, indices=city["stations"], min_only=True, return_predecessors=True
    )
    return whole(cost)


def services() -> np.ndarray:
    """Return ms for 4 walkers x 8 services, one search after the other."""
    found = []
    for graph in walks:
        for service in range(SERVICES):
            own = city["stations"][city["service"] == service]
            cost, _, _ = dijkstra(
                graph, indices=own, min_only=True, limit=LIMIT, return_predecessors=True
            )
            found.append(whole(cost))
    return np.stack(found)


serve("scipy", {"nearest": nearest_station, "services": services}, built)
