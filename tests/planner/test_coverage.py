"""Coverage on small made-up streets: every figure by hand or by networkx."""

from dataclasses import replace

import numpy as np
import pytest

from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.entries import Doors
from hequan.planner.errors import CoverageError
from hequan.planner.network import Gate, metres_between
from hequan.planner.network_build import build_network
from hequan.planner.network_store import open_network, save_network
from hequan.planner.profiles import PROFILES, Profile
from hequan.planner.street_pieces import street_pieces
from hequan.planner.weights import arc_weights
from tests.planner.streets import METRE, grid_network, line_network, plain, twin_graph, twin_seconds

pytestmark = pytest.mark.slow  # the first call compiles

ONE = Profile("one", 1.0)  # a metre a second: metres and seconds are the same


def _line_problem(homes, stations, **more):
    return CoverageProblem(
        more.pop("network", None) or line_network(),
        home_lon=np.array(homes) * METRE,
        home_lat=np.zeros(len(homes)),
        people=more.pop("people", np.ones(len(homes))),
        station_lon=np.array(stations, dtype=float) * METRE,
        station_lat=np.zeros(len(stations)),
        profiles=more.pop("profiles", (ONE,)),
        **more,
    )


def _town(seed, **more):
    network = grid_network(12, 10, keep=0.85, seed=seed)
    rng = np.random.default_rng(seed + 100)
    homes, stations = 60, 9
    return CoverageProblem(
        network,
        home_lon=rng.uniform(-50, 1150, homes) * METRE,
        home_lat=rng.uniform(-50, 950, homes) * METRE,
        people=rng.integers(0, 50, homes).astype(float),
        station_lon=rng.uniform(0, 1100, stations) * METRE,
        station_lat=rng.uniform(0, 900, stations) * METRE,
        services=("clinic", "meals", "forms"),
        station_services=rng.random((stations, 3)) < 0.5,
        station_open=rng.random(stations) < 0.8,
        **more,
    )


def test_a_home_beside_its_station_walks_along_the_edge():
    answer = cover(_line_problem([400.0], [430.0])).profile("one")
    assert answer.home_station.tolist() == [0]
    assert answer.home_metres == pytest.approx([30], abs=0.01)
    assert answer.home_seconds == pytest.approx([30], abs=0.01)


def test_the_straight_leg_from_the_door_to_the_street_is_walked_too():
    problem = CoverageProblem(
        line_network(),
        np.array([100 * METRE]), np.array([40 * METRE]), np.ones(1),
        np.array([300 * METRE]), np.array([-25 * METRE]),
        profiles=(ONE,),
    )  # fmt: skip
    answer = cover(problem).profile("one")
    assert answer.home_metres == pytest.approx([40 + 200 + 25], abs=0.1)


def test_shares_people_and_stations_add_up_by_hand():
    problem = _line_problem(
        [0.0, 250.0, 500.0, 1000.0],
        [0.0, 1000.0],
        people=np.array([10.0, 20.0, 30.0, 40.0]),
        ages={"elder": np.array([1.0, 2.0, 3.0, 4.0])},
        groupings={"committee": np.array([0, 0, 1, -1], np.int32)},
        minutes=(4, 5),
        profiles=(ONE,),
    )
    result = cover(problem)
    answer = result.profile("one")
    assert answer.people_within == {4: 50.0, 5: 70.0}
    assert answer.share_within == {4: 0.5, 5: 0.7}
    assert answer.station_people.tolist() == [60, 40]  # a tie goes to the first station
    assert answer.station_within.tolist() == [[10, 30], [40, 40]]
    committee = answer.groups["committee"]
    assert committee.people.tolist() == [[30, 3], [30, 3]]
    assert committee.within.tolist() == [[[10, 1], [0, 0]], [[30, 3], [0, 0]]]
    assert committee.shares[1].tolist() == [[1, 1], [0, 0]]
    assert [(gap.people, gap.homes.tolist()) for gap in answer.gaps] == [(30, [2])]
    assert result.columns == ("people", "elder")
    assert result.straight_metres == pytest.approx([0, 250, 500, 0], abs=0.1)


