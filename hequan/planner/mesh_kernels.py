"""Compiled kernels of point location (点面判定): filling the mesh, and asking it.

Edges are rows x1, y1, x2, y2 with y1 <= y2, all edges of one polygon in a row.
"""

import numpy as np
from numba import njit

BORDER_DEGREES = 1e-9  # a tenth of a millimetre


@njit(cache=True, nogil=True)
def crosses(x, y, x1, y1, x2, y2):  # type: ignore[no-untyped-def]
    """Tell whether a ray from the point to the east crosses the edge; half open in y."""
    if y < y1 or y >= y2:
        return False
    return (x2 - x1) * (y - y1) > (x - x1) * (y2 - y1)


@njit(cache=True, nogil=True)
def inside(x, y, edges, low, high):  # type: ignore[no-untyped-def]
    """Tell whether the edges low:high enclose the point."""
    odd = False
    for edge in range(low, high):
        if crosses(x, y, edges[edge, 0], edges[edge, 1], edges[edge, 2], edges[edge, 3]):
            odd = not odd
    return odd


@njit(cache=True, nogil=True)
def touches(x, y, edges, low, high):  # type: ignore[no-untyped-def]
    """Tell whether the point lies within BORDER_DEGREES of one of the edges low:high."""
    for edge in range(low, high):
        x1, y1 = edges[edge, 0], edges[edge, 1]
        dx, dy = edges[edge, 2] - x1, edges[edge, 3] - y1
        square = dx * dx + dy * dy
        at = ((x - x1) * dx + (y - y1) * dy) / square if square > 0 else 0.0
        at = min(max(at, 0.0), 1.0)
        if (x - x1 - at * dx) ** 2 + (y - y1 - at * dy) ** 2 <= BORDER_DEGREES**2:
            return True
    return False


@njit(cache=True, nogil=True)
def cell_of(value, origin, size, side):  # type: ignore[no-untyped-def]
    """Return the row or column of a coordinate, the margin belonging to the outermost ones."""
    return min(max(np.int64(np.floor((value - origin) / size)), 0), side - 1)


@njit(cache=True, nogil=True)
def meets(west, south, east, north, x1, y1, x2, y2):  # type: ignore[no-untyped-def]
    """Tell whether an edge may touch a rectangle: exact but for the safe side."""
    if max(x1, x2) < west or min(x1, x2) > east or y2 < south or y1 > north:
        return False
    # all four corners strictly on one side of the edge's line: no touch
    above, below = 0, 0
    for corner in range(4):
        x = west if corner % 2 == 0 else east
        y = south if corner < 2 else north
        turn = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        above += turn > 0
        below += turn < 0
    return above < 4 and below < 4


@njit(cache=True, nogil=True)
def mark_border(frame, side, edges, low, high, stamp, mark):  # type: ignore[no-untyped-def]
    """Put the stamp on every cell that the border low:high may touch."""
    # a hair more than the cell: rounding must not hide an edge from a point beside it
    wide = frame[2] * 1e-6 + 2 * BORDER_DEGREES
    tall = frame[3] * 1e-6 + 2 * BORDER_DEGREES
    for edge in range(low, high):
        x1, y1, x2, y2 = edges[edge, 0], edges[edge, 1], edges[edge, 2], edges[edge, 3]
        first = cell_of(min(x1, x2) - wide, frame[0], frame[2], side)
        last = cell_of(max(x1, x2) + wide, frame[0], frame[2], side)
        bottom = cell_of(y1 - tall, frame[1], frame[3], side)
        top = cell_of(y2 + tall, frame[1], frame[3], side)
        for row in range(bottom, top + 1):
            south = frame[1] + row * frame[3] - tall
            for column in range(first, last + 1):
                west = frame[0] + column * frame[2] - wide
                if meets(
                    west, south, west + frame[2] + 2 * wide, south + frame[3] + 2 * tall,
                    x1, y1, x2, y2,
                ):  # fmt: skip
                    mark[row * side + column] = stamp


