"""Streets (路网): the walking network of a demo, from the pieces of the lattice.

Every home has a short way to its door. Crossings of avenues wait, footbridges have steps, some
gates keep wheels out, and one path on an islet is joined to nothing on purpose, so that the report
of lost parts has a row.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import stream
from hequan.demo.frontage import FENCE_AT, Places
from hequan.demo.homes import Homes
from hequan.demo.naming import Names
from hequan.demo.paths import Paths, PathState
from hequan.demo.plan import Plan
from hequan.demo.street_classes import Crossing, StreetClass
from hequan.demo.street_edges import StreetEdges
from hequan.demo.uses import Use
from hequan.planner.network import EdgeFlag
from hequan.planner.street_pieces import StreetPieces, street_pieces

GATE_AT = 0.06  # share of a path between the street and the gate in the fence
AVENUE_FOOTBRIDGES, PARK_STEPS, NARROW_GATES = 0.08, 0.12, 0.05
INCLINES = {Crossing.BRIDGE: 0.03, Crossing.UNDERPASS: 0.055}
SOURCE = "hequan demo: made up"
ISLET_NAME = "芦洲步道"

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Points:
    """Points on pieces: which piece, where along it, and the number of the point."""

    edge: Ints
    along: Floats
    node: Ints


def draw_streets(
    plan: Plan, edges: StreetEdges, paths: Paths, homes: Homes, names: Names
) -> StreetPieces:
    """Return the street pieces that `planner.network_build.build_network` takes."""
    rng = stream(plan.seed, "streets")
    points, lon, lat, gate_nodes = _points_on_pieces(plan, edges, paths, homes.places)
    first, last = points.edge[:-1], points.edge[1:]
    joined = np.flatnonzero(first == last)
    edge = first[joined]
    opens = np.append(True, first != last)[joined]
    flags, crossings, incline = _meetings(rng, plan, edges, edge, opens)
    door = len(lon) + np.arange(len(homes))
    foot = door - len(homes)
    islet = len(lon) + len(homes) + np.arange(2)
    islet_lon, islet_lat = _islet(plan)
    added = len(homes) + 1
    count = len(lon) + len(homes) + 2
    node_gate, node_flags = np.full(count, -1, np.int32), np.zeros(count, np.uint16)
    node_gate[gate_nodes] = paths.gate[paths.gate >= 0]
    narrow = gate_nodes[rng.random(len(gate_nodes)) < NARROW_GATES]
    node_flags[narrow] = int(EdgeFlag.NO_WHEELS)
    name = np.concatenate([edges.name[edge], np.full(len(homes), -1), [len(names.streets)]])
    return street_pieces(
        np.concatenate([lon, homes.lon, islet_lon]),
        np.concatenate([lat, homes.lat, islet_lat]),
        np.concatenate([points.node[:-1][joined], foot, islet[:1]]),
        np.concatenate([points.node[1:][joined], door, islet[1:]]),
        flags=np.append(flags, np.zeros(added, np.uint16)),
        crossings=np.append(crossings, np.zeros(added, np.uint8)),
        incline=np.append(incline, np.zeros(added, np.float32)),
        name=name,
        node_gate=node_gate,
        node_flags=node_flags,
        gates=paths.gates,
        names=(*names.streets, ISLET_NAME),
        source=SOURCE,
    )


def _points_on_pieces(
    plan: Plan, edges: StreetEdges, paths: Paths, places: Places
) -> tuple[_Points, Floats, Floats, Ints]:
    """Return the points of all walked pieces in order, positions of all points, gates' points.

    Points are numbered: corners of the lattice, ends at fences, gates, then feet of homes.
    """
    lattice = plan.lattice
    state = paths.state
    walked = np.flatnonzero(state != PathState.NONE)
    corners = lattice.lon.size
    short = np.flatnonzero((state == PathState.SHORT_OF_START) | (state == PathState.SHORT_OF_END))
    short_along = np.where(state[short] == PathState.SHORT_OF_START, FENCE_AT, 1 - FENCE_AT)
    gated = np.flatnonzero(paths.gate >= 0)
    gate_along = np.where(edges.on_perimeter[edges.start[gated]], GATE_AT, 1 - GATE_AT)
    fence_node = corners + np.arange(len(short))
    gate_node = corners + len(short) + np.arange(len(gated))
    foot_node = corners + len(short) + len(gated) + np.arange(len(places))
    starts = walked[state[walked] != PathState.SHORT_OF_START]
    ends = walked[state[walked] != PathState.SHORT_OF_END]
    edge = np.concatenate([starts, short, gated, places.edge, ends])
    along = np.concatenate(
        [np.zeros(len(starts)), short_along, gate_along, places.along, np.ones(len(ends))]
    )
    node = np.concatenate([edges.start[starts], fence_node, gate_node, foot_node, edges.end[ends]])
    order = np.lexsort((node, along, edge))
    on_short = _between(plan, edges, short, short_along)
    on_gated = _between(plan, edges, gated, gate_along)
    feet = places.feet(lattice)
    lon = np.concatenate([lattice.lon.ravel(), on_short[0], on_gated[0], feet[0]])
    lat = np.concatenate([lattice.lat.ravel(), on_short[1], on_gated[1], feet[1]])
    return _Points(edge[order], along[order], node[order]), lon, lat, gate_node


def _between(plan: Plan, edges: StreetEdges, edge: Ints, along: Floats) -> tuple[Floats, Floats]:
    lon, lat = plan.lattice.lon.ravel(), plan.lattice.lat.ravel()
    start, end = edges.start[edge], edges.end[edge]
    return (
        np.round(lon[start] * (1 - along) + lon[end] * along, 7),
        np.round(lat[start] * (1 - along) + lat[end] * along, 7),
    )


def _meetings(
    rng: np.random.Generator,
    plan: Plan,
    edges: StreetEdges,
    edge: Ints,
    opens: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return flags, crossings and incline of every segment, `opens` the first one of a piece."""
    steps = np.isin(edges.crossing, (Crossing.FOOTBRIDGE,))
    steps |= (edges.zone >= 0) & (
        (plan.use[np.maximum(edges.zone, 0)] == Use.GREEN)
        & (rng.random(len(edges.zone)) < PARK_STEPS)
    )
    across = _crosses_avenue(plan, edges)
    overhead = across & (edges.klass >= StreetClass.STREET)
    overhead &= rng.random(len(across)) < AVENUE_FOOTBRIDGES
    crosses = (across & ~overhead)[edge] & opens | (edges.crossing == Crossing.LEVEL)[edge]
    stairs = steps[edge] | (overhead[edge] & opens)
    flags = np.where(stairs, int(EdgeFlag.STEPS), 0) | np.where(crosses, int(EdgeFlag.CROSSING), 0)
    incline = np.zeros(len(edges.crossing), np.float32)
    for kind, slope in INCLINES.items():
        incline[edges.crossing == kind] = slope
    return flags.astype(np.uint16), crosses.astype(np.uint8), incline[edge]


