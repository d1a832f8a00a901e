"""Frontage (临街位置): places inside a block, a few steps from a piece of path or street.

A place is a block, one of its four sides, how far along that side and how deep into the block. So
it lies inside the block for certain, and its foot lies on the piece for certain.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.lattice import Lattice
from hequan.demo.paths import Paths, PathState
from hequan.demo.plan import NO_ZONE, Plan
from hequan.demo.street_classes import Crossing, StreetClass
from hequan.demo.street_edges import StreetEdges

SOUTH, NORTH, WEST, EAST = range(4)
FENCE_AT = 0.18  # a fenced-off path ends this far from the street, as a share of its length

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """Places by block: which piece they face, where along it, and how deep behind it."""

    row: Ints
    column: Ints
    side: Ints
    edge: Ints
    along: Floats
    depth: Floats

    def __len__(self) -> int:
        return len(self.row)

    def positions(self, lattice: Lattice) -> tuple[Floats, Floats]:
        """Return longitude and latitude of the places."""
        return _inside(lattice, self.row, self.column, *self._shares(self.depth))

    def feet(self, lattice: Lattice) -> tuple[Floats, Floats]:
        """Return where on their pieces the places lie."""
        return _inside(lattice, self.row, self.column, *self._shares(np.zeros(len(self))))

    def _shares(self, depth: Floats) -> tuple[Floats, Floats]:
        level = (self.side == SOUTH) | (self.side == NORTH)
        deep = np.where((self.side == NORTH) | (self.side == EAST), 1 - depth, depth)
        return np.where(level, self.along, deep), np.where(level, deep, self.along)


def _inside(
    lattice: Lattice, row: Ints, column: Ints, east: Floats, north: Floats
) -> tuple[Floats, Floats]:
    found = []
    for corner in (lattice.lon, lattice.lat):
        south = corner[row, column] * (1 - east) + corner[row, column + 1] * east
        top = corner[row + 1, column] * (1 - east) + corner[row + 1, column + 1] * east
        found.append(np.round(south * (1 - north) + top * north, 7))
    return found[0], found[1]


def door_weights(plan: Plan, edges: StreetEdges, paths: Paths) -> tuple[Ints, Floats]:
    """Return the four pieces of every block on land and how apt each is for a front door.

    Rows of both arrays follow the blocks of the whole lattice, row by row. Behind a fence doors
    face the estate's own paths; without one, quiet pieces go before loud ones.
    """
    rows, columns = plan.zone_of.shape
    row, column = np.divmod(np.arange(rows * columns), columns)
    sides = edges.sides_of_block(row, column, columns)
    zone = plan.zone_of.ravel()
    usable = (paths.state[sides] != PathState.NONE) & (edges.crossing[sides] == Crossing.NONE)
    usable &= (zone != NO_ZONE)[:, None]
    apt = np.array([0, 1.0, 0.6, 0.35, 0.12])[edges.klass[sides]] * usable
    own = apt * (edges.klass[sides] == StreetClass.PATH)
    gated = plan.gated[np.maximum(zone, 0)] & (own.sum(axis=1) > 0)
    return sides, np.where(gated[:, None], own, apt)


def street_weights(plan: Plan, edges: StreetEdges) -> tuple[Ints, Floats]:
    """Return the four pieces of every block and how apt each is for a shop front."""
    rows, columns = plan.zone_of.shape
    row, column = np.divmod(np.arange(rows * columns), columns)
    sides = edges.sides_of_block(row, column, columns)
    apt = np.array([0, 0, 0.5, 1.0, 0.7])[edges.klass[sides]]
    apt = apt * (edges.crossing[sides] == Crossing.NONE)
    return sides, apt * (plan.zone_of.ravel() != NO_ZONE)[:, None]


def place_at(
    rng: np.random.Generator,
    blocks: Ints,
    sides: Ints,
    weights: Floats,
    state: npt.NDArray[np.int8],
    columns: int,
    depths: tuple[float, float],
) -> Places:
    """Return one place in each of the blocks, beside a piece chosen by weight."""
    cumulative = np.cumsum(weights[blocks], axis=1)
    drawn = rng.random(len(blocks)) * cumulative[:, -1]
    side = (drawn[:, None] >= cumulative).sum(axis=1).clip(0, 3)
    edge = sides[blocks, side]
    low = np.where(state[edge] == PathState.SHORT_OF_START, FENCE_AT + 0.06, 0.12)
    high = np.where(state[edge] == PathState.SHORT_OF_END, 1 - FENCE_AT - 0.06, 0.88)
    along = np.round(low + (high - low) * rng.random(len(blocks)), 6)
    depth = np.round(rng.uniform(*depths, len(blocks)), 6)
    row, column = np.divmod(blocks, columns)
    return Places(row, column, side, edge, along, depth)
