import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.planner.errors import NetworkError
from hequan.planner.network import EdgeFlag, Gate, WalkNetwork, metres_between
from hequan.planner.network_build import build_network, street_pieces
from hequan.planner.profiles import PROFILES
from hequan.planner.weights import UNREACHABLE, arc_weights

ONE_DEGREE_OF_LATITUDE = 111_195.08


def a_line_of(points: int, **means: object) -> WalkNetwork:
    """Return the network of points on the equator, each joined to the next."""
    lon = np.arange(points) * 0.001
    order = np.arange(points - 1)
    network, _ = build_network(
        street_pieces(lon, np.zeros(points), order, order + 1, **means)  # type: ignore[arg-type]
    )
    return network


def ends_of(network: WalkNetwork) -> list[tuple[float, float]]:
    """Return the longitudes at both ends of every edge, lower first, sorted."""
    lon = network.lon
    pairs = zip(lon[network.edge_from], lon[network.edge_to], strict=True)
    return sorted((round(min(p), 6), round(max(p), 6)) for p in pairs)


def test_a_degree_of_latitude_has_its_length():
    assert pytest.approx(float(metres_between(8, 50, 8, 51)), abs=0.01) == ONE_DEGREE_OF_LATITUDE


def test_points_that_only_give_shape_become_one_edge():
    network = a_line_of(5)

    assert (network.edge_count, network.node_count) == (1, 2)
    assert pytest.approx(network.metres, abs=0.01) == 0.004 * ONE_DEGREE_OF_LATITUDE
    lon, lat = network.line(0)
    assert pytest.approx(sorted(lon)) == [0, 0.001, 0.002, 0.003, 0.004]
    assert pytest.approx(lat) == [0] * 5


def test_what_means_something_else_ends_an_edge():
    steps = [0, int(EdgeFlag.STEPS), 0]

    assert ends_of(a_line_of(4, flags=steps)) == [(0, 0.001), (0.001, 0.002), (0.002, 0.003)]
    assert ends_of(a_line_of(4, name=[0, 1, 1], names=("North Street", "South Street"))) == [
        (0, 0.001),
        (0.001, 0.003),
    ]
    assert ends_of(a_line_of(4, incline=[0.05, 0.05, -0.05])) == [(0, 0.002), (0.002, 0.003)]


def test_a_street_keeps_its_name():
    network = a_line_of(3, name=[0, 0], names=("高境路",))

    assert network.name_of(0) == "高境路"
    assert a_line_of(3).name_of(0) == ""


def test_crossings_on_the_way_are_counted():
    network = a_line_of(4, crossings=[1, 0, 2])

    assert network.edge_crossings.tolist() == [3]
    assert EdgeFlag.CROSSING in EdgeFlag(int(network.edge_flags[0]))


def test_a_segment_flagged_as_crossing_counts_as_one():
    network = a_line_of(4, flags=[0, int(EdgeFlag.CROSSING), 0])

    assert network.edge_crossings.tolist() == [1]


def test_one_way_and_slope_keep_their_direction_when_a_segment_was_drawn_the_other_way():
    # 0 -> 1 <- 2: walked forward on the first, backward on the second, rising all the way
    network, _ = build_network(
        street_pieces(
            [0, 0.001, 0.002],
            [0, 0, 0],
            [0, 2],
            [1, 1],
            flags=[int(EdgeFlag.FORWARD_ONLY), int(EdgeFlag.BACKWARD_ONLY)],
            incline=[0.1, -0.1],
        )
    )

    assert network.edge_count == 1
    eastward = network.lon[network.edge_from[0]] < network.lon[network.edge_to[0]]
    wanted = EdgeFlag.FORWARD_ONLY if eastward else EdgeFlag.BACKWARD_ONLY
    assert wanted == EdgeFlag(int(network.edge_flags[0]))
    assert (0.1 if eastward else -0.1) == pytest.approx(float(network.edge_incline[0]))


def test_one_way_against_one_way_does_not_merge():
    flags = [int(EdgeFlag.FORWARD_ONLY), int(EdgeFlag.BACKWARD_ONLY)]

    assert a_line_of(3, flags=flags).edge_count == 2


def test_a_ring_without_junction_is_one_edge_from_a_point_to_itself():
    network, _ = build_network(
        street_pieces([0, 0.001, 0.001], [0, 0, 0.001], [0, 1, 2], [1, 2, 0])
    )

    assert network.edge_count == 1
    assert network.edge_from[0] == network.edge_to[0]
    assert len(network.line(0)[0]) == 4


