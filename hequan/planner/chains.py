"""Runs of segments through points that only give shape (线段串联), walked once each."""

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Chains:
    """Chain c is segment[start[c]:start[c + 1]] in walking order, each reversed or not."""

    segment: npt.NDArray[np.int64]
    reversed: npt.NDArray[np.bool_]
    start: npt.NDArray[np.int64]


def walk_chains(
    nodes: int,
    from_node: npt.NDArray[np.int64],
    to_node: npt.NDArray[np.int64],
    only_shape: npt.NDArray[np.bool_],
) -> Chains:
    """Return every segment once, in chains that end at points that are more than shape.

    A ring without such a point is one chain from its lowest segment's first point to the same.
    Linear in segments after one sort.
    """
    ends = np.concatenate([from_node, to_node])
    order = np.argsort(ends, kind="stable")
    ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(ends, minlength=nodes))])
    return Chains(*_walk(ptr, order % len(from_node), from_node, to_node, only_shape))


@numba.njit(cache=True)
def _walk(ptr, incident, from_node, to_node, only_shape):  # type: ignore[no-untyped-def]
    count = len(from_node)
    segment = np.empty(count, np.int64)
    back = np.empty(count, np.bool_)
    start = np.empty(count + 1, np.int64)
    seen = np.zeros(count, np.bool_)
    done = 0
    chains = 0
    # first from junctions and ends; what is left afterwards are rings
    for rings in range(2):
        for first in range(count):
            for side in range(2):
                at = to_node[first] if side else from_node[first]
                if seen[first] or (only_shape[at] and not rings):
                    continue
                start[chains] = done
                chains += 1
                now = first
                while not seen[now]:
                    seen[now] = True
                    segment[done] = now
                    back[done] = to_node[now] == at
                    at = from_node[now] if back[done] else to_node[now]
                    done += 1
                    if not only_shape[at]:
                        break
                    slot = ptr[at]
                    now = incident[slot + 1] if incident[slot] == now else incident[slot]
    start[chains] = done
    return segment, back, start[: chains + 1].copy()
