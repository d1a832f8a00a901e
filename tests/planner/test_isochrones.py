"""Outlines: what is reached lies inside, what is far lies outside."""

import numpy as np
import pytest
import shapely

from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.entries import Doors
from hequan.planner.errors import PlannerError
from hequan.planner.isochrones import OFF_STREET_METRES, outlines
from hequan.planner.network import EdgeFlag, metres_between
from hequan.planner.network_build import build_network
from hequan.planner.profiles import Profile
from hequan.planner.street_pieces import street_pieces
from hequan.planner.weights import arc_weights
from tests.planner.streets import METRE, grid_network, line_network

pytestmark = pytest.mark.slow  # the first call compiles

ONE = Profile("one", 1.0)


def _outlines(network, places, minutes, **more):
    weights = arc_weights(network, ONE)
    doors = Doors(network)
    lon, lat = np.array(places, dtype=float).reshape(-1, 2).T * METRE
    entries = doors.entries(weights, lon, lat, doors.snap(lon, lat, 500), 500)
    return [line.shape for line in outlines(network, weights, entries, minutes, **more)]


def _in_metres(shape):
    return shapely.transform(shape, lambda points: points / METRE)


def test_on_one_street_the_outline_ends_where_the_minutes_do():
    (shape,) = _outlines(line_network(2000), [(1000, 0)], [5])
    west, south, east, north = _in_metres(shape).bounds
    assert (west, east) == pytest.approx((700, 1300), abs=10)
    assert (south, north) == pytest.approx((-OFF_STREET_METRES, OFF_STREET_METRES), abs=10)


def test_time_spent_from_the_door_to_the_street_is_missing_at_the_end():
    (shape,) = _outlines(line_network(2000), [(1000, 100)], [5])
    west, _, east, _ = _in_metres(shape).bounds
    assert (west, east) == pytest.approx((800, 1200), abs=10)


def test_a_street_walked_one_way_only_reaches_to_one_side():
    network, _ = build_network(
        street_pieces(
            np.array([0.0, 2000.0]) * METRE, [0.0, 0.0], [0], [1],
            flags=np.array([EdgeFlag.FORWARD_ONLY], np.uint16),
        )
    )  # fmt: skip
    (towards,) = _outlines(network, [(1000, 0)], [5])
    (away,) = _outlines(network, [(1000, 0)], [5], towards=False)
    assert _in_metres(towards).bounds[0] == pytest.approx(700, abs=10)
    assert _in_metres(towards).bounds[2] == pytest.approx(1000 + OFF_STREET_METRES, abs=10)
    assert _in_metres(away).bounds[0] == pytest.approx(1000 - OFF_STREET_METRES, abs=10)
    assert _in_metres(away).bounds[2] == pytest.approx(1300, abs=10)


@pytest.mark.parametrize("seed", range(3))
def test_homes_reached_in_time_lie_inside_and_no_border_lies_too_far(seed):
    network = grid_network(14, 14, keep=0.85, seed=seed)
    rng = np.random.default_rng(seed)
    homes, stations = rng.uniform(0, 1300, (300, 2)), rng.uniform(200, 1100, (3, 2))
    problem = CoverageProblem(
        network, *(homes.T * METRE), np.ones(300), *(stations.T * METRE), profiles=(ONE,),
        minutes=(5, 10),
    )  # fmt: skip
    answer = cover(problem).profile("one")
    near = Doors(network).snap(*(homes.T * METRE), 500).metres < OFF_STREET_METRES - 15
    shapes = _outlines(network, stations, [5, 10])
    assert shapes[0].within(shapes[1].buffer(1e-9))
    for minutes, shape in zip((5, 10), shapes, strict=True):
        assert shape.is_valid
        reached = near & (answer.home_seconds < minutes * 60 - 15)
        assert reached.any()
        assert shapely.contains_xy(shape, *(homes[reached].T * METRE)).all()
        border = shapely.get_coordinates(shape)
        straight = metres_between(border[:, :1], border[:, 1:], *(stations.T * METRE)).min(axis=1)
        assert straight.max() < minutes * 60 + 15
        assert Doors(network).snap(*border.T, 500).metres.max() < OFF_STREET_METRES + 15


def test_a_square_of_streets_keeps_its_hole():
    network = grid_network(2, 2, metres=400.0, flags=np.zeros(4, np.uint16))
    (shape,) = _outlines(network, [(0, 0)], [30])
    assert len(shape.geoms) == 1
    assert len(shape.geoms[0].interiors) == 1
    assert not shapely.contains_xy(shape, 200 * METRE, 200 * METRE)


def test_two_far_stations_give_two_parts():
    (shape,) = _outlines(line_network(5000), [(500, 0), (4500, 0)], [5])
    assert len(shape.geoms) == 2


def test_nothing_near_gives_an_empty_outline():
    (shape,) = _outlines(line_network(), [(0, 600)], [5])
    assert shape.is_empty


@pytest.mark.parametrize("minutes", [[], [0], [-5], [5, 1000]])
def test_minutes_out_of_range_are_refused(minutes):
    with pytest.raises(PlannerError, match="Minutes must"):
        _outlines(line_network(), [(0, 0)], minutes)