def test_a_gate_in_the_run_of_a_street_parts_it_in_two():
    gate = Gate("North gate", "Mo-Fr 08:00-18:00")

    network = a_line_of(3, node_gate=[-1, 0, -1], gates=(gate,))

    assert ends_of(network) == [(0, 0.001), (0.001, 0.001), (0.001, 0.002)]
    [closing] = np.flatnonzero(network.edge_gate == 0)
    assert network.edge_metres[closing] == 0
    assert EdgeFlag.GATE in EdgeFlag(int(network.edge_flags[closing]))
    assert network.component.max() + 1 == 1


def test_a_gate_at_a_junction_closes_each_arm_by_itself():
    network, _ = build_network(
        street_pieces(
            [0, 0.001, -0.001, 0],
            [0, 0, 0, 0.001],
            [0, 0, 0],
            [1, 2, 3],
            node_gate=[0, -1, -1, -1],
            gates=(Gate("", "24/7"),),
        )
    )

    assert int((network.edge_gate == 0).sum()) == 3
    shut = arc_weights(network, PROFILES["planning"], open_gates=np.array([False]))
    assert int(shut.usable.sum()) == 3


def test_a_gate_at_the_end_of_a_street_closes_nothing():
    network = a_line_of(2, node_gate=[0, -1], gates=(Gate("", "24/7"),))

    assert network.edge_gate.tolist() == [-1]


def test_where_nobody_passes_the_street_ends_on_both_sides():
    blocked = [0, int(EdgeFlag.BLOCKED), 0]

    network = a_line_of(3, node_flags=blocked)

    assert ends_of(network) == [(0, 0.001), (0.001, 0.002)]
    assert sorted(network.component.tolist()) == [0, 0, 1, 1]


def test_a_kerb_stops_wheels_only():
    network = a_line_of(3, node_flags=[0, int(EdgeFlag.NO_WHEELS), 0])

    wheels = arc_weights(network, PROFILES["wheelchair"])
    feet = arc_weights(network, PROFILES["adult"])
    assert int(wheels.usable.sum()) == 2
    assert feet.usable.all()


def test_segments_said_twice_are_one_and_told():
    # a-b-a as some exporters write it, and a point repeated
    network, report = build_network(
        street_pieces(
            [0, 0.001], [0, 0], [0, 1, 0, 1], [1, 0, 1, 1], name=[-1, 0, -1, -1], names=("A",)
        )
    )

    assert network.edge_count == 1
    assert network.name_of(0) == "A"
    told = {item.reason: item.count for item in report.left_out}
    assert told == {"loop": 1, "repeated": 2}
    assert "at 0.001000, 0.000000" in report.left_out[0].examples


def test_segments_between_the_same_points_that_differ_both_stay():
    network, report = build_network(
        street_pieces([0, 0.001], [0, 0], [0, 0], [1, 1], flags=[0, int(EdgeFlag.STEPS)])
    )

    assert network.edge_count == 2
    assert report.left_out == ()


def test_points_on_each_other_stay_joined_and_are_told():
    network, report = build_network(
        street_pieces([0, 0.001, 0.001, 0.002], [0, 0, 0, 0], [0, 1, 2], [1, 2, 3])
    )

    assert network.edge_count == 1
    assert [(item.reason, item.count) for item in report.warnings] == [("no_length", 1)]


def test_lost_parts_are_told_longest_first_with_their_place():
    network, report = build_network(
        street_pieces([0, 0.002, 1, 1.001, 2, 2.0005], [0] * 6, [4, 2, 0], [5, 3, 1])
    )

    assert report.part_count == 3
    assert [round(part.lon) for part in report.parts] == [1.0, 2.0]
    assert [(part.nodes, part.edges) for part in report.parts] == [(2, 1), (2, 1)]
    assert report.largest_part_metres == pytest.approx(0.002 * ONE_DEGREE_OF_LATITUDE, abs=0.01)
    assert network.component[np.argmin(network.lon)] == 0


def test_nodes_lie_in_morton_order():
    generator = np.random.default_rng(7)
    lon, lat = generator.uniform(121, 122, 400), generator.uniform(31, 32, 400)
    network, _ = build_network(street_pieces(lon, lat, np.arange(0, 400, 2), np.arange(1, 400, 2)))

    def code(x: int, y: int) -> int:
        return sum(
            ((x >> bit & 1) << 2 * bit) | ((y >> bit & 1) << 2 * bit + 1) for bit in range(31)
        )

    whole = 2**31 - 1
    codes = [
        code(int((x + 180) / 360 * whole), int((y + 90) / 180 * whole))
        for x, y in zip(network.lon, network.lat, strict=True)
    ]
    assert sorted(codes) == codes


def test_both_directions_stand_at_both_ends():
    network = a_line_of(4, flags=[0, int(EdgeFlag.STEPS), 0])

    for node in range(network.node_count):
        for arc in range(network.arc_ptr[node], network.arc_ptr[node + 1]):
            edge, back = network.arc_edge[arc], network.arc_backward[arc]
            start, end = network.edge_from[edge], network.edge_to[edge]
            assert (node, network.arc_head[arc]) == ((end, start) if back else (start, end))
    assert 2 * network.edge_count == network.arc_ptr[-1]


