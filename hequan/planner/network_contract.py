"""One edge for each run of street between junctions (路段合并), nodes in Morton order.

Points that only give a street its shape are no nodes of the network: where two segments meet that
mean the same to a walker, the point stays only in the shape.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner.chains import walk_chains
from hequan.planner.network import (
    SHAPE_UNITS_PER_DEGREE,
    EdgeFlag,
    WalkNetwork,
    metres_between,
)
from hequan.planner.street_pieces import StreetPieces

_ONE_WAY = int(EdgeFlag.FORWARD_ONLY | EdgeFlag.BACKWARD_ONLY)

Longs = npt.NDArray[np.int64]


def contract(pieces: StreetPieces) -> WalkNetwork:
    """Return the network in which chains of points that only give shape are single edges."""
    chains = walk_chains(
        len(pieces.lon), pieces.from_node, pieces.to_node, _gives_only_shape(pieces)
    )
    order, back, start = chains.segment, chains.reversed, chains.start
    head, tail = start[:-1], start[1:] - 1
    enter = np.where(back, pieces.to_node[order], pieces.from_node[order])
    leave = np.where(back, pieces.from_node[order], pieces.to_node[order])
    metres = metres_between(
        pieces.lon[enter], pieces.lat[enter], pieces.lon[leave], pieces.lat[leave]
    )
    flags = np.where(back, reversed_flags(pieces.flags[order]), pieces.flags[order])[head]
    incline = np.where(back, -pieces.incline[order], pieces.incline[order])[head]
    crossings = np.minimum(np.add.reduceat(pieces.crossings[order].astype(np.int64), head), 255)
    flags = flags | np.where(crossings > 0, int(EdgeFlag.CROSSING), 0)
    flags = flags | np.where(pieces.gate[order][head] >= 0, int(EdgeFlag.GATE), 0)
    shape_ptr = start + np.arange(len(start))
    shape_node = np.empty(shape_ptr[-1], np.int64)
    place = np.arange(len(order)) + np.repeat(np.arange(len(head)), np.diff(start))
    shape_node[place] = enter
    shape_node[shape_ptr[1:] - 1] = leave[tail]
    return _in_morton_order(
        pieces,
        ends=(enter[head], leave[tail]),
        shape=(shape_ptr, shape_node),
        edges={
            "edge_metres": np.add.reduceat(metres, head),
            "edge_incline": incline.astype(np.float32),
            "edge_flags": flags.astype(np.uint16),
            "edge_crossings": crossings.astype(np.uint8),
            "edge_gate": pieces.gate[order][head],
            "edge_name": pieces.name[order][head],
        },
    )


def reversed_flags(flags: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """Return the flags as they read when the segment is walked to -> from."""
    one_way = flags & _ONE_WAY
    turned = (one_way != 0) & (one_way != _ONE_WAY)
    return np.where(turned, flags ^ _ONE_WAY, flags).astype(np.uint16)


def _gives_only_shape(pieces: StreetPieces) -> npt.NDArray[np.bool_]:
    """Return for each point whether just two segments meet there that mean the same."""
    ends = np.concatenate([pieces.from_node, pieces.to_node])
    only_shape = np.bincount(ends, minlength=len(pieces.lon)) == 2
    halves = np.flatnonzero(only_shape[ends])
    halves = halves[np.argsort(ends[halves], kind="stable")]
    first, second = halves[0::2], halves[1::2]
    segments = len(pieces.from_node)
    arrive, leave = first % segments, second % segments
    arrive_turned, leave_turned = first < segments, second >= segments
    flags = pieces.flags & ~np.uint16(EdgeFlag.CROSSING)
    turned = reversed_flags(flags)
    same = np.where(arrive_turned, turned[arrive], flags[arrive]) == np.where(
        leave_turned, turned[leave], flags[leave]
    )
    rise = pieces.incline
    same &= np.where(arrive_turned, -rise[arrive], rise[arrive]) == np.where(
        leave_turned, -rise[leave], rise[leave]
    )
    same &= pieces.gate[arrive] == pieces.gate[leave]
    same &= pieces.name[arrive] == pieces.name[leave]
    only_shape[ends[first[~same]]] = False
    return np.asarray(only_shape)


def _in_morton_order(
    pieces: StreetPieces,
    *,
    ends: tuple[Longs, Longs],
    shape: tuple[Longs, Longs],
    edges: dict[str, Any],
) -> WalkNetwork:
    """Number nodes along the Morton curve and edges by their first node, and add adjacency."""
    used = np.unique(np.concatenate(ends))
    used = used[np.argsort(_morton_codes(pieces.lon[used], pieces.lat[used]), kind="stable")]
    number = np.full(len(pieces.lon), -1, np.int64)
    number[used] = np.arange(len(used))
    start, end = number[ends[0]], number[ends[1]]
    order = np.lexsort((np.maximum(start, end), np.minimum(start, end)))
    start, end = start[order], end[order]
    shape_ptr, points = _reordered(*shape, order)
    edges = {name: values[order] for name, values in edges.items()}
    return WalkNetwork(
        lon=pieces.lon[used],
        lat=pieces.lat[used],
        component=_components(len(used), start, end, edges["edge_metres"]),
        edge_from=start.astype(np.int32),
        edge_to=end.astype(np.int32),
        shape_ptr=shape_ptr,
        shape_lon_e7=_fixed_point(pieces.lon[points]),
        shape_lat_e7=_fixed_point(pieces.lat[points]),
        gates=pieces.gates,
        names=pieces.names,
        source=pieces.source,
        **edges,
        **_adjacency(len(used), start, end),
    )


def _fixed_point(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    return np.rint(degrees * SHAPE_UNITS_PER_DEGREE).astype(np.int32)


def _reordered(ptr: Longs, values: Longs, order: Longs) -> tuple[Longs, Longs]:
    """Return the same runs of values in another order of the runs."""
    lengths = np.diff(ptr)[order]
    moved = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    take = np.arange(moved[-1]) + np.repeat(ptr[:-1][order] - moved[:-1], lengths)
    return moved, values[take]


def _morton_codes(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.uint64]:
    """Return the interleaved bits of both coordinates, 31 bits each over the whole Earth."""
    x = ((lon + 180) / 360 * (2**31 - 1)).astype(np.uint64)
    y = ((lat + 90) / 180 * (2**31 - 1)).astype(np.uint64)
    return _spread_bits(x) | (_spread_bits(y) << np.uint64(1))


def _spread_bits(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value


def _components(
    nodes: int, start: Longs, end: Longs, metres: npt.NDArray[np.float64]
) -> npt.NDArray[np.int32]:
    """Return the connected part of each node, the one with most metres first."""
    # here, since no start of a process should wait for it
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(start), np.int8), (start, end)), shape=(nodes, nodes))
    count, label = connected_components(graph, directed=False)
    length = np.bincount(label[start], weights=metres, minlength=count)
    rank = np.empty(count, np.int32)
    rank[np.argsort(-length, kind="stable")] = np.arange(count)
    return np.asarray(rank[label])


def _adjacency(nodes: int, start: Longs, end: Longs) -> dict[str, Any]:
    edges = len(start)
    tails = np.concatenate([start, end])
    order = np.argsort(tails, kind="stable")
    ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(tails, minlength=nodes))])
    return {
        "arc_ptr": ptr,
        "arc_head": np.concatenate([end, start])[order].astype(np.int32),
        "arc_edge": (order % edges).astype(np.int32),
        "arc_backward": order >= edges,
    }
