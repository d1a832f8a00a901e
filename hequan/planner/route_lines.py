"""The line of a walk on the map (步行路线): pieces of street shapes, cut and joined."""

import numpy as np
import numpy.typing as npt

from hequan.planner.network import WalkNetwork, metres_between

Line = npt.NDArray[np.float64]  # [point, 2] longitude, latitude


def cut_line(network: WalkNetwork, edge: int, start: float, end: float) -> Line:
    """Return the shape of an edge between two fractions, in that direction (start may exceed end).

    Fractions are by metres along the shape, as `Snapped.fraction` is.
    """
    lon, lat = network.line(edge)
    steps = metres_between(lon[:-1], lat[:-1], lon[1:], lat[1:])
    along = np.concatenate([[0.0], np.cumsum(steps)])
    along = along / along[-1] if along[-1] > 0 else np.linspace(0, 1, len(along))
    low, high = min(start, end), max(start, end)
    between = along[(along > low) & (along < high)]
    at = np.concatenate([[low], between, [high]])
    line = np.stack([np.interp(at, along, lon), np.interp(at, along, lat)], axis=1)
    return line if start <= end else line[::-1]


def join_lines(lines: list[Line]) -> Line:
    """Return one line of several, without the points that repeat where they meet."""
    line = np.concatenate(lines)
    fresh = np.ones(len(line), dtype=bool)
    fresh[1:] = (np.abs(np.diff(line, axis=0)) > 1e-9).any(axis=1)
    return line[fresh]
