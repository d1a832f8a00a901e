"""Levels of the plan (层级): units as rectangles of blocks, divided from the top down.

What a unit holds (towns, committees, micro-grids) is shared out among its children before the
ground is split, so that every total is exact whatever the seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import shared_out
from hequan.demo.splitting import Rectangle, Splitter

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Layer:
    """Units of one level: rectangles of blocks, whose they are, their number among siblings.

    `holds` says what each unit holds, one column a lower level, the last one the weight that the
    ground is split by.
    """

    rectangles: tuple[Rectangle, ...]
    parent: Ints
    serial: Ints
    holds: Ints

    def __len__(self) -> int:
        return len(self.rectangles)

    def painted(self, rows: int, columns: int) -> npt.NDArray[np.int32]:
        """Return for every block which of these units it belongs to, [rows, columns]."""
        blocks = np.full((rows, columns), -1, np.int32)
        for index, part in enumerate(self.rectangles):
            blocks[part.south : part.north, part.west : part.east] = index
        return blocks


def whole_layer(columns: int, rows: int, holds: Sequence[int]) -> Layer:
    """Return the layer of the one unit that is all there is."""
    whole = Rectangle(0, 0, columns, rows)
    return Layer((whole,), np.zeros(1, np.int64), np.ones(1, np.int64), np.array([holds]))


def divided(splitter: Splitter, parents: Layer, share: Callable[[int], Ints]) -> Layer:
    """Return the children of every parent; `share(parent)` says what each child holds.

    Children are numbered from north to south, then from west to east, as DB11's unit grids are.
    """
    rectangles: list[Rectangle] = []
    parent: list[int] = []
    serial: list[int] = []
    holds: list[Ints] = []
    for index, whole in enumerate(parents.rectangles):
        shares = share(index)
        parts = splitter.split(whole, shares[:, -1], shares[:, -1])
        order = sorted(range(len(parts)), key=lambda i: (-parts[i].north, parts[i].west))
        rectangles += [parts[i] for i in order]
        parent += [index] * len(parts)
        serial += range(1, len(parts) + 1)
        holds += [shares[i] for i in order]
    return Layer(
        tuple(rectangles), np.array(parent, np.int64), np.array(serial, np.int64), np.stack(holds)
    )


def shares_of(rng: np.random.Generator, totals: Ints, children: int, fewest: Sequence[int]) -> Ints:
    """Return what each child holds, [children, columns]: each column about as the one before."""
    columns: list[Ints] = []
    weights: npt.NDArray[np.float64] = np.ones(children)
    for total, least in zip(totals, fewest, strict=True):
        jittered = weights * rng.uniform(0.93, 1.07, children)
        columns.append(shared_out(int(total), jittered, least))
        weights = columns[-1].astype(np.float64)
    return np.stack(columns, axis=1)