def test_a_closed_station_does_not_count():
    answer = cover(_line_problem([100.0], [0.0, 1000.0], station_open=[False, True]))
    assert answer.profile("one").home_station.tolist() == [1]
    assert answer.straight_metres == pytest.approx([900], abs=0.1)
    beside = cover(_line_problem([100.0], [110.0, 1000.0], station_open=[False, True]))
    assert beside.profile("one").home_metres == pytest.approx([900], abs=0.1)


def test_when_everything_is_closed_nobody_reaches_anything():
    result = cover(_line_problem([100.0], [0.0], station_open=[False]))
    answer = result.profile("one")
    assert answer.home_station.tolist() == [-1]
    assert np.isinf(answer.home_seconds).all()
    assert answer.unreachable_people == 1
    assert answer.share_within == {5: 0, 10: 0, 15: 0}
    assert np.isinf(result.straight_metres).all()


def test_a_town_without_any_station_or_home_is_answered_not_refused():
    assert cover(_line_problem([100.0], [])).profile("one").unreachable_people == 1
    nobody = cover(_line_problem([], [5.0])).profile("one")
    assert np.isnan(nobody.share_within[15])


def test_a_service_counts_only_where_and_when_it_is_offered():
    problem = _line_problem(
        [100.0],
        [0.0, 600.0, 1000.0],
        services=("clinic", "meals", "loans"),
        station_services=np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1]], bool),
        service_open=np.array([[1, 1, 1], [0, 1, 1], [1, 1, 1]], bool),
    )
    answer = cover(problem).profile("one")
    assert answer.service_seconds("clinic") == pytest.approx([900], abs=0.1)
    assert answer.service_seconds("meals") == pytest.approx([900], abs=0.1)
    assert answer.service_seconds("loans") == pytest.approx([100], abs=0.1)
    assert answer.service_within.tolist() == [[0, 0, 1], [0, 0, 1], [1, 1, 1]]
    # clinic and meals are offered by the same station now: one search serves both
    assert answer.service_set.tolist() == [0, 0, 1]
    with pytest.raises(CoverageError, match="no service dance"):
        answer.service_seconds("dance")


def test_a_service_beyond_the_longest_limit_is_not_reached():
    problem = _line_problem([0.0], [901.0], services=("clinic",))
    answer = cover(problem).profile("one")
    assert np.isinf(answer.service_seconds("clinic")).all()
    assert answer.home_seconds == pytest.approx([901], abs=0.1)


def test_a_gate_that_is_shut_sends_walkers_round():
    lon = np.array([0, 100, 200, 100]) * METRE
    lat = np.array([0, 0, 0, 200]) * METRE
    pieces = street_pieces(
        lon, lat, [0, 1, 0, 3], [1, 2, 3, 2],
        gate=np.array([0, -1, -1, -1]), gates=(Gate("north gate", "06:00-22:00"),),
    )  # fmt: skip
    network, _ = build_network(pieces)

    def metres(gates_open):
        problem = CoverageProblem(
            network, lon[:1], lat[:1], np.ones(1), lon[2:3], lat[2:3],
            profiles=(ONE,), gates_open=gates_open,
        )  # fmt: skip
        return cover(problem).profile("one").home_metres

    assert metres([True]) == pytest.approx([200], abs=0.1)
    assert metres([False]) == pytest.approx([2 * np.hypot(100, 200)], abs=0.1)


