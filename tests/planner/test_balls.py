"""Balls against a plain heap: members, sums and ways."""

import numpy as np
import pytest
from hypothesis import given, settings

from hequan.planner.balls import ball_around, ball_members, ball_sums
from hequan.planner.search import UNREACHABLE
from tests.planner.oracles import graph_of, labels_by_heap, searches, seeds_of

pytestmark = pytest.mark.slow  # the first call compiles


def _balls_by_heap(graph, weight, rows, limit):
    owners = range(max((row[2] for row in rows), default=-1) + 1)
    return [
        {
            node: label[0]
            for node, label in labels_by_heap(
                graph, weight, [row for row in rows if row[2] == owner], limit
            ).items()
        }
        for owner in owners
    ]


@settings(deadline=None, max_examples=200)
@given(searches())
def test_members_and_sums_of_every_ball_are_what_a_heap_finds(case):
    nodes, arcs, rows, limit = case
    limit = 1_500 if limit is None else limit
    graph, weight = graph_of(nodes, arcs)
    expected = _balls_by_heap(graph, weight, rows, limit)
    values = np.column_stack([np.arange(nodes) + 1.0, np.ones(nodes)])
    for threads in (1, 2):
        members = ball_members(graph, weight, seeds_of(rows), limit, threads=threads)
        found = [
            dict(zip(members.node[low:high].tolist(), members.cost[low:high].tolist(), strict=True))
            for low, high in zip(members.ptr[:-1], members.ptr[1:], strict=True)
        ]
        assert found == expected
        sums = ball_sums(graph, weight, seeds_of(rows), limit, values, threads=threads)
        assert sums.tolist() == [
            [sum(node + 1.0 for node in ball), float(len(ball))] for ball in expected
        ]


@settings(deadline=None, max_examples=200)
@given(searches())
def test_the_way_to_every_node_of_a_ball_costs_what_the_ball_says(case):
    nodes, arcs, rows, limit = case
    limit = 1_500 if limit is None else limit
    graph, weight = graph_of(nodes, arcs)
    starts = {}
    for node, cost, _, _ in rows:
        starts[node] = min(cost, starts.get(node, cost))
    ball = ball_around(graph, weight, seeds_of(rows), limit)
    expected = labels_by_heap(graph, weight, rows, limit)
    everything = np.arange(nodes)
    assert ball.cost_of(everything).tolist() == [
        expected[node][0] if node in expected else UNREACHABLE for node in range(nodes)
    ]
    for node, cost in zip(ball.node.tolist(), ball.cost.tolist(), strict=True):
        path, taken = ball.path_to(node)
        assert path[-1] == node
        assert [int(graph.head[arc]) for arc in taken] == path[1:]
        assert starts[path[0]] + sum(int(weight[arc]) for arc in taken) == cost
        carried = ball.carry[np.searchsorted(ball.node, node)]
        first = ball.carry[np.searchsorted(ball.node, path[0])]
        assert carried - first == sum(int(graph.along[arc]) for arc in taken)


def test_a_node_with_more_arcs_than_the_queue_holds_is_read_to_its_end():
    graph, weight = graph_of(9_000, [(0, leaf, 1, 0) for leaf in range(1, 9_000)])
    assert len(ball_around(graph, weight, seeds_of([(0, 0, 0, 0)]), 5).node) == 9_000


def test_many_sources_shared_out_over_threads_give_what_one_thread_gives():
    rng = np.random.default_rng(0)
    nodes = 300
    arcs = [(*rng.integers(0, nodes, 2).tolist(), int(rng.integers(0, 90)), 0) for _ in range(900)]
    graph, weight = graph_of(nodes, arcs)
    rows = [(int(rng.integers(0, nodes)), 0, owner, 0) for owner in range(100)]
    values = rng.random((nodes, 2))
    one, two = (
        (
            ball_sums(graph, weight, seeds_of(rows), 120, values, threads=threads),
            ball_members(graph, weight, seeds_of(rows), 120, threads=threads),
        )
        for threads in (1, 2)
    )
    assert np.array_equal(one[0], two[0])
    for name in ("ptr", "node", "cost"):
        assert np.array_equal(getattr(one[1], name), getattr(two[1], name))
    sizes = [len(ball) for ball in _balls_by_heap(graph, weight, rows, 120)]
    assert np.diff(two[1].ptr).tolist() == sizes
