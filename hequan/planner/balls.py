"""What lies within a walk of each source (步行圈): sums, lists, or one ball with its routes.

The cost of a ball depends on what it reaches, not on the size of the town. Sums are taken inside
the search, so pairs are only written out when somebody asks for them.
"""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner import ball_kernels
from hequan.planner.buckets import weight_figures
from hequan.planner.search import (
    LARGEST_COST,
    MOST_BUCKETS,
    UNREACHABLE,
    Graph,
    Ints,
    Seeds,
    frozen,
    in_threads,
    thread_count,
)

LEAST_SOURCES = 8  # a thread for fewer is not worth starting
RANGES = 8  # for each thread
_scratch = threading.local()


@dataclass(frozen=True, eq=False)
class Members:
    """Which nodes lie in which ball: source s has node[ptr[s]:ptr[s + 1]] at these costs."""

    ptr: npt.NDArray[np.int64]
    node: Ints
    cost: Ints


@dataclass(frozen=True, eq=False)
class Ball:
    """One ball, ordered by node: costs, the arc and the parent node each was reached by.

    Arc and parent are -1 at the seeds. `carry` is what the graph carries along on that way.
    """

    node: Ints
    cost: Ints
    arc: Ints
    parent: Ints
    carry: Ints

    def cost_of(self, nodes: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Return the cost of each node, a value beyond every cost where it is not in the ball."""
        at = np.minimum(np.searchsorted(self.node, nodes), max(len(self.node) - 1, 0))
        if not len(self.node):
            return np.full(len(nodes), UNREACHABLE, np.int64)
        return np.where(self.node[at] == nodes, self.cost[at], UNREACHABLE).astype(np.int64)

    def path_to(self, node: int) -> tuple[list[int], list[int]]:
        """Return the nodes from the seed to this node and the arcs between them."""
        nodes, arcs = [int(node)], []
        at = int(np.searchsorted(self.node, node))
        while self.parent[at] >= 0:
            arcs.append(int(self.arc[at]))
            nodes.append(int(self.parent[at]))
            at = int(np.searchsorted(self.node, nodes[-1]))
        return nodes[::-1], arcs[::-1]


def ball_sums(
    graph: Graph,
    weight: npt.ArrayLike,
    seeds: Seeds,
    limit: int,
    values: npt.NDArray[np.float64],
    *,
    threads: int | None = None,
) -> npt.NDArray[np.float64]:
    """Return for each source (owner 0..) the column sums of `values` [node, k] within the limit."""
    weights, starts = frozen(weight, np.int32), _by_source(seeds)
    table = frozen(values, np.float64)
    sums = np.zeros((len(starts[0]) - 1, table.shape[1]))
    shift, slots = _slots(weights, limit)

    def work(low: int, high: int, cost: Ints, touched: Ints) -> None:
        ball_kernels.sum_balls(
            graph.ptr, graph.head, weights, *starts, limit, shift, slots, cost, touched,
            table, low, high, sums,
        )  # fmt: skip

    _in_ranges(work, graph.nodes, len(sums), threads)
    return sums


def ball_members(
    graph: Graph, weight: npt.ArrayLike, seeds: Seeds, limit: int, *, threads: int | None = None
) -> Members:
    """Return the nodes within the limit of each source (owner 0..), with their costs."""
    weights, starts = frozen(weight, np.int32), _by_source(seeds)
    count = len(starts[0]) - 1
    sizes = np.zeros(count, np.int64)
    shift, slots = _slots(weights, limit)
    parts: dict[int, tuple[Ints, Ints]] = {}

    def work(low: int, high: int, cost: Ints, touched: Ints) -> None:
        parts[low] = ball_kernels.list_balls(
            graph.ptr, graph.head, weights, *starts, limit, shift, slots, cost, touched,
            low, high, sizes,
        )  # fmt: skip

    _in_ranges(work, graph.nodes, count, threads)
    empty = np.empty(0, np.int32)
    listed = [parts[low] for low in sorted(parts)] or [(empty, empty)]
    node, cost = (np.concatenate([part[column] for part in listed]) for column in (0, 1))
    return Members(np.concatenate([[0], np.cumsum(sizes)]), node, cost)


def ball_around(graph: Graph, weight: npt.ArrayLike, seeds: Seeds, limit: int) -> Ball:
    """Return one ball grown from all seeds together, with the way to each of its nodes."""
    weights = frozen(weight, np.int32)
    shift, slots = _slots(weights, limit)
    cost, trace, touched = _scratch_of(graph.nodes)
    costs = frozen(np.minimum(seeds.cost, UNREACHABLE), np.int32)
    carries = np.zeros_like(costs) if seeds.carry is None else seeds.carry
    along = frozen(np.zeros(len(graph.head)), np.int32) if graph.along is None else graph.along
    found = ball_kernels.trace_ball(
        graph.ptr, graph.head, weights, along, frozen(seeds.node, np.int32), costs,
        frozen(carries, np.int32), min(limit, LARGEST_COST), shift, slots, cost, trace, touched,
    )  # fmt: skip
    found = found[np.argsort(found[:, 0])]
    return Ball(*(np.ascontiguousarray(found[:, column]) for column in range(5)))


def _slots(weight: Ints, limit: int) -> tuple[int, int]:
    """Return the bucket width as a power of two, about one mean weight, and how many buckets."""
    # a sample of the arcs is enough: any width gives the same answer
    sample = frozen(weight[:: max(1, len(weight) // 4096)], np.int32)
    mean, _ = weight_figures(sample, limit)
    shift = max(int(mean), 1).bit_length() - 1
    while (limit >> shift) + 1 > MOST_BUCKETS:
        shift += 1
    return shift, (limit >> shift) + 1


def _by_source(seeds: Seeds) -> tuple[npt.NDArray[np.int64], Ints, Ints]:
    order = np.argsort(seeds.owner, kind="stable")
    owner = np.asarray(seeds.owner)[order]
    count = int(owner[-1]) + 1 if len(owner) else 0
    ptr = np.searchsorted(owner, np.arange(count + 1))
    cost = np.minimum(seeds.cost, UNREACHABLE)
    return (
        frozen(ptr, np.int64),
        frozen(np.asarray(seeds.node)[order], np.int32),
        frozen(cost[order], np.int32),
    )


def _in_ranges(
    work: Callable[[int, int, Ints, Ints], None], nodes: int, count: int, threads: int | None
) -> None:
    """Share out the sources in ranges; a thread that is held up leaves the rest to the others."""
    workers = max(1, min(threads or thread_count(), count // LEAST_SOURCES))
    bounds = np.linspace(0, count, (RANGES * workers if workers > 1 else 1) + 1).astype(int)
    numbers = itertools.count()

    def share() -> None:
        cost, _, touched = _scratch_of(nodes)
        while (index := next(numbers)) < len(bounds) - 1:
            work(int(bounds[index]), int(bounds[index + 1]), cost, touched)

    in_threads(share, workers)


def _scratch_of(nodes: int) -> tuple[Ints, Ints, Ints]:
    """Return this thread's cost (all FAR), trace and touched arrays for a graph of this size."""
    kept = getattr(_scratch, "arrays", None)
    if kept is None or len(kept[0]) != nodes:
        cost = np.full(nodes, ball_kernels.FAR, np.int32)
        kept = (cost, np.empty((nodes, 3), np.int32), np.empty(nodes, np.int32))
        _scratch.arrays = kept
    return kept
