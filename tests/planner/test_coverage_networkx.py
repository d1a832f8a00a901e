"""Coverage of two real cities against networkx on the same streets, cell by cell.

Every cell and station is set into a networkx graph as a node on its edge. All differences must stay
within one metre of walking. The figures that a run prints stand in the docs.
"""

import csv

import numpy as np
import pytest
import shapely

from hequan.files.osm import read_network
from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.entries import Doors
from hequan.planner.weights import arc_weights
from tests.planner.streets import twin_graph, twin_seconds
from tests.realdata import real_data

pytestmark = [pytest.mark.slow, pytest.mark.real]

MOST_METRES = 1500.0  # some population cells lie in parks and water


def _helsinki():
    """Return the problem of 92 population cells, real people, and twelve made-up stations."""
    pyogrio = pytest.importorskip("pyogrio")
    folder = real_data("network-helsinki")
    network, _ = read_network(folder / "Helsinki.osm.pbf")
    _, _, shapes, fields = pyogrio.raw.read(folder / "helsinki_population_grid_2020.gpkg")
    middle = shapely.centroid(shapely.from_wkb(shapes))
    rng = np.random.default_rng(2020)
    west, south, east, north = network.bounds()
    return CoverageProblem(
        network,
        shapely.get_x(middle), shapely.get_y(middle), fields[1].astype(float),
        rng.uniform(west, east, 12), rng.uniform(south, north, 12),
        profiles=("planning", "adult", "wheelchair"), max_snap_metres=MOST_METRES,
    )  # fmt: skip


def _porto_alegre():
    """Return the problem of 1,227 hexagons and those of them that hold a health facility."""
    folder = real_data("network-porto-alegre")
    network, _ = read_network(folder / "poa_osm.pbf")
    with (folder / "poa_hexgrid.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    lon, lat, people, care = (
        np.array([float(row[name] or 0) for row in rows])
        for name in ("lon", "lat", "population", "healthcare")
    )
    return CoverageProblem(
        network, lon, lat, people, lon[care > 0], lat[care > 0],
        profiles=("planning", "adult", "wheelchair"), max_snap_metres=MOST_METRES,
    )  # fmt: skip


@pytest.mark.parametrize("city", [_helsinki, _porto_alegre])
def test_every_cell_is_within_a_metre_of_networkx(city):
    problem = city()
    result = cover(problem)
    doors = Doors(problem.network)
    homes, stations = (
        doors.snap(lon, lat, MOST_METRES)
        for lon, lat in (
            (problem.home_lon, problem.home_lat),
            (problem.station_lon, problem.station_lat),
        )
    )
    for walker in problem.walkers:
        weights = arc_weights(problem.network, walker)
        points = {
            name: doors.entries(weights, *where, snapped, MOST_METRES)
            for name, where, snapped in (
                ("home", (problem.home_lon, problem.home_lat), homes),
                ("station", (problem.station_lon, problem.station_lat), stations),
            )
        }
        graph = twin_graph(problem.network, weights, **points)
        sources = [("station", index) for index in range(problem.stations)]
        expected = twin_seconds(graph, problem.homes, sources)
        answer = result.profile(walker.code)
        reached = np.isfinite(expected)
        assert np.array_equal(reached, np.isfinite(answer.home_seconds))
        assert reached.mean() > 0.5
        off = np.abs(answer.home_seconds[reached] - expected[reached]) * walker.metres_per_second
        assert off.max() < 1.0
        if walker.code == "planning":  # a metre a second, nothing slows: seconds are metres
            off = np.abs(answer.home_metres[reached] - expected[reached])
            assert off.max() < 1.0
        for minutes, people in answer.people_within.items():
            assert people == pytest.approx(problem.people[expected <= minutes * 60].sum())