@njit(cache=True, nogil=True)
def visit_polygon(  # type: ignore[no-untyped-def]
    polygon, frame, side, edges, edge_ptr, box, mark, fill, candidates, whole
):
    """Count (`candidates` None) or note one polygon in every cell it touches or covers."""
    low, high = edge_ptr[polygon], edge_ptr[polygon + 1]
    mark_border(frame, side, edges, low, high, polygon, mark)
    first = cell_of(box[polygon, 0], frame[0], frame[2], side)
    last = cell_of(box[polygon, 2], frame[0], frame[2], side)
    bottom = cell_of(box[polygon, 1], frame[1], frame[3], side)
    top = cell_of(box[polygon, 3], frame[1], frame[3], side)
    for row in range(bottom, top + 1):
        known, within = False, False  # neighbours without border between them share the answer
        for column in range(first, last + 1):
            cell = row * side + column
            if mark[cell] != polygon:
                if not known:
                    x = frame[0] + (column + 0.5) * frame[2]
                    y = frame[1] + (row + 0.5) * frame[3]
                    known, within = True, inside(x, y, edges, low, high)
                if not within:
                    continue
                if candidates is None and fill[cell] == 0:
                    whole[cell] = polygon
            else:
                known = False
            if candidates is not None:
                candidates[fill[cell]] = polygon
            fill[cell] += 1


@njit(cache=True, nogil=True)
def fill_mesh(frame, side, edges, edge_ptr, box):  # type: ignore[no-untyped-def]
    """Return for each cell its candidates, rising, and the polygon that covers it first."""
    mark = np.full(side * side, -1, np.int32)
    counts = np.zeros(side * side, np.int64)
    whole = np.full(side * side, -1, np.int32)
    for polygon in range(len(edge_ptr) - 1):
        if edge_ptr[polygon + 1] > edge_ptr[polygon]:
            visit_polygon(polygon, frame, side, edges, edge_ptr, box, mark, counts, None, whole)
    cell_ptr = np.zeros(side * side + 1, np.int64)
    cell_ptr[1:] = np.cumsum(counts)
    candidates = np.empty(cell_ptr[-1], np.int32)
    fill = cell_ptr[:-1].copy()
    mark[:] = -1
    for polygon in range(len(edge_ptr) - 1):
        if edge_ptr[polygon + 1] > edge_ptr[polygon]:
            visit_polygon(polygon, frame, side, edges, edge_ptr, box, mark, fill, candidates, whole)
    return cell_ptr, candidates, whole


@njit(cache=True, nogil=True)
def cells_of(xs, ys, frame, side, cells):  # type: ignore[no-untyped-def]
    """Fill `cells` with the mesh cell of every point, -1 for points beyond the frame or none."""
    for point in range(len(xs)):
        x, y = xs[point], ys[point]
        cells[point] = -1
        near_x = frame[0] - BORDER_DEGREES <= x <= frame[4] + BORDER_DEGREES
        if near_x and frame[1] - BORDER_DEGREES <= y <= frame[5] + BORDER_DEGREES:
            column = cell_of(x, frame[0], frame[2], side)
            cells[point] = cell_of(y, frame[1], frame[3], side) * side + column


@njit(cache=True, nogil=True)
def on_border(x, y, low, high, candidates, edge_ptr, edges):  # type: ignore[no-untyped-def]
    """Return the first of the candidates low:high whose border the point lies on, -1 if none."""
    for at in range(low, high):
        polygon = candidates[at]
        if touches(x, y, edges, edge_ptr[polygon], edge_ptr[polygon + 1]):
            return polygon
    return np.int32(-1)


@njit(cache=True, nogil=True)
def locate_points(  # type: ignore[no-untyped-def]
    xs, ys, cells, order, found, frame, cell_ptr, candidates, whole, box, edge_ptr, edges
):
    """Fill `found` with the first polygon that holds each point, in the given order of work."""
    for point in order:
        x, y, cell = xs[point], ys[point], cells[point]
        found[point] = -1
        if cell < 0:
            continue
        inner = frame[0] <= x <= frame[4] and frame[1] <= y <= frame[5]
        if whole[cell] >= 0 and inner:
            found[point] = whole[cell]
            continue
        low, high = cell_ptr[cell], cell_ptr[cell + 1]
        for at in range(low, high):
            polygon = candidates[at]
            near = box[polygon, 1] <= y <= box[polygon, 3] and box[polygon, 0] <= x
            if near and inside(x, y, edges, edge_ptr[polygon], edge_ptr[polygon + 1]):
                found[point] = polygon
                break
        if found[point] < 0 and high > low:
            found[point] = on_border(x, y, low, high, candidates, edge_ptr, edges)
