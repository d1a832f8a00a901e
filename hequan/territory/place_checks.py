"""Places that lie where they should not (坐标核对), and which conversion would put them right.

A point far outside the unit it is said to lie in has most often its longitude and latitude
exchanged, or was read from a Chinese map (GCJ-02, BD-09) and not said to be. Each of these is
tried; the one that brings the point home is named. Pure: points and shapes in, findings out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from hequan.files.coordinates import CoordinateSystem, to_wgs84
from hequan.planner.network import metres_between

Degrees = npt.NDArray[np.float64]
NEAR_METRES = 100.0  # an outline and a door may disagree by this much without a word
FAR_METRES = 50_000.0  # beyond this only exchanged degrees are thinkable


class Reading(StrEnum):
    """How a point may have been meant."""

    SWAPPED = "swapped"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True)
class Misplaced:
    """A point outside its unit: how far, and the reading that would bring it inside, if any."""

    metres: float
    reading: Reading | None


def misplaced(
    lon: float, lat: float, outline: BaseGeometry, *, near_metres: float = NEAR_METRES
) -> Misplaced | None:
    """Return how a point lies outside an outline; None where it lies inside or close to it."""
    metres = metres_outside(lon, lat, outline)
    if metres <= near_metres:
        return None
    for reading, (x, y) in _readings(np.asarray([lon]), np.asarray([lat])):
        if metres_outside(float(x[0]), float(y[0]), outline) <= min(near_metres, metres / 3):
            return Misplaced(metres, reading)
    return Misplaced(metres, None)


def metres_outside(lon: float, lat: float, outline: BaseGeometry) -> float:
    """Return the metres from a point to an outline, 0 inside; infinite for no point at all."""
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return float("inf")
    point = shapely.Point(lon, lat)
    if outline.intersects(point):
        return 0.0
    # nearest in degrees stretched to the latitude, so that east counts as much as north
    stretch = np.asarray([np.cos(np.radians(lat)), 1.0])
    flat = shapely.transform(outline, lambda xy: xy * stretch)
    near = shapely.shortest_line(flat, shapely.Point(lon * stretch[0], lat))
    x, y = shapely.get_coordinates(near)[0] / stretch
    return float(metres_between(lon, lat, x, y))


def better_reading(
    lon: Degrees, lat: Degrees, whole: BaseGeometry
) -> tuple[Reading, float, float] | None:
    """Return the reading that brings clearly more of the points inside, with both shares.

    None where the points lie well as they are: a twentieth more must come inside, so that points
    beside a border change nothing.
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    if not known.any():
        return None
    shapely.prepare(whole)
    as_given = _share(lon[known], lat[known], whole)
    best, share = None, as_given + 0.05
    for reading, (x, y) in _readings(lon[known], lat[known]):
        found = _share(x, y, whole)
        if found > share:
            best, share = reading, found
    return (best, as_given, share) if best else None


def _share(lon: Degrees, lat: Degrees, whole: BaseGeometry) -> float:
    return float(np.mean(shapely.intersects_xy(whole, lon, lat)))


def _readings(lon: Degrees, lat: Degrees) -> Iterator[tuple[Reading, tuple[Degrees, Degrees]]]:
    yield Reading.SWAPPED, (lat, lon)
    yield Reading.GCJ02, to_wgs84(lon, lat, CoordinateSystem.GCJ02)
    yield Reading.BD09, to_wgs84(lon, lat, CoordinateSystem.BD09)
