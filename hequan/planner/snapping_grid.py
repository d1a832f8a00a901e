"""The grid behind `snapping` (网格索引): cells of about equal metres, each with its street pieces.

Coordinates are degrees of latitude from the south-west corner: longitude is shrunk by the cosine of
the middle latitude to place pieces in cells, while distances use the point's own latitude. A ring
search may stop once every cell not yet seen lies farther than the best piece.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from hequan.planner.network import METRES_PER_DEGREE

_PIECES_PER_CELL = 2.0
_MOST_CELLS = 4_000_000

Floats = npt.NDArray[np.float64]


class Grid(NamedTuple):
    """Street pieces and, for each cell, which of them touch it."""

    west: float
    south: float
    cell: float  # side of a cell in degrees of latitude
    squeeze: float  # cosine at the middle latitude
    columns: int
    rows: int
    ptr: npt.NDArray[np.int64]
    member: npt.NDArray[np.int32]
    pieces: Floats  # one row per piece: lon1, lat1, lon2, lat2, fraction1, fraction2
    edge: npt.NDArray[np.int32]


def build_grid(pieces: Floats, edge: npt.NDArray[np.int32]) -> Grid:
    """Return the grid of these pieces (rows as in `Grid.pieces`), about two to a cell."""
    lon1, lat1, lon2, lat2 = pieces.T[:4]
    west, south = min(lon1.min(), lon2.min()), min(lat1.min(), lat2.min())
    east, north = max(lon1.max(), lon2.max()), max(lat1.max(), lat2.max())
    squeeze = float(np.cos(np.radians((south + north) / 2)))
    width, height = (east - west) * squeeze, north - south
    cells = min(max(len(lon1) / _PIECES_PER_CELL, 1.0), _MOST_CELLS)
    cell = max((width * height / cells) ** 0.5, max(width, height) / cells, 1e-7)
    columns, rows = int(width / cell) + 1, int(height / cell) + 1
    x1, y1 = (lon1 - west) * squeeze / cell, (lat1 - south) / cell
    x2, y2 = (lon2 - west) * squeeze / cell, (lat2 - south) / cell
    ptr, member = _members(x1, y1, x2, y2, columns, rows)
    return Grid(
        west=float(west),
        south=float(south),
        cell=cell,
        squeeze=squeeze,
        columns=columns,
        rows=rows,
        ptr=ptr,
        member=member,
        pieces=pieces,
        edge=edge,
    )


def nearest_on_edges(
    grid: Grid, lon: Floats, lat: Floats, max_metres: float
) -> tuple[npt.NDArray[np.int32], Floats, Floats, Floats, Floats]:
    """Return edge, fraction, metres, lon, lat of the nearest point on an edge, per point."""
    found, fraction, away, at_lon, at_lat = _nearest(grid, lon, lat, max_metres / METRES_PER_DEGREE)
    return found, fraction, away * METRES_PER_DEGREE, at_lon, at_lat


@numba.njit(cache=True)
def _columns_of(x1, y1, x2, y2, row, columns):  # type: ignore[no-untyped-def]
    """Return the first and last column a piece touches within one row of cells."""
    left, right = min(x1, x2), max(x1, x2)
    if y1 != y2:
        at_bottom = x1 + (row - y1) / (y2 - y1) * (x2 - x1)
        at_top = x1 + (row + 1 - y1) / (y2 - y1) * (x2 - x1)
        # a hair wider than exact, lest rounding lose a cell
        left = max(left, min(at_bottom, at_top) - 1e-6)
        right = min(right, max(at_bottom, at_top) + 1e-6)
    return max(int(left), 0), min(int(right), columns - 1)


@numba.njit(cache=True)
def _members(x1, y1, x2, y2, columns, rows):  # type: ignore[no-untyped-def]
    """Return which pieces touch each cell: counted first, then written."""
    ptr = np.zeros(columns * rows + 1, np.int64)
    member = np.empty(0, np.int32)
    cursor = ptr
    for writing in range(2):
        for piece in range(len(x1)):
            low = max(int(min(y1[piece], y2[piece])), 0)
            high = min(int(max(y1[piece], y2[piece])), rows - 1)
            for row in range(low, high + 1):
                first, last = _columns_of(x1[piece], y1[piece], x2[piece], y2[piece], row, columns)
                for at in range(row * columns + first, row * columns + last + 1):
                    if writing:
                        member[cursor[at]] = piece
                        cursor[at] += 1
                    else:
                        ptr[at + 1] += 1
        if not writing:
            ptr = np.cumsum(ptr)
            member = np.empty(ptr[-1], np.int32)
            cursor = ptr[:-1].copy()
    return ptr, member


@numba.njit(cache=True)
def _on_piece(piece, lon, lat, local):  # type: ignore[no-untyped-def]
    """Return how far a point is from a straight piece, in degrees of latitude, and where on it."""
    dx, dy = (piece[2] - piece[0]) * local, piece[3] - piece[1]
    px, py = (lon - piece[0]) * local, lat - piece[1]
    square = dx * dx + dy * dy
    along = 0.0
    if square > 0:
        along = min(max((px * dx + py * dy) / square, 0.0), 1.0)
    if along == 1.0:  # from its own end, to give the figure the next piece gives from its start
        return np.hypot((lon - piece[2]) * local, lat - piece[3]), along
    return np.hypot(px - along * dx, py - along * dy), along


@numba.njit(cache=True)
def _best_in_cell(members, pieces, edge, lon, lat, local, best):  # type: ignore[no-untyped-def]
    """Return the better of `best` and the nearest piece of one cell: distance, piece, place."""
    away, chosen, place = best
    for piece in members:
        now, along = _on_piece(pieces[piece], lon, lat, local)
        if now < away or (now == away and chosen >= 0 and edge[piece] < edge[chosen]):
            away, chosen, place = now, piece, along
    return away, chosen, place


@numba.njit(cache=True)
def _nearest_piece(grid, lon, lat, reach):  # type: ignore[no-untyped-def]
    """Return distance, piece (-1 = none within reach) and place on it, for one point."""
    x, y = (lon - grid.west) * grid.squeeze / grid.cell, (lat - grid.south) / grid.cell
    column, row = int(np.floor(x)), int(np.floor(y))
    local = np.cos(np.radians(lat))
    ring_width = grid.cell * local / grid.squeeze  # of one column, in degrees of latitude
    to_side = min(x - column, column + 1 - x) * ring_width
    to_top = min(y - row, row + 1 - y) * grid.cell
    columns, rows = grid.columns, grid.rows
    ring = max(0, -column, column - columns + 1, -row, row - rows + 1)
    last_ring = max(column, columns - 1 - column, row, rows - 1 - row)
    # only what is truly nearer than `reach` or equal to it counts
    best = (np.nextafter(reach, np.inf), np.int32(-1), 0.0)
    while ring <= last_ring:
        unseen = min(to_side + (ring - 1) * ring_width, to_top + (ring - 1) * grid.cell)
        if ring > 0 and unseen > best[0]:
            break
        for r in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
            step = 1 if r == row - ring or r == row + ring else 2 * ring
            for c in range(column - ring, column + ring + 1, step):
                if 0 <= c < columns:
                    at = r * columns + c
                    members = grid.member[grid.ptr[at] : grid.ptr[at + 1]]
                    best = _best_in_cell(members, grid.pieces, grid.edge, lon, lat, local, best)
        ring += 1
    return best


@numba.njit(cache=True)
def _nearest(grid, lon, lat, reach):  # type: ignore[no-untyped-def]
    count = len(lon)
    found = np.full(count, -1, np.int32)
    fraction = np.zeros(count)
    away = np.full(count, np.inf)
    at_lon = np.full(count, np.nan)
    at_lat = np.full(count, np.nan)
    for point in range(count):
        distance, piece, along = _nearest_piece(grid, lon[point], lat[point], reach)
        if piece >= 0:
            x1, y1, x2, y2, fraction1, fraction2 = grid.pieces[piece]
            found[point] = grid.edge[piece]
            away[point] = distance
            fraction[point] = fraction1 + along * (fraction2 - fraction1)
            at_lon[point] = x1 + along * (x2 - x1)
            at_lat[point] = y1 + along * (y2 - y1)
    return found, fraction, away, at_lon, at_lat