def _crosses_avenue(plan: Plan, edges: StreetEdges) -> npt.NDArray[np.bool_]:
    """Tell of each piece whether its first end lies across an avenue: whoever walks it crosses.

    Only the leg to the north or east of an avenue is told, so that a walk over it waits once.
    """
    avenue = edges.klass == StreetClass.AVENUE
    level = np.arange(len(avenue)) < edges.row_pieces
    found = np.zeros(len(avenue), bool)
    for along in (level, ~level):
        there = np.zeros(plan.lattice.lon.size, bool)
        there[edges.start[avenue & along]] = True
        there[edges.end[avenue & along]] = True
        found |= ~along & there[edges.start]
    return found & (edges.klass > StreetClass.NONE)


def _islet(plan: Plan) -> tuple[Floats, Floats]:
    """Return the two ends of a path on an islet, in the middle of the first river's last block."""
    lattice = plan.lattice
    row, column = int(lattice.river_rows[0]), lattice.columns // 2
    found = []
    for corner in (lattice.lon, lattice.lat):
        west = corner[row : row + 2, column].mean()
        east = corner[row : row + 2, column + 1].mean()
        found.append(np.round(np.array([west * 0.75 + east * 0.25, west * 0.25 + east * 0.75]), 7))
    return found[0], found[1]
