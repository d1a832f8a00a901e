"""Streets as features for other systems: pieces of the walking network in use, by box and page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from hequan.core import versions
from hequan.planner.network import SHAPE_UNITS_PER_DEGREE, EdgeFlag, WalkNetwork
from hequan.territory.queries import current_network

STAMP = "streets"
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class StreetFeature:
    """One piece of street; `pk` is its place in the network in use and changes with it."""

    pk: int
    name: str
    metres: float
    steps: bool
    crossing: bool
    wheels: bool | None  # told by the map: True fit, False not; None: the map is silent
    opening_hours: str
    line: list[list[float]]


@dataclass(frozen=True)
class StreetPage:
    """A page of streets and how many there are in all."""

    rows: tuple[StreetFeature, ...]
    total: int


@dataclass(frozen=True, eq=False)
class EdgeBoxes:
    """The box of every piece of the network in use, in whole 1e-7 degrees."""

    network: WalkNetwork
    west: npt.NDArray[np.int32]
    south: npt.NDArray[np.int32]
    east: npt.NDArray[np.int32]
    north: npt.NDArray[np.int32]


def _build_boxes() -> EdgeBoxes | None:
    opened = current_network()
    if opened is None or not opened.network.edge_count:
        return None
    network: WalkNetwork = opened.network
    starts = network.shape_ptr[:-1]
    lon, lat = network.shape_lon_e7, network.shape_lat_e7
    return EdgeBoxes(
        network,
        west=np.minimum.reduceat(lon, starts),
        south=np.minimum.reduceat(lat, starts),
        east=np.maximum.reduceat(lon, starts),
        north=np.maximum.reduceat(lat, starts),
    )


_kept = versions.Kept(_build_boxes, STAMP)


def streets_extent() -> Box | None:
    """Return the box around all streets, None where no network is in use."""
    boxes = _kept.get()
    return None if boxes is None else boxes.network.bounds()


def street_features(*, box: Box | None = None, offset: int = 0, limit: int = 100) -> StreetPage:
    """Return the pieces of street that meet the box (None: all), from `offset` on."""
    boxes = _kept.get()
    if boxes is None:
        return StreetPage((), 0)
    if box is None:
        total = boxes.network.edge_count
        edges: Sequence[int] = range(min(offset, total), min(offset + limit, total))
    else:
        found = _meeting(boxes, box)
        total, edges = len(found), [int(one) for one in found[offset : offset + limit]]
    return StreetPage(tuple(_feature(boxes.network, edge) for edge in edges), total)


def street_feature(edge: int) -> StreetFeature:
    """Return one piece of street; LookupError where the network in use has none such."""
    boxes = _kept.get()
    if boxes is None or not 0 <= edge < boxes.network.edge_count:
        raise LookupError(edge)
    return _feature(boxes.network, edge)


def _meeting(boxes: EdgeBoxes, box: Box) -> npt.NDArray[np.int64]:
    """Boxes first; only a piece across the frame's edge is looked at point by point."""
    west, south, east, north = (value * SHAPE_UNITS_PER_DEGREE for value in box)
    near = (boxes.west <= east) & (boxes.east >= west)
    near &= (boxes.south <= north) & (boxes.north >= south)
    inside = near & (boxes.west >= west) & (boxes.east <= east)
    inside &= (boxes.south >= south) & (boxes.north <= north)
    doubtful = np.flatnonzero(near & ~inside)
    lines = [shapely.linestrings(*boxes.network.line(int(edge))) for edge in doubtful]
    meet = doubtful[shapely.intersects(lines, shapely.box(*box))] if lines else doubtful
    return np.sort(np.concatenate([np.flatnonzero(inside), meet]))


def _feature(network: WalkNetwork, edge: int) -> StreetFeature:
    flags = int(network.edge_flags[edge])
    gate = int(network.edge_gate[edge])
    lon, lat = network.line(edge)
    return StreetFeature(
        pk=edge,
        name=network.name_of(edge),
        metres=round(float(network.edge_metres[edge]), 2),
        steps=bool(flags & EdgeFlag.STEPS),
        crossing=bool(flags & EdgeFlag.CROSSING),
        wheels=_wheels(flags),
        opening_hours=network.gates[gate].opening_hours if gate >= 0 else "",
        line=[[float(x), float(y)] for x, y in zip(lon, lat, strict=True)],
    )


def _wheels(flags: int) -> bool | None:
    if flags & EdgeFlag.WHEELS_OK:
        return True
    return False if flags & EdgeFlag.NO_WHEELS else None
