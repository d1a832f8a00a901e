"""Compiled kernels that put reached streets onto a mesh (等时圈栅格)."""

import numpy as np
from numba import njit

CLOSED = 0x7FFFFFFF
SAME_PLACE = 1e-9  # of an edge
SAMPLE_SQUARES = 1.0  # distance between samples, in squares of the mesh


@njit(cache=True, nogil=True)
def stamp_point(x, y, carry, off_street, square, outside):  # type: ignore[no-untyped-def]
    """Lower the field around one sample: metres beyond what its time carries, or off the street."""
    reach = min(carry, off_street)
    far = reach + 2 * square
    rows, columns = outside.shape
    first, last = max(int((x - far) / square) + 1, 0), min(int((x + far) / square), columns - 1)
    low, high = max(int((y - far) / square) + 1, 0), min(int((y + far) / square), rows - 1)
    for row in range(low, high + 1):
        for column in range(first, last + 1):
            apart = (column * square - x) ** 2 + (row * square - y) ** 2
            before = outside[row, column] + reach
            if before > 0 and apart < before * before:
                outside[row, column] = np.sqrt(apart) - reach


@njit(cache=True, nogil=True)
def spent_at(part, times, low, high, sources):  # type: ignore[no-untyped-def]
    """Return the ms at a fraction of an edge: through its ends, or from the sources on it."""
    best = np.inf
    if times[2] != CLOSED:
        best = min(best, times[0] + part * times[2])
    if times[3] != CLOSED:
        best = min(best, times[1] + (1 - part) * times[3])
    for at in range(low, high):
        step = sources[at, 1] - part
        pace = times[3] if step >= 0 else times[2]
        if abs(step) < SAME_PLACE:  # at the source itself no direction is needed
            best = min(best, sources[at, 2])
        elif pace != CLOSED:
            best = min(best, abs(step) * pace + sources[at, 2])
    return best


@njit(cache=True, nogil=True)
def shape_metres(ptr, lon, lat, unit, frame, edge, x, y):  # type: ignore[no-untyped-def]
    """Fill x and y with one edge's shape in metres on the mesh; return its points and length."""
    begin, count = ptr[edge], ptr[edge + 1] - ptr[edge]
    total = 0.0
    for at in range(count):
        x[at] = (lon[begin + at] * unit - frame[0]) / frame[2]
        y[at] = (lat[begin + at] * unit - frame[1]) / frame[3]
        if at:
            total += np.hypot(x[at] - x[at - 1], y[at] - y[at - 1])
    return count, total


@njit(cache=True, nogil=True)
def most_points(ptr, edges):  # type: ignore[no-untyped-def]
    """Return how many points the longest shape among the edges has."""
    most = np.int64(0)
    for edge in edges:
        most = max(most, ptr[edge + 1] - ptr[edge])
    return most


@njit(cache=True, nogil=True)
def sample_shares(walked, length, total, low, high, sources, square, shares):  # type: ignore[no-untyped-def]
    """Fill `shares` with where to sample one straight piece; return how many, and the array."""
    count = int(length / (SAMPLE_SQUARES * square)) + 2
    if count + high - low > len(shares):
        shares = np.empty(2 * (count + high - low))
    for sample in range(count):
        shares[sample] = sample / (count - 1)
    for at in range(low, high):  # a source itself, so that a one-way street starts where it stands
        share = (sources[at, 1] * total - walked) / length if length > 0 else -1.0
        if 0 <= share <= 1:
            shares[count] = share
            count += 1
    return count, shares


@njit(cache=True, nogil=True)
def stamp_streets(  # type: ignore[no-untyped-def]
    edges, times, sources, ptr, lon, lat, unit, frame, limit, speed, off_street, outside
):
    """Lower the field along every edge; `sources` come sorted by row of `edges`, speed in m/ms."""
    most = most_points(ptr, edges)
    x, y, shares = np.empty(most), np.empty(most), np.empty(64)
    square = frame[4]
    source = 0
    for row in range(len(edges)):
        low = source
        while source < len(sources) and sources[source, 0] == row:
            source += 1
        points, total = shape_metres(ptr, lon, lat, unit, frame, edges[row], x, y)
        walked = 0.0
        for at in range(points - 1):
            length = np.hypot(x[at + 1] - x[at], y[at + 1] - y[at])
            count, shares = sample_shares(
                walked, length, total, low, source, sources, square, shares
            )
            for share in shares[:count]:
                part = (walked + share * length) / total if total > 0 else 0.0
                left = limit - spent_at(part, times[row], low, source, sources)
                if left >= 0:
                    east = x[at] + share * (x[at + 1] - x[at])
                    north = y[at] + share * (y[at + 1] - y[at])
                    stamp_point(east, north, left * speed, off_street, square, outside)
            walked += length
