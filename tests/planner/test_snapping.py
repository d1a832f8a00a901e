import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.planner.errors import NetworkError
from hequan.planner.network import METRES_PER_DEGREE, Gate, WalkNetwork
from hequan.planner.network_build import build_network, street_pieces
from hequan.planner.snapping import SnapIndex, snap


def a_cross() -> WalkNetwork:
    """Return four arms of 100 m or so, meeting at 121, 31."""
    network, _ = build_network(
        street_pieces(
            [121, 121.001, 120.999, 121, 121], [31, 31, 31, 31.001, 30.999], [0] * 4, [1, 2, 3, 4]
        )
    )
    return network


def crooked_streets(side: int, latitude: float = 31.0) -> WalkNetwork:
    """Return a grid of streets with shaken junctions and one bend in most of them."""
    generator = np.random.default_rng(5)
    number = np.arange(side * side).reshape(side, side)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    shake = generator.uniform(-0.0004, 0.0004, (2, side * side))
    lon = 121 + number.ravel() % side * 0.001 + shake[0]
    lat = latitude + number.ravel() // side * 0.001 + shake[1]
    bend = generator.uniform(-0.0003, 0.0003, (2, len(start)))
    middle = side * side + np.arange(len(start))
    network, _ = build_network(
        street_pieces(
            np.append(lon, (lon[start] + lon[end]) / 2 + bend[0]),
            np.append(lat, (lat[start] + lat[end]) / 2 + bend[1]),
            np.append(start, middle),
            np.append(middle, end),
        )
    )
    return network


def metres_to_every_edge(network: WalkNetwork, lon: float, lat: float) -> np.ndarray:
    """Return the distances by shapely, in a plane about the point."""
    squeeze = np.cos(np.radians(lat))
    lines = []
    for edge in range(network.edge_count):
        x, y = network.line(edge)
        lines.append(shapely.LineString(np.column_stack([(x - lon) * squeeze, y - lat])))
    return np.asarray(shapely.distance(lines, shapely.Point(0, 0))) * METRES_PER_DEGREE


def test_a_home_beside_a_street_lands_on_the_edge_and_not_on_a_corner():
    network = a_cross()

    found = snap(network, 121.0004, 31.0001)

    [edge] = found.edge
    ends = network.lon[[network.edge_from[edge], network.edge_to[edge]]]
    assert sorted(ends) == [121.0, 121.001]
    assert found.metres[0] == pytest.approx(0.0001 * METRES_PER_DEGREE, rel=1e-6)
    assert (found.lon[0], found.lat[0]) == pytest.approx((121.0004, 31.0))
    from_centre = 0.4 if network.lon[network.edge_from[edge]] == 121 else 0.6
    assert found.fraction[0] == pytest.approx(from_centre, abs=1e-6)


def test_the_fraction_counts_metres_along_a_bent_street():
    # 1 part east, 3 parts north
    network, _ = build_network(street_pieces([0, 0.001, 0.001], [0, 0, 0.003], [0, 1], [1, 2]))

    found = snap(network, 0.0012, 0.0005)

    forward = network.lon[network.edge_from[0]] == 0
    assert found.fraction[0] == pytest.approx(0.375 if forward else 0.625, abs=1e-6)


def test_of_edges_equally_near_the_lowest_is_taken():
    network = a_cross()

    at_the_corner = snap(network, [121.0, 121.0002], [31.0, 31.0002])

    assert at_the_corner.edge[0] == 0
    equal = np.flatnonzero(
        metres_to_every_edge(network, 121.0002, 31.0002).round(9)
        == metres_to_every_edge(network, 121.0002, 31.0002).round(9).min()
    )
    assert at_the_corner.edge[1] in equal


def test_beyond_the_limit_there_is_no_edge():
    network = a_cross()
    metres = 0.0003 * METRES_PER_DEGREE

    found = snap(network, [121.0005] * 2, [31.0003] * 2, max_metres=metres + 0.001)
    missed = snap(network, [121.0005] * 2, [31.0003] * 2, max_metres=metres - 0.001)

    assert (found.edge >= 0).all()
    assert missed.edge.tolist() == [-1, -1]
    assert np.isinf(missed.metres).all()
    assert np.isnan(missed.lon).all()


def test_a_point_far_outside_still_finds_its_edge():
    network = a_cross()

    found = snap(network, [124.0, 121.0], [31.0, 29.0])

    assert found.lon[0] == pytest.approx(121.001)
    assert found.lat[1] == pytest.approx(30.999)


def test_only_usable_edges_are_answered():
    network = a_cross()
    near = snap(network, 121.0005, 31.0001).edge[0]
    usable = np.arange(network.edge_count) != near

    found = snap(network, 121.0005, 31.0001, usable=usable)

    assert found.edge[0] not in (near, -1)


def test_without_a_usable_edge_it_says_so():
    network = a_cross()

    with pytest.raises(NetworkError, match="No street"):
        snap(network, 121, 31, usable=np.zeros(network.edge_count, dtype=bool))


def test_nobody_enters_a_street_inside_a_gate():
    network, _ = build_network(
        street_pieces(
            [0, 0.001, 0.002],
            [0, 0, 0],
            [0, 1],
            [1, 2],
            node_gate=[-1, 0, -1],
            gates=(Gate("", ""),),
        )
    )

    found = snap(network, 0.001, 0.0001)

    assert network.edge_metres[found.edge[0]] > 0


@pytest.mark.parametrize(
    ("lon", "lat"), [([0.0, 1.0], [0.0]), ([np.nan], [0.0]), ([0.0], [np.inf])]
)
def test_points_without_two_numbers_are_refused(lon, lat):
    with pytest.raises(NetworkError, match="longitude"):
        snap(a_cross(), lon, lat)


def test_no_points_give_no_answers():
    assert len(snap(a_cross(), [], []).edge) == 0


NETWORK = crooked_streets(6)
NORTHERN = crooked_streets(6, latitude=69.0)


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from([NETWORK, NORTHERN]),
    st.floats(-0.004, 0.010),
    st.floats(-0.004, 0.010),
)
def test_the_nearest_of_all_edges_is_found(network, east, north):
    lon, lat = 121 + east, float(network.lat.min()) + north

    found = snap(network, lon, lat)

    metres = metres_to_every_edge(network, lon, lat)
    assert found.metres[0] == pytest.approx(metres.min(), abs=1e-6)
    assert metres[found.edge[0]] == pytest.approx(metres.min(), abs=1e-6)


def test_many_points_get_the_same_answers_as_one_by_one():
    index = SnapIndex.build(NETWORK)
    generator = np.random.default_rng(2)
    lon, lat = generator.uniform(121, 121.005, 50), generator.uniform(31, 31.005, 50)

    together = index.snap(lon, lat)
    alone = [index.snap(x, y) for x, y in zip(lon, lat, strict=True)]

    assert together.edge.tolist() == [one.edge[0] for one in alone]
    assert together.fraction.tolist() == [one.fraction[0] for one in alone]
