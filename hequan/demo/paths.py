"""Paths inside zones (小区道路): which are walked, and where a fence lets people in.

Inside a zone a random spanning tree and some more pieces are kept, so that paths wind and nothing
is cut off. A fence ends every path short of the street except at gates; without a fence most paths
reach it.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from hequan.demo.chance import stream
from hequan.demo.plan import Plan
from hequan.demo.street_classes import StreetClass
from hequan.demo.street_edges import StreetEdges
from hequan.demo.uses import Use
from hequan.planner.network import Gate

KEPT_BESIDE_TREE = 0.4
OPEN_LINKS = 0.6
ALWAYS = "24/7"
HOURS_BY_RANK = (
    (ALWAYS,),
    ("06:00-22:00", "05:30-23:00", "06:00-21:00"),
    ("07:00-19:00", "06:30-20:30"),
    ("06:30-09:00,16:30-19:00",),
)
CAMPUS_HOURS = ("Mo-Fr 06:30-18:30; Sa,Su 08:00-17:00", "Mo-Fr 07:00-18:00")
SCIENCE_HOURS = (ALWAYS, "Mo-Fr 07:30-20:00")
_GATE_NAMES = ("正门", "侧门", "边门", "睦邻门")


class PathState(IntEnum):
    """How a path piece can be walked."""

    NONE = 0
    WHOLE = 1
    SHORT_OF_START = 2  # a fence stands where it begins
    SHORT_OF_END = 3


@dataclass(frozen=True, eq=False)
class Paths:
    """State and gate of every piece of the lattice; streets are WHOLE and without gate."""

    state: npt.NDArray[np.int8]
    gate: npt.NDArray[np.int32]
    gates: tuple[Gate, ...]


def lay_paths(plan: Plan, edges: StreetEdges, zone_names: list[str]) -> Paths:
    """Return which pieces are walked, with the gates in the fences."""
    rng = stream(plan.seed, "paths")
    state = np.where(edges.klass >= StreetClass.LANE, PathState.WHOLE, PathState.NONE)
    state = state.astype(np.int8)
    path = np.flatnonzero(edges.zone >= 0)
    path = path[plan.use[edges.zone[path]] != Use.BARRACKS]
    outer = edges.on_perimeter[edges.start[path]].astype(int)
    outer += edges.on_perimeter[edges.end[path]]
    inner = path[outer == 0]
    part = _lay_inner(rng, edges, inner, plan.lattice.lon.size, state)
    across = path[outer == 2]
    open_across = ~plan.gated[edges.zone[across]] & (rng.random(len(across)) < OPEN_LINKS)
    state[across[open_across]] = PathState.WHOLE
    links = path[outer == 1]
    gate, gates = _lay_links(rng, plan, edges, links, part, state, zone_names)
    return Paths(state, gate, gates)


def _lay_inner(
    rng: np.random.Generator,
    edges: StreetEdges,
    inner: npt.NDArray[np.int64],
    corners: int,
    state: npt.NDArray[np.int8],
) -> npt.NDArray[np.int32]:
    """Keep a spanning tree and some pieces more; return the connected part of every corner."""
    weight = 1 + rng.random(len(inner))
    ends = (edges.start[inner], edges.end[inner])
    graph = coo_array((weight, ends), shape=(corners, corners)).tocsr()
    tree = minimum_spanning_tree(graph).tocoo()
    kept = np.isin(ends[0] * corners + ends[1], tree.row.astype(np.int64) * corners + tree.col)
    kept |= rng.random(len(inner)) < KEPT_BESIDE_TREE
    state[inner[kept]] = PathState.WHOLE
    return np.asarray(connected_components(graph, directed=False)[1])


def _lay_links(
    rng: np.random.Generator,
    plan: Plan,
    edges: StreetEdges,
    links: npt.NDArray[np.int64],
    part: npt.NDArray[np.int32],
    state: npt.NDArray[np.int8],
    zone_names: list[str],
) -> tuple[npt.NDArray[np.int32], tuple[Gate, ...]]:
    """Join the paths of every part to the street: by gates in a fence, else by most pieces."""
    starts_outside = edges.on_perimeter[edges.start[links]]
    inside = np.where(starts_outside, edges.end[links], edges.start[links])
    outside = np.where(starts_outside, edges.start[links], edges.end[links])
    # the larger the street, the sooner a gate opens on it, but not all on the same one
    eagerness = 0.4 * _class_at(edges, outside) + 2 * rng.random(len(links))
    order = np.lexsort((-eagerness, part[inside]))
    rank = _rank_in_runs(part[inside][order])
    links, starts_outside = links[order], starts_outside[order]
    zone = edges.zone[links]
    gated = plan.gated[zone]
    pieces = np.bincount(part[inside], minlength=int(part.max()) + 1)[part[inside[order]]]
    gates_there = np.clip(pieces // 4, 2, 5)
    joined = np.where(
        gated, rank < gates_there, (rank == 0) | (rng.random(len(links)) < OPEN_LINKS)
    )
    state[links[joined]] = PathState.WHOLE
    fenced = np.where(starts_outside, PathState.SHORT_OF_START, PathState.SHORT_OF_END)
    state[links[~joined]] = fenced[~joined]
    gate = np.full(len(edges.start), -1, np.int32)
    with_gate = np.flatnonzero(joined & gated)
    gate[links[with_gate]] = np.arange(len(with_gate))
    hours = rng.integers(12, size=len(with_gate)).tolist()
    gates = tuple(
        _gate(zone_names[z], Use(int(plan.use[z])), place, pick)
        for z, place, pick in zip(
            zone[with_gate].tolist(), rank[with_gate].tolist(), hours, strict=True
        )
    )
    return gate, gates


def _gate(zone_name: str, use: Use, rank: int, pick: int) -> Gate:
    hours = HOURS_BY_RANK[min(rank, len(HOURS_BY_RANK) - 1)]
    if use == Use.CAMPUS:
        hours = CAMPUS_HOURS
    elif use == Use.SCIENCE:
        hours = SCIENCE_HOURS
    name = zone_name + _GATE_NAMES[min(rank, len(_GATE_NAMES) - 1)]
    return Gate(name, hours[pick % len(hours)])


def _class_at(edges: StreetEdges, corner: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    largest = np.zeros(len(edges.on_perimeter), np.int8)
    np.maximum.at(largest, edges.start, edges.klass)
    np.maximum.at(largest, edges.end, edges.klass)
    return largest[corner]


def _rank_in_runs(key: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return 0, 1, 2 ... inside each run of equal keys."""
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    lengths = np.diff(np.append(first, len(key)))
    return np.arange(len(key)) - np.repeat(first, lengths)
