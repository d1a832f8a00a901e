"""pandana: a contraction hierarchy first, then its nearest and range queries."""

import sys
import time

import numpy as np
import pandana
import pandas as pd

from bench.planner.city import read_city
from bench.planner.turns import serve

city = read_city(sys.argv[1])
start = time.perf_counter()
edges = city["edges"]
network = pandana.Network(
    pd.Series(city["x"]), pd.Series(city["y"]), pd.Series(edges[:, 0]), pd.Series(edges[:, 1]),
    pd.DataFrame({"metres": city["edge_mm"] / 1000}), twoway=True,
)  # fmt: skip
built = time.perf_counter() - start
stations, people = city["stations"], city["people"].astype(float)


def nearest_station() -> np.ndarray:
    """Return mm to the nearest station for every node, as float32 metres allow."""
    network.set_pois("station", 20_000, 1, city["x"][stations], city["y"][stations])
    found = network.nearest_pois(20_000, "station", num_pois=1)
    return np.rint(found[1].to_numpy() * 1000).astype(np.int64)


def catchments() -> np.ndarray:
    """Return the people within 1000 m of each station."""
    reached = network.nodes_in_range(stations.tolist(), 1000)
    inside = people[reached["destination"].to_numpy()]
    by_source = pd.Series(inside, index=reached["source"].to_numpy())
    return by_source.groupby(level=0).sum().reindex(stations).to_numpy()


serve("pandana", {"nearest": nearest_station, "catchments": catchments}, built)
