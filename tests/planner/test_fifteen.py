"""My fifteen minutes: the same times as coverage, and lines that are as long as they say."""

import numpy as np
import pytest

from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.entries import Doors
from hequan.planner.errors import CoverageError
from hequan.planner.fifteen import Walks
from hequan.planner.network import metres_between
from hequan.planner.network_build import build_network
from hequan.planner.profiles import PROFILES, Profile
from hequan.planner.street_pieces import street_pieces
from hequan.planner.weights import arc_weights
from tests.planner.streets import METRE, grid_network, line_network

pytestmark = pytest.mark.slow  # the first call compiles

ONE = Profile("one", 1.0)


def _walks(network, stations, profile=ONE, **more):
    lon, lat = np.array(stations, dtype=float).reshape(-1, 2).T * METRE
    return Walks.build(network, arc_weights(network, profile), lon, lat, **more)


def _metres(line):
    return float(metres_between(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum())


@pytest.mark.parametrize("profile", ["adult", "wheelchair"])
@pytest.mark.parametrize("seed", range(4))
def test_each_single_answer_is_that_of_coverage_to_the_millisecond(seed, profile):
    network = grid_network(10, 10, keep=0.85, seed=seed)
    rng = np.random.default_rng(seed)
    homes, stations = rng.uniform(-30, 930, (25, 2)), rng.uniform(0, 900, (7, 2))
    walks = _walks(network, stations, PROFILES[profile])
    minutes = (10, 20)
    for index in range(len(stations)):
        problem = CoverageProblem(
            network, *(homes.T * METRE), np.ones(len(homes)),
            *(stations[index : index + 1].T * METRE), profiles=(profile,), minutes=minutes,
        )  # fmt: skip
        answer = cover(problem).profile(profile)
        for home, place in enumerate(homes):
            reach = walks.reach_from(*(place * METRE), minutes[-1])
            row = np.flatnonzero(reach.station == index)
            if answer.home_seconds[home] > minutes[-1] * 60:
                assert not len(row)
            else:
                assert reach.seconds[row] == pytest.approx([answer.home_seconds[home]], abs=1e-4)
                assert reach.metres[row] == pytest.approx([answer.home_metres[home]], abs=2)


@pytest.mark.parametrize("seed", range(4))
def test_every_route_line_is_as_long_as_its_metres_and_ends_at_the_station(seed):
    network = grid_network(10, 10, keep=0.85, seed=seed)
    rng = np.random.default_rng(seed + 50)
    stations = rng.uniform(0, 900, (9, 2))
    walks = _walks(network, stations)
    for place in rng.uniform(0, 900, (15, 2)) * METRE:
        reach = walks.reach_from(*place, 30)
        assert (np.diff(reach.seconds) >= 0).all()
        for row, station in enumerate(reach.station.tolist()):
            route = reach.route_to(station)
            assert _metres(route.line) == pytest.approx(reach.metres[row], abs=0.1)
            assert route.line[0] == pytest.approx(place)
            assert route.line[-1] == pytest.approx(stations[station] * METRE)
            assert route.seconds == reach.seconds[row]


def test_stations_on_the_same_street_are_reached_without_its_ends():
    walks = _walks(line_network(), [(100, 10), (900, 0)])
    reach = walks.reach_from(300 * METRE, 0.0, 15)
    assert reach.station.tolist() == [0, 1]
    assert reach.metres == pytest.approx([210, 600], abs=0.1)
    route = reach.route_to(0)
    assert route.edges == (0,)
    assert route.line / METRE == pytest.approx(np.array([[300, 0], [100, 0], [100, 10]]), abs=0.1)


def test_a_round_road_is_left_by_its_nearer_end():
    turn = np.linspace(0, 2 * np.pi, 41)[:-1]
    x, y = 100 * np.cos(turn) - 100, 100 * np.sin(turn)
    lon, lat = np.r_[x, 200] * METRE, np.r_[y, 0] * METRE
    around = np.arange(40)
    network, _ = build_network(
        street_pieces(lon, lat, np.r_[around, 0], np.r_[(around + 1) % 40, 40])
    )
    walks = _walks(network, [(200, 0)])
    for side in (5, 35):
        reach = walks.reach_from(x[side] * METRE, y[side] * METRE, 15)
        assert reach.metres == pytest.approx([200 + 100 * np.pi / 4], abs=1)
        assert _metres(reach.route_to(0).line) == pytest.approx(reach.metres[0], abs=0.1)


def test_far_from_every_street_nothing_is_reached():
    walks = _walks(line_network(), [(0, 0)])
    reach = walks.reach_from(0.0, 600 * METRE, 15)
    assert reach.station.tolist() == []
    with pytest.raises(CoverageError, match="not within reach"):
        reach.route_to(0)


def test_a_place_that_is_none_is_refused():
    with pytest.raises(CoverageError, match="must be numbers"):
        _walks(line_network(), [(0, 0)]).reach_from(float("nan"), 0.0, 15)


def test_a_town_without_stations_has_nothing_to_reach():
    assert _walks(line_network(), []).reach_from(0.0, 0.0, 15).station.tolist() == []


def test_walkers_share_the_doors_of_a_network():
    network = grid_network(6, 6, seed=2)
    doors = Doors(network)
    alone = _walks(network, [(250, 250)], PROFILES["wheelchair"])
    shared = _walks(network, [(250, 250)], PROFILES["wheelchair"], doors=doors)
    one, two = (w.reach_from(100 * METRE, 130 * METRE, 30) for w in (alone, shared))
    assert one.seconds.tolist() == two.seconds.tolist()
