"""The product's searches."""

import sys
import time

import numpy as np

from bench.planner.city import SERVICES, SPEEDS, read_city
from bench.planner.turns import serve
from hequan.planner import Graph, Search, Seeds, ball_sums, nearest, nearest_many
from hequan.planner.warm import warm

LIMIT = 15 * 60_000

warm()  # the server does so before it is ready
city = read_city(sys.argv[1])
start = time.perf_counter()
graph = Graph(city["ptr"], city["head"])
stations = city["stations"]
zeros = np.zeros(len(stations), np.int32)
seeds = Seeds(stations, zeros, np.arange(len(stations), dtype=np.int32))
people = city["people"][:, None].astype(float)
by_service = [np.flatnonzero(city["service"] == service) for service in range(SERVICES)]
searches = [
    Search(weight, Seeds(stations[own], zeros[own], np.arange(len(own))), LIMIT)
    for weight in city["walks"]
    for own in by_service
]
built = time.perf_counter() - start


def nearest_station() -> np.ndarray:
    """Return mm to the nearest station for every node."""
    return nearest(graph, city["mm"], seeds)[0]


def services() -> np.ndarray:
    """Return ms for 4 walkers x 8 services in one pass."""
    return nearest_many(graph, searches)[0]


def services_one_thread() -> np.ndarray:
    """Return the same, on one thread."""
    return nearest_many(graph, searches, threads=1)[0]


def catchments() -> np.ndarray:
    """Return the people within 1000 m of each station."""
    return ball_sums(graph, city["mm"], seeds, 1_000_000, people)[:, 0]


assert len(searches) == len(SPEEDS) * SERVICES
serve(
    "hequan",
    {
        "nearest": nearest_station,
        "services": services,
        "services_one_thread": services_one_thread,
        "catchments": catchments,
    },
    built,
)
