"""Where people are left out (服务盲区): homes beyond the limit, gathered into places with a size.

Homes are put on a square mesh; touching squares (corners count) that hold left-out people form one
gap. Linear in the number of homes, and the same whatever their order.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.network import METRES_PER_DEGREE

MESH_METRES = 300.0  # homes this far apart may still be one gap


@dataclass(frozen=True, eq=False)
class Gap:
    """One place that nobody serves in time: its people, its middle home and extent in degrees."""

    people: float
    middle: int  # the home nearest to the people's centre: a place that is in the gap itself
    lon: float  # of the middle home
    lat: float
    west: float
    south: float
    east: float
    north: float
    homes: npt.NDArray[np.int64]  # indices, rising


def gaps_among(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    people: npt.NDArray[np.float64],
    left_out: npt.NDArray[np.bool_],
    *,
    mesh_metres: float = MESH_METRES,
) -> tuple[Gap, ...]:
    """Return the gaps that the left-out homes form, most people first; empty homes form none."""
    chosen = np.flatnonzero(left_out & (people > 0))
    if not len(chosen):
        return ()
    label = _labels(lon[chosen], lat[chosen], mesh_metres)
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    members = np.split(chosen[order], starts[1:])
    gaps = [_gap(lon, lat, people, homes) for homes in members]
    return tuple(sorted(gaps, key=lambda gap: (-gap.people, int(gap.homes[0]))))


def _labels(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], mesh_metres: float
) -> npt.NDArray[np.int32]:
    """Return for each point the number of its gap."""
    step = mesh_metres / METRES_PER_DEGREE
    middle = np.cos(np.radians((lat.min() + lat.max()) / 2))
    column = np.floor((lon - lon.min()) * middle / step).astype(np.int64)
    row = np.floor((lat - lat.min()) / step).astype(np.int64)
    width = int(column.max()) + 3  # a free column on each side: no touching across the margin
    squares, square_of = np.unique((row + 1) * width + column + 1, return_inverse=True)
    pairs = []
    for offset in (1, width - 1, width, width + 1):
        at = np.searchsorted(squares, squares + offset)
        at[at == len(squares)] = 0
        touching = np.flatnonzero(squares[at] == squares + offset)
        pairs.append(np.stack([touching, at[touching]]))
    left, right = np.concatenate(pairs, axis=1)
    shape = (len(squares), len(squares))
    # here, since no start of a process should wait for it
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(left), np.int8), (left, right)), shape=shape)
    _, label = connected_components(links, directed=False)
    return np.asarray(label[square_of], dtype=np.int32)


def _gap(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    people: npt.NDArray[np.float64],
    homes: npt.NDArray[np.int64],
) -> Gap:
    weight = people[homes]
    east = (lon[homes] - np.average(lon[homes], weights=weight)) * np.cos(np.radians(lat[homes]))
    north = lat[homes] - np.average(lat[homes], weights=weight)
    middle = int(homes[int(np.argmin(east**2 + north**2))])
    return Gap(
        people=float(weight.sum()),
        middle=middle,
        lon=float(lon[middle]),
        lat=float(lat[middle]),
        west=float(lon[homes].min()),
        south=float(lat[homes].min()),
        east=float(lon[homes].max()),
        north=float(lat[homes].max()),
        homes=homes,
    )
