"""Plots (宅地): several buildings in one block, spread over its sides so that none stand in others.

Buildings are slabs from west to east, as in most of Shanghai: along a path to the south or north of
them, end-on to one at their west or east.
"""

import numpy as np
import numpy.typing as npt

from hequan.demo.frontage import EAST, FENCE_AT, WEST, Places
from hequan.demo.paths import PathState

FRONT_DEPTHS, END_DEPTHS = (0.15, 0.23), (0.13, 0.19)  # of a block, from the path to the door
EDGE_OF_BLOCK = 0.14

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def plot_places(
    rng: np.random.Generator,
    blocks: Ints,
    sides: Ints,
    weights: Floats,
    state: npt.NDArray[np.int8],
    columns: int,
) -> Places:
    """Return one place for each building; `blocks` names a block as often as it has buildings.

    Equal blocks stand together. Sides are taken in turn, the apter ones first by chance; where
    more buildings than sides stand in a block they share a side, one beside the other.
    """
    first = _first_of_run(blocks)
    rank = np.arange(len(blocks)) - first
    count = np.bincount(first, minlength=len(blocks))[first]
    apt = weights[blocks]
    keys = rng.random((len(weights), 4))[blocks]  # one draw a block: its buildings agree
    order = np.argsort(-np.where(apt > 0, keys ** (1 / np.maximum(apt, 1e-9)), -1), axis=1)
    usable = (apt > 0).sum(axis=1)
    turn = rank % usable
    side = order[np.arange(len(blocks)), turn]
    sharing = (count - turn + usable - 1) // usable
    slot = (rank // usable + rng.uniform(0.4, 0.6, len(blocks))) / sharing
    along = EDGE_OF_BLOCK + (1 - 2 * EDGE_OF_BLOCK) * slot
    edge = sides[blocks, side]
    along = np.clip(
        along,
        np.where(state[edge] == PathState.SHORT_OF_START, FENCE_AT + 0.06, 0),
        np.where(state[edge] == PathState.SHORT_OF_END, 1 - FENCE_AT - 0.06, 1),
    )
    end_on = (side == WEST) | (side == EAST)
    chance = rng.random(len(blocks))
    low = np.where(end_on, END_DEPTHS[0], FRONT_DEPTHS[0])
    high = np.where(end_on, END_DEPTHS[1], FRONT_DEPTHS[1])
    row, column = np.divmod(blocks, columns)
    depth = np.round(low + (high - low) * chance, 6)
    return Places(row, column, side, edge, np.round(along, 6), depth)


def _first_of_run(blocks: Ints) -> Ints:
    starts = np.flatnonzero(np.append(True, blocks[1:] != blocks[:-1]))
    lengths = np.diff(np.append(starts, len(blocks)))
    return np.repeat(starts, lengths)