def test_a_home_on_stairs_enters_the_streets_elsewhere_with_wheels():
    network = grid_network(6, 6, flags=plain(60))
    flags = network.edge_flags.copy()
    home = np.array([120.0]) * METRE, np.array([5.0]) * METRE
    flags[Doors(network).snap(*home, 500).edge[0]] = 1  # steps
    network = type(network)(**{**network.__dict__, "edge_flags": flags})
    station = np.array([500.0]) * METRE, np.array([0.0]) * METRE
    wheels = Profile("wheels", 1.0, steps=False)
    problem = CoverageProblem(network, *home, np.ones(1), *station, profiles=(ONE, wheels))
    result = cover(problem)
    assert result.profile("one").home_metres == pytest.approx([5 + 380], abs=0.1)
    assert result.profile("wheels").home_metres == pytest.approx(
        [20 + 95 + 100 + 100 + 300], abs=0.1
    )


def test_a_home_far_from_every_street_is_off_the_network():
    problem = CoverageProblem(
        line_network(), np.array([0.0, 0.0]), np.array([0.0, 600 * METRE]), np.array([3.0, 4.0]),
        np.zeros(1), np.zeros(1), profiles=(ONE,),
    )  # fmt: skip
    answer = cover(problem).profile("one")
    assert answer.off_network_people == 4
    assert answer.unreachable_people == 4
    assert answer.home_station.tolist() == [0, -1]


def test_an_island_of_streets_is_passed_over_when_points_are_snapped():
    block = grid_network(5, 5, flags=plain(40))
    lon, lat = block.lon, block.lat
    island = np.array([[50.0, 60.0], [50.0, 50.0]]) * METRE
    network, _ = build_network(
        street_pieces(
            np.r_[lon, island[0]], np.r_[lat, island[1]],
            np.r_[block.edge_from, len(lon)], np.r_[block.edge_to, len(lon) + 1],
        )
    )  # fmt: skip
    assert network.component.max() == 1
    problem = CoverageProblem(
        network, np.array([55.0]) * METRE, np.array([50.0]) * METRE, np.ones(1),
        np.zeros(1), np.zeros(1), profiles=(ONE,),
    )  # fmt: skip
    assert cover(problem).profile("one").home_station.tolist() == [0]


@pytest.mark.parametrize("seed", range(6))
def test_all_profiles_and_services_agree_with_networkx(seed):
    problem = _town(seed)
    result = cover(problem)
    doors = Doors(problem.network)
    for walker in problem.walkers:
        weights = arc_weights(problem.network, walker)
        answer = result.profile(walker.code)
        homes, stations = (
            doors.entries(weights, lon, lat, doors.snap(lon, lat, 500), 500)
            for lon, lat in (
                (problem.home_lon, problem.home_lat),
                (problem.station_lon, problem.station_lat),
            )
        )
        graph = twin_graph(problem.network, weights, home=homes, station=stations)
        open_now = problem.open_stations()
        expected = twin_seconds(graph, problem.homes, _nodes(open_now))
        assert answer.home_seconds == pytest.approx(expected, abs=0.05)
        for column, service in enumerate(problem.services):
            offered = open_now & problem.station_services[:, column]
            expected = twin_seconds(graph, problem.homes, _nodes(offered))
            expected[expected > 900] = np.inf
            assert answer.service_seconds(service) == pytest.approx(expected, abs=0.05)


def _nodes(chosen):
    return [("station", index) for index in np.flatnonzero(chosen).tolist()]


def test_the_answer_is_the_same_on_any_number_of_threads():
    problem = _town(3, groupings={"area": np.arange(60) % 4})
    one, two = cover(problem, threads=1), cover(problem, threads=2)
    for code, answer in one.profiles.items():
        other = two.profile(code)
        for name in ("home_station", "home_seconds", "home_metres", "set_seconds", "within"):
            assert np.array_equal(getattr(answer, name), getattr(other, name))


def test_progress_counts_every_search_once():
    told = []
    cover(_town(1, profiles=("adult", "elder")), progress=lambda done, of: told.append((done, of)))
    total = told[0][1]
    assert sorted(told) == [(done, total) for done in range(1, total + 1)]


