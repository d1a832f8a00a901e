"""Measurements without a rival tool, or whose rival is part of the product's own libraries."""

import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from hequan.planner import CoverageProblem, PolygonIndex, build_network, cover
from hequan.planner.street_pieces import street_pieces

METRE = 1 / 111_195.0797343


def _median(run: Callable[[], Any], turns: int = 5) -> float:
    run()
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure_point_location(count: int = 60_000, points: int = 1_000_000) -> str:
    """Return a table of points located a second, beside shapely's tree."""
    rng = np.random.default_rng(0)
    places = shapely.MultiPoint(rng.uniform(0, 1, (count, 2)) * [1.2, 1] + [121, 31])
    cells = np.array(shapely.voronoi_polygons(places).geoms)
    cells = shapely.intersection(cells, shapely.box(121, 31, 122.2, 32))
    cells = shapely.segmentize(cells, 0.0004)
    start = time.perf_counter()
    index = PolygonIndex.build(list(cells))
    built = time.perf_counter() - start
    x, y = rng.uniform(121, 122.2, points), rng.uniform(31, 32, points)
    batch = _median(lambda: index.locate(x, y))
    one = _median(lambda: [index.locate_one(x[i], y[i]) for i in range(1000)]) / 1000
    tree, some = shapely.STRtree(cells), shapely.points(x[:50_000], y[:50_000])
    start = time.perf_counter()
    found = tree.query(some, predicate="within")
    rival = time.perf_counter() - start
    same = "same" if (index.locate(x, y)[found[0]] == found[1]).all() else "DIFFERENT"
    corners = shapely.get_num_coordinates(cells).mean()
    return (
        f"\n## Point location: {count:,} polygons of {corners:.0f} points on average\n\n"
        "| tool | build s | points a second | one point us | asked | answer |\n"
        "|---|---|---|---|---|---|\n"
        f"| hequan | {built:.1f} | {points / batch:,.0f} | {one * 1e6:.0f} "
        "| >= 1,000,000; < 50 us | |\n"
        f"| shapely STRtree | | {50_000 / rival:,.0f} | | | {same} |\n"
    )


def measure_city_run(nodes: int = 1_000_000, homes: int = 400_000, stations: int = 12_000) -> str:
    """Return a table of one coverage run of a whole city, from arrays to arrays."""
    rng = np.random.default_rng(3)
    network = _city_network(round(nodes**0.5), rng)
    west, south, east, north = network.bounds()
    places = [
        (rng.uniform(west, east, count), rng.uniform(south, north, count))
        for count in (homes, stations)
    ]
    people = rng.multinomial(25_000_000, np.full(homes, 1 / homes)).astype(float)
    problem = CoverageProblem(
        network, *places[0], people, *places[1],
        ages={"elder": np.rint(people * 0.25), "child": np.rint(people * 0.1)},
        services=tuple(f"service {number}" for number in range(12)),
        station_services=rng.random((stations, 12)) < 0.3,
        groupings={"committee": rng.integers(0, 6_500, homes), "town": rng.integers(0, 234, homes)},
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = _median(lambda: cover(problem), turns=3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"\n## A city's coverage: {network.node_count:,} nodes, {homes:,} homes with 25 million "
        f"people, {stations:,} stations, 5 walkers, 12 services\n\n"
        f"| median s | peak MB | added MB | asked |\n|---|---|---|---|\n"
        f"| {seconds:.1f} | {peak:.0f} | {peak - before:.0f} | < 30 s, < 3000 MB |\n"
    )


def _city_network(side: int, rng: np.random.Generator) -> Any:
    x, y = (place.ravel() * 90.0 for place in np.meshgrid(np.arange(side), np.arange(side)))
    number = np.arange(side * side).reshape(side, side)
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1)
    along = np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1)
    pairs = np.concatenate([across, along])
    pairs = pairs[rng.random(len(pairs)) < 0.72]
    lon = 121 + (x + rng.normal(0, 12, len(x))) * METRE / np.cos(np.radians(31.4))
    lat = 31 + (y + rng.normal(0, 12, len(y))) * METRE
    network, _ = build_network(
        street_pieces(
            lon, lat, pairs[:, 0], pairs[:, 1],
            flags=(rng.random(len(pairs)) < 0.03).astype(np.uint16),
            incline=rng.normal(0, 0.02, len(pairs)).astype(np.float32),
        )
    )  # fmt: skip
    return network
