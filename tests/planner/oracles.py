"""Slow and plain twins of the compiled searches, to hold them against."""

import heapq

import numpy as np
from hypothesis import strategies as st

from hequan.planner.search import UNREACHABLE, Graph, Seeds


def graph_of(nodes, arcs):
    """Return the adjacency of (tail, head, weight, along) arcs and its weights."""
    ordered = sorted(arcs, key=lambda arc: arc[0])
    tails = np.array([arc[0] for arc in ordered], dtype=np.int64)
    ptr = np.searchsorted(tails, np.arange(nodes + 1))
    columns = [np.array([arc[i] for arc in ordered], dtype=np.int32) for i in (1, 2, 3)]
    return Graph(ptr, columns[0], columns[2]), columns[1]


def seeds_of(rows):
    """Return seeds of (node, cost, owner, carry) rows."""
    return Seeds(*(np.array([row[i] for row in rows], dtype=np.int64) for i in range(4)))


def labels_by_heap(graph, weight, rows, limit=UNREACHABLE - 1):
    """Return {node: (cost, owner, carry)}, least first in that order, by one heap of triples."""
    best, heap = {}, [(cost, owner, carry, node) for node, cost, owner, carry in rows]
    heapq.heapify(heap)
    while heap:
        cost, owner, carry, node = heapq.heappop(heap)
        if node in best or cost > limit:
            continue
        best[node] = (cost, owner, carry)
        for arc in range(graph.ptr[node], graph.ptr[node + 1]):
            if weight[arc] != UNREACHABLE:
                further = (cost + int(weight[arc]), owner, carry + int(graph.along[arc]))
                heapq.heappush(heap, (*further, int(graph.head[arc])))
    return best


@st.composite
def searches(draw):
    """Draw a small directed graph with zero, closed and parallel arcs, and seeds on it."""
    nodes = draw(st.integers(1, 25))
    node = st.integers(0, nodes - 1)
    small = st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 3_000))
    weight = st.one_of(small, small, small, st.just(UNREACHABLE), st.just(UNREACHABLE - 1))
    arcs = draw(st.lists(st.tuples(node, node, weight, st.integers(0, 50)), max_size=80))
    row = st.tuples(node, st.integers(0, 500), st.integers(0, 6), st.integers(0, 20))
    limit = draw(st.one_of(st.none(), st.integers(0, 4_000)))
    return nodes, arcs, draw(st.lists(row, max_size=12)), limit
