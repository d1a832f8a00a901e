"""The pieces of the lattice as one table (路段表): ends, class, zone, name, crossing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.naming import Names
from hequan.demo.plan import NO_ZONE, Plan
from hequan.demo.street_classes import StreetClass, StreetGrid

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class StreetEdges:
    """All pieces, those along rows first; `zone` is NO_ZONE but for paths inside a zone."""

    start: Ints
    end: Ints
    klass: npt.NDArray[np.int8]
    zone: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    crossing: npt.NDArray[np.int8]
    on_perimeter: npt.NDArray[np.bool_]  # per corner: a street runs through it
    row_pieces: int

    def sides_of_block(self, row: Ints, column: Ints, columns: int) -> Ints:
        """Return the south, north, west and east piece of each block, [blocks, 4]."""
        south = row * columns + column
        west = self.row_pieces + row * (columns + 1) + column
        return np.stack([south, south + columns, west, west + 1], axis=1)


def tabulate_edges(plan: Plan, grid: StreetGrid, names: Names) -> StreetEdges:
    """Return the table of all pieces of the lattice."""
    lattice = plan.lattice
    row, column = np.indices(grid.rows.shape)
    along = (lattice.corner(row, column), lattice.corner(row, column + 1))
    row, column = np.indices(grid.columns.shape)
    up = (lattice.corner(row, column), lattice.corner(row + 1, column))
    klass = np.concatenate([grid.rows.ravel(), grid.columns.ravel()])
    # a path has the same zone on both sides, so the block before it will do
    above = np.concatenate([plan.zone_of, plan.zone_of[-1:]], axis=0)
    right = np.concatenate([plan.zone_of, plan.zone_of[:, -1:]], axis=1)
    zone = np.concatenate([above.ravel(), right.ravel()])
    start = np.concatenate([along[0].ravel(), up[0].ravel()])
    end = np.concatenate([along[1].ravel(), up[1].ravel()])
    street = klass >= StreetClass.LANE
    on_perimeter = np.zeros(lattice.lon.size, bool)
    on_perimeter[start[street]] = True
    on_perimeter[end[street]] = True
    return StreetEdges(
        start=start,
        end=end,
        klass=klass,
        zone=np.where(klass == StreetClass.PATH, zone, NO_ZONE).astype(np.int32),
        name=np.concatenate([names.row_street.ravel(), names.column_street.ravel()]),
        crossing=np.concatenate([grid.row_crossing.ravel(), grid.column_crossing.ravel()]),
        on_perimeter=on_perimeter,
        row_pieces=grid.rows.size,
    )