def test_a_slower_walker_never_arrives_sooner():
    slow = Profile("slow", 0.5)
    result = cover(_line_problem([100.0, 700.0], [0.0], profiles=(ONE, slow)))
    assert result.profile("slow").home_seconds == pytest.approx(
        2 * result.profile("one").home_seconds, abs=0.01
    )


def test_straight_metres_are_those_of_the_great_circle():
    problem = _town(2)
    chosen = problem.open_stations()
    all_pairs = metres_between(
        problem.home_lon[:, None], problem.home_lat[:, None],
        problem.station_lon[chosen], problem.station_lat[chosen],
    )  # fmt: skip
    assert cover(problem).straight_metres == pytest.approx(all_pairs.min(axis=1), rel=1e-5)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"people": [-3.0]}, "coverage.people", "Row 1 of the homes has -3.0 for people"),
        ({"people": [np.nan]}, "coverage.home_not_a_number", "number for people"),
        ({"people": ["many"]}, "coverage.not_numbers", "people must hold numbers only"),
        ({"people": [1.0, 2.0]}, "coverage.length", "people has 2 values where 1"),
        ({"home_lon": [np.nan]}, "coverage.home_not_a_number", "Row 1 of the homes"),
        ({"station_lat": [np.inf]}, "coverage.station_not_a_number", "Row 1 of the stations"),
        ({"home_lon": [31.0], "home_lat": [121.0]}, "coverage.home_far_away", "swapped"),
        ({"station_lon": [1.0]}, "coverage.station_far_away", "110 km"),
        ({"profiles": ("astronaut",)}, "profile.unknown", "no profile astronaut"),
        ({"profiles": ()}, "coverage.no_profile", "at least one"),
        ({"profiles": ("adult", "adult")}, "coverage.twice", "adult stands twice"),
        ({"services": ("a", "a")}, "coverage.twice", "service a stands twice"),
        ({"minutes": (15, 5)}, "coverage.minutes", "rising"),
        ({"minutes": ()}, "coverage.minutes", "rising"),
        ({"minutes": (0, 5)}, "coverage.minutes_range", "between 1 and 600"),
        ({"ages": {"elder": [-1.0]}}, "coverage.people", "age group elder"),
        ({"groupings": {"area": [-2]}}, "coverage.group", "Grouping area"),
        ({"groupings": {"area": [0.5]}}, "coverage.group", "Grouping area"),
        ({"station_open": [True, False]}, "coverage.shape", "station_open"),
        ({"station_services": [[True]]}, "coverage.shape", "station_services"),
        ({"gates_open": [True]}, "coverage.shape", "gates_open"),
    ],
)
def test_bad_input_is_refused_with_its_place(change, code, words):
    good = {
        "network": line_network(), "home_lon": [0.0], "home_lat": [0.0], "people": [1.0],
        "station_lon": [0.0], "station_lat": [0.0],
    }  # fmt: skip
    CoverageProblem(**good)
    with pytest.raises(CoverageError, match=words) as refusal:
        CoverageProblem(**{**good, **change})
    assert refusal.value.code == code
    assert refusal.value.sentence.format(**refusal.value.params) == str(refusal.value)


def test_every_default_profile_is_a_walker():
    problem = _town(0, profiles=tuple(PROFILES))
    assert [walker.code for walker in problem.walkers] == list(PROFILES)
    with pytest.raises(CoverageError, match="no profile child"):
        cover(_line_problem([0.0], [0.0])).profile("child")


def test_a_network_opened_from_disk_answers_like_the_one_in_memory(tmp_path):
    problem = _town(4)
    save_network(problem.network, tmp_path)
    mapped = replace(problem, network=open_network(tmp_path))
    one, two = cover(problem), cover(mapped)
    for code, answer in one.profiles.items():
        assert np.array_equal(answer.home_seconds, two.profile(code).home_seconds)
