"""Walking searches over any graph of whole-number weights: who is nearest to whom (最近服务站).

The graph is a compressed adjacency (`ptr`, `head`) with one int32 weight per arc; nothing here
knows of streets. Searching over arriving arcs from the stations answers "from every node, which
station is nearest, walking towards it". Costs are exact; ties go to the lowest owner, so that the
answer never depends on the order of work or on the number of threads.
"""

import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner import buckets

UNREACHABLE = 2**31 - 1  # weight of a closed arc, cost of a node that is not reached
LARGEST_COST = UNREACHABLE - 1
MOST_BUCKETS = 4096
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Graph:
    """A compressed adjacency: node v has arcs ptr[v]:ptr[v + 1] to the nodes head[...].

    `along` is a second quantity per arc that a search may carry, such as millimetres.
    """

    ptr: npt.NDArray[np.int64]
    head: Ints
    along: Ints | None = None

    def __post_init__(self) -> None:
        """Bring the arrays to the one type that the kernels are compiled for."""
        object.__setattr__(self, "ptr", frozen(self.ptr, np.int64))
        object.__setattr__(self, "head", frozen(self.head, np.int32))
        if self.along is not None:
            object.__setattr__(self, "along", frozen(self.along, np.int32))

    @property
    def nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self.ptr) - 1

    @cached_property
    def widest(self) -> int:
        """Return the largest number of arcs at one node."""
        return int(buckets.widest_node(self.ptr))


@dataclass(frozen=True, eq=False)
class Seeds:
    """Where a search starts: nodes, the cost already spent there, and who owns them (from 0).

    A source in the middle of an edge seeds both ends of it under one owner. `carry` is the second
    quantity already spent.
    """

    node: npt.NDArray[Any]
    cost: npt.NDArray[Any]
    owner: npt.NDArray[Any]
    carry: npt.NDArray[Any] | None = None


@dataclass(frozen=True, eq=False)
class Search:
    """One of many searches over the same graph: its arc weights, its seeds and its limit.

    With `carries`, what the graph carries along is asked for too.
    """

    weight: Ints
    seeds: Seeds
    limit: int | None = None
    carries: bool = False

    @property
    def most(self) -> int:
        """Return the largest cost that still counts as reached."""
        return LARGEST_COST if self.limit is None else min(int(self.limit), LARGEST_COST)


Keep = Callable[[int, npt.NDArray[np.int64], "Ints | None"], None]


def frozen(values: npt.ArrayLike, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Return the values as a plain read-only array, so that kernels compile for one type only."""
    array = np.ascontiguousarray(values, dtype=dtype).view(np.ndarray)[:]
    array.flags.writeable = False
    return array


def thread_count() -> int:
    """Return how many threads this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def ring(figures: tuple[float, int], largest_seed: int) -> tuple[int, int]:
    """Return the bucket width as a power of two, and how many buckets the queue needs.

    `figures` are the mean and the largest of the weights within the limit.
    """
    mean, largest = figures
    shift = max(int(mean / 4), 1).bit_length() - 1
    span = max(int(largest), largest_seed)
    while (span >> shift) + 2 > MOST_BUCKETS:
        shift += 1
    return shift, 1 << ((span >> shift) + 1).bit_length()


def nearest(
    graph: Graph, weight: npt.ArrayLike, seeds: Seeds, *, limit: int | None = None
) -> tuple[Ints, Ints]:
    """Return for every node the least cost from a seed and its owner; UNREACHABLE and -1 if none.

    Costs above the limit count as not reached.
    """
    key = np.empty(graph.nodes, np.int64)
    label_nodes(graph, Search(frozen(weight, np.int32), seeds, limit), key)
    cost, owner = np.empty(graph.nodes, np.int32), np.empty(graph.nodes, np.int32)
    buckets.unpack(key, cost, owner)
    return cost, owner


def label_nodes(
    graph: Graph,
    search: Search,
    key: npt.NDArray[np.int64],
    carry: Ints | None = None,
    *,
    figures: tuple[float, int] | None = None,
) -> None:
    """Fill `key` with `cost << 32 | owner` of every node, `buckets.UNSET` where none comes.

    With `carry` (int32 per node), fill it with what the graph carries along the cheapest way; it
    means nothing where the key is unset. One thread, without Python's lock.
    """
    seeds, weight = search.seeds, frozen(search.weight, np.int32)
    cost = frozen(np.minimum(seeds.cost, UNREACHABLE), np.int32)
    figures = figures or buckets.weight_figures(weight, search.most)
    shift, count = ring(figures, int(cost[cost <= search.most].max(initial=0)))
    carries = None
    if carry is not None:
        carries = frozen(np.zeros_like(cost) if seeds.carry is None else seeds.carry, np.int32)
    buckets.settle(
        graph.ptr, graph.head, weight, None if carry is None else graph.along,
        frozen(seeds.node, np.int32), cost, frozen(seeds.owner, np.int32), carries,
        search.most, shift, count, graph.widest, key, carry,
    )  # fmt: skip


def nearest_many(
    graph: Graph, searches: Sequence[Search], *, threads: int | None = None
) -> tuple[Ints, Ints]:
    """Return costs and owners as two arrays [search, node], searching on several threads."""
    costs = np.empty((len(searches), graph.nodes), np.int32)
    owners = np.empty_like(costs)

    def keep(index: int, key: npt.NDArray[np.int64], _carry: Ints | None) -> None:
        buckets.unpack(key, costs[index], owners[index])

    label_each(graph, searches, keep, threads=threads)
    return costs, owners


def label_each(
    graph: Graph, searches: Sequence[Search], keep: Keep, *, threads: int | None = None
) -> None:
    """Run every search; hand its number, labels and carried values to `keep`, in its thread.

    The arrays are only good during the call: the next search writes over them.
    """
    numbers = itertools.count()
    # searches of one walker share their weights: look through them once
    kinds = {(id(search.weight), search.most): search for search in searches}
    figures = {
        kind: buckets.weight_figures(frozen(search.weight, np.int32), search.most)
        for kind, search in kinds.items()
    }

    def work() -> None:
        key, carry = np.empty(graph.nodes, np.int64), None
        while (index := next(numbers)) < len(searches):
            if searches[index].carries and carry is None:
                carry = np.empty(graph.nodes, np.int32)
            search = searches[index]
            carried = carry if search.carries else None
            known = figures[id(search.weight), search.most]
            label_nodes(graph, search, key, carried, figures=known)
            keep(index, key, carried)

    in_threads(work, min(threads or thread_count(), len(searches)))


def in_threads(work: Callable[[], None], threads: int) -> None:
    """Run `work` once in each of so many threads and raise what the first of them raised."""
    if threads <= 1:
        work()
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
