"""The bucket queue against a plain heap: every cost, owner and carried length."""

import numpy as np
import pytest
from hypothesis import example, given, settings

from hequan.planner import buckets
from hequan.planner.search import (
    UNREACHABLE,
    Graph,
    Search,
    Seeds,
    label_nodes,
    nearest,
    nearest_many,
    ring,
)
from tests.planner.oracles import graph_of, labels_by_heap, searches, seeds_of

pytestmark = pytest.mark.slow  # the first call compiles


@settings(deadline=None, max_examples=300)
@given(searches())
@example((2, [(0, 1, UNREACHABLE, 0)], [(0, 5, 0, 0)], None))
@example((3, [(0, 1, 0, 3), (1, 0, 0, 3), (1, 2, 0, 1)], [(0, 0, 2, 0), (2, 0, 1, 0)], None))
def test_every_label_is_the_one_a_heap_finds(case):
    nodes, arcs, rows, limit = case
    graph, weight = graph_of(nodes, arcs)
    expected = labels_by_heap(graph, weight, rows, UNREACHABLE - 1 if limit is None else limit)
    cost, owner = nearest(graph, weight, seeds_of(rows), limit=limit)
    for node in range(nodes):
        assert (cost[node], owner[node]) == expected.get(node, (UNREACHABLE, -1, 0))[:2]


@settings(deadline=None, max_examples=200)
@given(searches())
def test_the_carried_length_is_the_least_among_the_cheapest_ways(case):
    nodes, arcs, rows, limit = case
    graph, weight = graph_of(nodes, arcs)
    expected = labels_by_heap(graph, weight, rows, UNREACHABLE - 1 if limit is None else limit)
    key, carry = np.empty(nodes, np.int64), np.empty(nodes, np.int32)
    label_nodes(graph, Search(weight, seeds_of(rows), limit), key, carry)
    assert {node for node in range(nodes) if key[node] != buckets.UNSET} == set(expected)
    for node, (cost, owner, carried) in expected.items():
        assert (key[node] >> 32, key[node] & 0xFFFFFFFF, carry[node]) == (cost, owner, carried)


@settings(deadline=None, max_examples=50)
@given(searches())
def test_many_searches_answer_like_one_on_any_number_of_threads(case):
    nodes, arcs, rows, limit = case
    graph, weight = graph_of(nodes, arcs)
    several = [Search(weight, seeds_of(rows[start:]), limit) for start in range(5)]
    single = [nearest(graph, weight, search.seeds, limit=limit) for search in several]
    for threads in (1, 2):
        costs, owners = nearest_many(graph, several, threads=threads)
        assert [row.tolist() for row in costs] == [cost.tolist() for cost, _ in single]
        assert [row.tolist() for row in owners] == [owner.tolist() for _, owner in single]


def test_a_long_chain_with_many_queued_nodes_outgrows_the_first_pool():
    leaves = 20_000
    arcs = [(0, leaf, leaf % 97, 0) for leaf in range(1, leaves)]
    graph, weight = graph_of(leaves, arcs)
    cost, owner = nearest(graph, weight, seeds_of([(0, 7, 3, 0)]))
    assert cost.tolist() == [7] + [7 + leaf % 97 for leaf in range(1, leaves)]
    assert set(owner) == {3}


def test_one_arc_of_many_hours_does_not_ask_for_a_bucket_per_second():
    shift, count = ring((10.0, 2_000_000_000), 0)
    assert count <= 4096
    assert (count << shift) > 2_000_000_000
    graph, weight = graph_of(3, [(0, 1, 10, 0), (1, 2, 2_000_000_000, 0)])
    cost, _ = nearest(graph, weight, seeds_of([(0, 0, 0, 0)]))
    assert cost.tolist() == [0, 10, 2_000_000_010]


def test_read_only_maps_of_a_file_serve_as_they_are(tmp_path):
    np.save(tmp_path / "head.npy", np.array([1, 0], np.int32))
    head = np.load(tmp_path / "head.npy", mmap_mode="r")
    zero = np.zeros(1, np.int32)
    cost, _ = nearest(Graph(np.array([0, 1, 2]), head), [4, 4], Seeds(zero, zero, zero))
    assert cost.tolist() == [0, 4]


def test_no_seed_means_nobody_is_reached():
    graph, weight = graph_of(2, [(0, 1, 1, 0)])
    cost, owner = nearest(graph, weight, seeds_of([]))
    assert cost.tolist() == [UNREACHABLE] * 2
    assert owner.tolist() == [-1, -1]
