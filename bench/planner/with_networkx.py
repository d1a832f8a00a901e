"""networkx with a cutoff, one search for each station."""

import sys
import time

import networkx as nx
import numpy as np

from bench.planner.city import read_city
from bench.planner.turns import serve

city = read_city(sys.argv[1])
start = time.perf_counter()
graph = nx.Graph()
graph.add_weighted_edges_from(
    zip(*(side.tolist() for side in city["edges"].T), city["edge_mm"].tolist(), strict=True)
)
people = city["people"].tolist()
built = time.perf_counter() - start


def catchments() -> np.ndarray:
    """Return the people within 1000 m of each station."""
    reached = (
        nx.single_source_dijkstra_path_length(graph, station, cutoff=1_000_000)
        for station in city["stations"].tolist()
    )
    return np.array([float(sum(people[node] for node in nodes)) for nodes in reached])


serve("networkx", {"catchments": catchments}, built)