def test_bounds_hold_all_shapes():
    assert a_line_of(4).bounds() == (0.0, 0.0, 0.003, 0.0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"flags": [0, 0]}, "flags"),
        ({"gate": [3]}, "gate"),
        ({"node_gate": [-1]}, "node_gate"),
        ({"name": [0]}, "name"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(wrong, said):
    with pytest.raises(NetworkError, match=said):
        street_pieces([0, 1], [0, 0], [0], [1], **wrong)


@pytest.mark.parametrize(
    ("lon", "lat", "end", "said"),
    [([0, 181], [0, 0], 1, "lon"), ([0, 1], [0, 91], 1, "lat"), ([0, 1], [0, 0], 2, "to_node")],
)
def test_positions_that_are_none_are_refused(lon, lat, end, said):
    with pytest.raises(NetworkError, match=said):
        street_pieces(lon, lat, [0], [end])


def test_no_street_at_all_is_refused():
    with pytest.raises(NetworkError, match="no walkable street"):
        build_network(street_pieces([0, 1], [0, 0], [], []))
    with pytest.raises(NetworkError, match="no walkable street"):
        build_network(street_pieces([0, 1], [0, 0], [1], [1]))


def test_a_network_with_arrays_of_different_length_is_refused():
    network = a_line_of(3)
    arrays = {name: getattr(network, name) for name in network.__dataclass_fields__}

    with pytest.raises(NetworkError, match="edge_metres has 0"):
        WalkNetwork(**{**arrays, "edge_metres": np.zeros(0)})


@st.composite
def raw_streets(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return segments between 8 points with one-way flags, and points where a gate stands."""
    segment = st.tuples(st.integers(0, 7), st.integers(0, 7))
    segments = draw(st.lists(segment, min_size=1, max_size=14))
    flag = st.sampled_from([0, 0, 0, int(EdgeFlag.FORWARD_ONLY), int(EdgeFlag.BACKWARD_ONLY)])
    flags = draw(st.lists(flag, min_size=len(segments), max_size=len(segments)))
    gates = draw(st.lists(st.integers(0, 7), max_size=2, unique=True))
    return segments, flags, gates


def metres_one_by_one(lon, lat, segments, flags) -> nx.DiGraph:
    graph = nx.DiGraph()
    for (a, b), flag in zip(segments, flags, strict=True):
        metres = float(metres_between(lon[a], lat[a], lon[b], lat[b]))
        if flag != int(EdgeFlag.BACKWARD_ONLY):
            graph.add_edge(a, b, metres=metres)
        if flag != int(EdgeFlag.FORWARD_ONLY):
            graph.add_edge(b, a, metres=metres)
    return graph


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(raw_streets())
def test_distances_between_junctions_are_those_of_the_raw_segments(streets):
    segments, flags, gates = streets
    generator = np.random.default_rng(3)
    lon, lat = generator.uniform(121, 121.01, 8), generator.uniform(31, 31.01, 8)
    starts, ends = zip(*segments, strict=True)
    node_gate = np.where(np.isin(np.arange(8), gates), 0, -1)
    pieces = street_pieces(
        lon, lat, starts, ends, flags=flags, node_gate=node_gate, gates=(Gate("", "24/7"),)
    )
    if all(a == b for a, b in segments):
        with pytest.raises(NetworkError):
            build_network(pieces)
        return
    network, _ = build_network(pieces)
    weights = arc_weights(network, PROFILES["planning"])

    raw = metres_one_by_one(lon, lat, segments, flags)
    ours = nx.DiGraph()
    ours.add_nodes_from(range(network.node_count))
    for node in range(network.node_count):
        for arc in range(weights.ptr[node], weights.ptr[node + 1]):
            cost, head = int(weights.out_weight[arc]), int(weights.head[arc])
            known = ours.get_edge_data(node, head, {"ms": UNREACHABLE})["ms"]
            if cost < known:
                ours.add_edge(node, head, ms=cost)
    point_of = {
        node: int(np.argmin((lon - network.lon[node]) ** 2 + (lat - network.lat[node]) ** 2))
        for node in range(network.node_count)
    }
    for node in range(network.node_count):
        expected = nx.single_source_dijkstra_path_length(raw, point_of[node], weight="metres")
        actual = nx.single_source_dijkstra_path_length(ours, node, weight="ms")
        for other, ms in actual.items():
            assert expected[point_of[other]] * 1000 == pytest.approx(ms, abs=20)
        reached = {point_of[other] for other in actual}
        assert {point_of[n] for n in ours if point_of[n] in expected} == reached
