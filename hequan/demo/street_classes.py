"""Street classes (道路等级): what runs along the lines of the lattice and crosses its strips.

A street runs where a border runs: avenues between areas, streets between committees, lanes around
zones, paths inside them. Over water and railway nothing runs but chosen crossings, some of them
footbridges with steps.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import stream
from hequan.demo.plan import Plan

BRIDGES_APART, RAIL_CROSSINGS_APART = 6, 6  # in blocks of about 77 m
FOOTBRIDGE_CHANCE = 0.25


class StreetClass(IntEnum):
    """How large a street is."""

    NONE = 0
    PATH = 1
    LANE = 2
    STREET = 3
    AVENUE = 4


class Crossing(IntEnum):
    """How a piece of street gets over water or railway."""

    NONE = 0
    BRIDGE = 1
    FOOTBRIDGE = 2  # steps on both sides
    UNDERPASS = 3
    LEVEL = 4


Classes = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class StreetGrid:
    """Classes and crossings of the pieces along rows [rows + 1, columns] and along columns."""

    rows: Classes
    columns: Classes
    row_crossing: Classes
    column_crossing: Classes


def classify_streets(plan: Plan) -> StreetGrid:
    """Return what runs along every piece of the lattice."""
    lattice = plan.lattice
    rng = stream(plan.seed, "crossings")
    committees = plan.committees.painted(lattice.rows, lattice.columns)
    areas = plan.areas.painted(lattice.rows, lattice.columns)
    layers = ((plan.zone_of, StreetClass.LANE), (committees, StreetClass.STREET),
              (areas, StreetClass.AVENUE))  # fmt: skip
    rows, columns = _between(layers, 0), _between(layers, 1)
    # the banks are lanes at least; what lies in the water is not
    columns[lattice.river_rows, :] = StreetClass.NONE
    rows[:, lattice.railway_columns] = StreetClass.NONE
    column_crossing, row_crossing = np.zeros_like(columns), np.zeros_like(rows)
    for row in lattice.river_rows.tolist():
        beside = np.maximum(columns[row - 1], columns[row + 1])
        found = _spread(rng, beside, BRIDGES_APART)
        column_crossing[row, found] = _kinds(rng, beside[found], Crossing.BRIDGE, Crossing.BRIDGE)
        columns[row, found] = np.maximum(beside[found], StreetClass.LANE)
    for column in lattice.railway_columns.tolist():
        beside = np.maximum(rows[:, column - 1], rows[:, column + 1])
        found = _spread(rng, beside, RAIL_CROSSINGS_APART)
        kinds = _kinds(rng, beside[found], Crossing.LEVEL, Crossing.UNDERPASS)
        row_crossing[found, column] = kinds
        rows[found, column] = np.maximum(beside[found], StreetClass.LANE)
    return StreetGrid(rows, columns, row_crossing, column_crossing)


def _between(layers: tuple[tuple[npt.NDArray[np.int32], StreetClass], ...], axis: int) -> Classes:
    """Return the class of the pieces between neighbouring blocks, the outer rim an avenue."""
    rim = [(1, 1), (0, 0)] if axis == 0 else [(0, 0), (1, 1)]
    found: Classes | None = None
    for blocks, street in layers:
        padded = np.pad(blocks, rim, constant_values=-9)
        differ = np.diff(padded, axis=axis) != 0
        if found is None:
            found = np.full(differ.shape, StreetClass.PATH, np.int8)
        found[differ] = street
    assert found is not None
    return found


def _spread(rng: np.random.Generator, beside: Classes, apart: int) -> npt.NDArray[np.int64]:
    """Return places at least `apart` from each other, large streets first."""
    order = np.lexsort((rng.random(len(beside)), -beside))
    taken: list[int] = []
    for place in order.tolist():
        if beside[place] < StreetClass.LANE:
            break
        if all(abs(place - other) >= apart for other in taken):
            taken.append(place)
    return np.sort(np.array(taken, np.int64))


def _kinds(
    rng: np.random.Generator, beside: Classes, plain: Crossing, large: Crossing
) -> npt.NDArray[np.int8]:
    chance = rng.random(len(beside))
    kinds = np.where(beside >= StreetClass.STREET, large, plain)
    small = beside < StreetClass.AVENUE
    return np.where(small & (chance < FOOTBRIDGE_CHANCE), Crossing.FOOTBRIDGE, kinds).astype(
        np.int8
    )
