"""From raw street segments to a walking network (路网构建).

Whoever has streets (an OpenStreetMap reader, a generator) hands over `StreetPieces`. Here repeated
segments go, and gates and barriers standing at a point become edges of no length; then
`network_contract` makes one edge of each chain. Linear in the number of segments, but for sorting.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import NetworkError
from hequan.planner.network import EdgeFlag, WalkNetwork
from hequan.planner.network_contract import contract, reversed_flags
from hequan.planner.network_report import LISTED_EXAMPLES, LeftOut, NetworkReport, describe_network
from hequan.planner.street_pieces import SEGMENT_FIELDS, StreetPieces, street_pieces

__all__ = ["StreetPieces", "build_network", "street_pieces"]


def build_network(pieces: StreetPieces) -> tuple[WalkNetwork, NetworkReport]:
    """Return the walking network of these segments and a report of what was found and left out."""
    if not len(pieces.from_node):
        raise NetworkError("network.empty", "There is no walkable street in what was given.")
    clean, dropped = _without_repeats(pieces)
    if not len(clean.from_node):
        raise NetworkError("network.empty", "There is no walkable street in what was given.")
    network = contract(_split_at_barriers(clean))
    return network, replace(
        describe_network(network),
        segments=len(pieces.from_node),
        left_out=dropped,
        warnings=_without_length(clean),
    )


def _without_repeats(pieces: StreetPieces) -> tuple[StreetPieces, tuple[LeftOut, ...]]:
    """Drop segments from a point to itself, and all but one of those that say the same."""
    loops = pieces.from_node == pieces.to_node
    keep = ~loops
    low = np.minimum(pieces.from_node, pieces.to_node)
    key = low * len(pieces.lon) + np.maximum(pieces.from_node, pieces.to_node)
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1])
    if len(again):
        twins = order[np.union1d(again, again + 1)]
        keep[_said_before(pieces, twins, key[twins])] = False
    dropped = (
        *_told("loop", pieces, np.flatnonzero(loops)),
        *_told("repeated", pieces, np.flatnonzero(~keep & ~loops)),
    )
    return _select(pieces, keep), dropped


def _without_length(pieces: StreetPieces) -> tuple[LeftOut, ...]:
    """Tell of points that lie on each other; the segment between them stays as a joint."""
    start, end = pieces.from_node, pieces.to_node
    flat = (pieces.lon[start] == pieces.lon[end]) & (pieces.lat[start] == pieces.lat[end])
    return _told("no_length", pieces, np.flatnonzero(flat))


def _told(
    reason: str, pieces: StreetPieces, segments: npt.NDArray[np.int64]
) -> tuple[LeftOut, ...]:
    points = pieces.from_node[segments[:LISTED_EXAMPLES]]
    places = tuple(f"at {pieces.lon[at]:.6f}, {pieces.lat[at]:.6f}" for at in points)
    return (LeftOut(reason, len(segments), places),) if len(segments) else ()


def _said_before(
    pieces: StreetPieces, twins: npt.NDArray[np.int64], key: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return those of the segments between the same points that another one makes needless.

    Of equals stays the one with a name and most crossings.
    """
    reverse = pieces.from_node[twins] > pieces.to_node[twins]
    flags = np.where(reverse, reversed_flags(pieces.flags[twins]), pieces.flags[twins])
    incline = np.where(reverse, -pieces.incline[twins], pieces.incline[twins])
    same = (key, flags, incline, pieces.gate[twins])
    better = (pieces.crossings[twins].astype(np.int64), pieces.name[twins] >= 0)
    order = np.lexsort((~better[1], -better[0], *same))
    ordered = np.stack([column[order].astype(np.float64) for column in same])
    repeats = np.all(ordered[:, 1:] == ordered[:, :-1], axis=0)
    return np.asarray(twins[order[1:][repeats]])


def _select(pieces: StreetPieces, keep: npt.NDArray[np.bool_]) -> StreetPieces:
    return replace(pieces, **{name: getattr(pieces, name)[keep] for name in SEGMENT_FIELDS})


def _split_at_barriers(pieces: StreetPieces) -> StreetPieces:
    """Put an edge of no length where a gate or barrier stands, or nothing where none may pass.

    A gate in the run of a street parts it in two; at a junction each arm gets its own, since the
    map does not tell which arms it closes. At the end of a street it closes nothing.
    """
    special = (pieces.node_gate >= 0) | (pieces.node_flags != 0)
    ends = np.concatenate([pieces.from_node, pieces.to_node])
    arms = np.flatnonzero(special[ends])
    if not len(arms):
        return pieces
    arms = arms[np.argsort(ends[arms], kind="stable")]
    at = ends[arms]
    degree = np.bincount(at, minlength=len(special))[at]
    first = np.append(True, at[1:] != at[:-1])
    blocked = (pieces.node_flags[at] & int(EdgeFlag.BLOCKED)) != 0
    # the first arm of a plain run keeps the point itself, and blocked points need one arm less
    moved = (degree > 1) & ~(first & ((degree == 2) | blocked))
    arms, at, blocked = arms[moved], at[moved], blocked[moved]
    copies = len(pieces.lon) + np.arange(len(arms))
    ends[arms] = copies
    parted = replace(
        pieces,
        lon=np.append(pieces.lon, pieces.lon[at]),
        lat=np.append(pieces.lat, pieces.lat[at]),
        node_gate=np.append(pieces.node_gate, np.full(len(at), -1, np.int32)),
        node_flags=np.append(pieces.node_flags, np.zeros(len(at), np.uint16)),
        from_node=ends[: len(pieces.from_node)],
        to_node=ends[len(pieces.from_node) :],
    )
    return _joined_by_gates(parted, at[~blocked], copies[~blocked])


def _joined_by_gates(
    pieces: StreetPieces, point: npt.NDArray[np.int64], copy: npt.NDArray[np.int64]
) -> StreetPieces:
    gate = pieces.node_gate[point]
    flags = pieces.node_flags[point] | np.where(gate >= 0, int(EdgeFlag.GATE), 0)
    none = np.zeros(len(point))
    added: tuple[npt.NDArray[Any], ...] = (point, copy, flags, none, none, gate, none - 1)
    joined: dict[str, Any] = {
        name: np.append(getattr(pieces, name), values.astype(getattr(pieces, name).dtype))
        for name, values in zip(SEGMENT_FIELDS, added, strict=True)
    }
    return replace(pieces, **joined)
