"""A made-up city for the measurements: a jittered grid of streets, the same for every tool.

Edges are 90 m on average, 1.32 for each node, one connected part, nodes in Morton order as the
product keeps them (good for all tools). Four walkers: slopes make the two directions differ, and
one of them cannot walk stairs. Everything is whole numbers, so that all tools can agree exactly.
"""

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

SPEEDS = (1.32, 0.82, 0.64, 0.8)  # m/s; the last walks no stairs
CLOSED = 2**31 - 1
SERVICES = 8


def make_city(folder: Path, nodes: int, facilities: int, seed: int = 1) -> None:
    """Write the arrays of one city into the folder, each as a .npy file."""
    rng = np.random.default_rng(seed)
    side = round(nodes**0.5)
    x, y = (place.ravel() * 90.0 for place in np.meshgrid(np.arange(side), np.arange(side)))
    x, y = x + rng.normal(0, 12, side * side), y + rng.normal(0, 12, side * side)
    order = np.argsort(_morton(x, y), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(side * side)
    x, y = x[order], y[order]
    edges = rank[_streets(side, rng)]
    millimetres = np.rint(np.hypot(*(a[edges[:, 0]] - a[edges[:, 1]] for a in (x, y))) * 1050)
    tail = np.concatenate([edges[:, 0], edges[:, 1]])
    head = np.concatenate([edges[:, 1], edges[:, 0]])
    slope = rng.normal(0, 0.03, len(edges))
    stairs = np.tile(rng.random(len(edges)) < 0.04, 2)
    by_tail = np.lexsort((head, tail))
    length = np.tile(millimetres, 2)
    # a simple rise-slows rule: the measurement only needs directions that differ
    pace = np.concatenate([1 + np.maximum(slope, 0) * 4, 1 + np.maximum(-slope, 0) * 4])
    walks = np.stack([np.rint(length / speed * pace) for speed in SPEEDS])
    walks[-1, stairs] = CLOSED
    station = np.sort(rng.choice(side * side, facilities, replace=False))
    arrays = {
        "x": x, "y": y, "edges": edges.astype(np.int32), "edge_mm": millimetres.astype(np.int32),
        "ptr": np.searchsorted(tail[by_tail], np.arange(side * side + 1)),
        "head": head[by_tail].astype(np.int32), "mm": length[by_tail].astype(np.int32),
        "walks": walks[:, by_tail].astype(np.int32), "stations": station.astype(np.int32),
        "service": rng.integers(0, SERVICES, facilities),
        "people": rng.integers(0, 60, side * side),
    }  # fmt: skip
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)


def _streets(side: int, rng: np.random.Generator) -> np.ndarray:
    """Return the pairs of one tree of streets over the grid and as many more as make 1.32."""
    number = np.arange(side * side).reshape(side, side)
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1)
    along = np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1)
    pairs = rng.permutation(np.concatenate([across, along]))
    chance = rng.random(len(pairs)) + 1e-9
    shape = (side * side, side * side)
    tree = minimum_spanning_tree(csr_array((chance, (pairs[:, 0], pairs[:, 1])), shape)).tocoo()
    codes = pairs[:, 0].astype(np.int64) * side * side + pairs[:, 1]
    in_tree = np.isin(codes, tree.row.astype(np.int64) * side * side + tree.col)
    more = np.flatnonzero(~in_tree)[: int(1.32 * side * side) - int(in_tree.sum())]
    return pairs[np.concatenate([np.flatnonzero(in_tree), more])]


def _morton(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    code = np.zeros(len(x), np.uint64)
    columns, rows = (((a - a.min()) / 10).astype(np.uint64) for a in (x, y))
    for bit in range(20):
        step, one = np.uint64(bit), np.uint64(1)
        code |= ((columns >> step) & one) << np.uint64(2 * bit)
        code |= ((rows >> step) & one) << np.uint64(2 * bit + 1)
    return code


def read_city(folder: str | Path) -> dict[str, np.ndarray]:
    """Return the arrays of a city by name."""
    return {file.stem: np.load(file) for file in sorted(Path(folder).glob("*.npy"))}
