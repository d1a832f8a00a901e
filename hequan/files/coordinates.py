"""Chinese map coordinates (坐标系): maps sold in China are shifted on purpose, ours are not.

Everything inside hequan is longitude and latitude in WGS-84, which CGCS2000 (国家大地坐标系)
equals to within centimetres. GCJ-02 (火星坐标, Amap and Tencent) lies up to 700 m beside it and
BD-09 (Baidu) again beside that; both are converted here, at the edge, and nowhere else.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]
Point = tuple[Degrees, Degrees]
Bounds = tuple[float, float, float, float]

# Krasovsky 1940 as the published GCJ-02 formula uses it.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_BAIDU_PI = np.pi * 3000.0 / 180.0
# Outside this box GCJ-02 is defined to be WGS-84.
CHINA: Bounds = (72.004, 0.8293, 137.8347, 55.8271)
_ROUNDS = 12  # each round shrinks the error about a thousandfold; 12 is far past float precision


class CoordinateSystem(StrEnum):
    """In which system longitudes and latitudes of a file are given."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(lon: ArrayLike, lat: ArrayLike, source: CoordinateSystem) -> Point:
    """Return WGS-84 degrees for degrees in `source`; points outside China stay as they are."""
    return convert(lon, lat, source, CoordinateSystem.WGS84)


def convert(
    lon: ArrayLike, lat: ArrayLike, source: CoordinateSystem, target: CoordinateSystem
) -> Point:
    """Return degrees in `target` for degrees in `source`, exact to 1e-9 degrees both ways.

    NaN stays NaN. A point within 700 m of the border box of GCJ-02 may belong to either side of
    it; it is then read as lying inside.
    """
    point = (np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    if _shift(source) == _shift(target):
        return point[0].copy(), point[1].copy()
    if source == CoordinateSystem.BD09:
        point = _undo(_baidu_from_gcj02, point)
    if _shift(source) != CoordinateSystem.WGS84 and _shift(target) == CoordinateSystem.WGS84:
        return _undo(_gcj02_from_wgs84, point)
    if _shift(source) == CoordinateSystem.WGS84:
        point = _where_in_china(point, _gcj02_from_wgs84(*point))
    return point if target == CoordinateSystem.GCJ02 else _shifted_by_baidu(point)


def _shift(system: CoordinateSystem) -> CoordinateSystem:
    same = system == CoordinateSystem.CGCS2000
    return CoordinateSystem.WGS84 if same else system


def in_china(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Return which points lie in the box where GCJ-02 differs from WGS-84."""
    west, south, east, north = CHINA
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def _where_in_china(point: Point, moved: Point) -> Point:
    inside = in_china(*point)
    return np.where(inside, moved[0], point[0]), np.where(inside, moved[1], point[1])


def _shifted_by_baidu(point: Point) -> Point:
    return _where_in_china(point, _baidu_from_gcj02(*point))


def _undo(formula, point: Point) -> Point:  # type: ignore[no-untyped-def]
    """Fixed-point iteration: the shift hardly changes over its own length, so it converges."""
    west, south, east, north = CHINA
    # far from China the formula runs off beyond every number; such a point stays as it is anyway
    near = (point[0] > west - 1) & (point[0] < east + 1)
    near &= (point[1] > south - 1) & (point[1] < north + 1)
    goal_lon, goal_lat = np.where(near, point[0], 105.0), np.where(near, point[1], 35.0)
    lon, lat = goal_lon, goal_lat
    for _ in range(_ROUNDS):
        moved_lon, moved_lat = formula(lon, lat)
        lon, lat = lon + (goal_lon - moved_lon), lat + (goal_lat - moved_lat)
    inside = near & in_china(lon, lat)
    return np.where(inside, lon, point[0]), np.where(inside, lat, point[1])


def _gcj02_from_wgs84(lon: Degrees, lat: Degrees) -> Point:
    x, y = lon - 105.0, lat - 35.0
    north, east = _northward(x, y), _eastward(x, y)
    radians = np.radians(lat)
    root = 1.0 - _ECCENTRICITY * np.sin(radians) ** 2
    north = np.degrees(north * root**1.5 / (_AXIS * (1.0 - _ECCENTRICITY)))
    east = np.degrees(east * np.sqrt(root) / (_AXIS * np.cos(radians)))
    return lon + east, lat + north


def _waves(angle: Degrees) -> Degrees:
    return np.asarray((20.0 * np.sin(6.0 * angle) + 20.0 * np.sin(2.0 * angle)) * 2.0 / 3.0)


def _northward(x: Degrees, y: Degrees) -> Degrees:
    bend = 0.2 * np.sqrt(np.abs(x)) + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y
    turn = np.pi * y
    slow = (20.0 * np.sin(turn) + 40.0 * np.sin(turn / 3.0)) * 2.0 / 3.0
    slower = (160.0 * np.sin(turn / 12.0) + 320.0 * np.sin(turn / 30.0)) * 2.0 / 3.0
    return np.asarray(bend - 100.0 + _waves(np.pi * x) + slow + slower)


def _eastward(x: Degrees, y: Degrees) -> Degrees:
    bend = x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    turn = np.pi * x
    slow = (20.0 * np.sin(turn) + 40.0 * np.sin(turn / 3.0)) * 2.0 / 3.0
    slower = (150.0 * np.sin(turn / 12.0) + 300.0 * np.sin(turn / 30.0)) * 2.0 / 3.0
    return np.asarray(bend + 300.0 + _waves(turn) + slow + slower)


def _baidu_from_gcj02(lon: Degrees, lat: Degrees) -> Point:
    reach = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_PI)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006


def look_swapped(lon: ArrayLike, lat: ArrayLike, *, within: Bounds | None = None) -> bool:
    """Return whether most points only make sense with longitude and latitude exchanged.

    `within` (west, south, east, north) is where they should lie: the streets' or the town's box,
    widened by its own size. Without it only impossible latitudes and points that fall into China
    when exchanged (and nowhere near it as given) count.
    """
    x, y = np.asarray(lon, np.float64).ravel(), np.asarray(lat, np.float64).ravel()
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if x.size == 0:
        return False
    if within is not None:
        return _share_inside(y, x, within) > max(0.5, _share_inside(x, y, within))
    impossible = (np.abs(y) > 90.0) & (np.abs(x) <= 90.0)
    mirrored = in_china(y, x) & ~in_china(x, y)
    return bool(np.mean(impossible | mirrored) > 0.5)


def _share_inside(lon: Degrees, lat: Degrees, within: Bounds) -> float:
    west, south, east, north = within
    wide, high = max(east - west, 0.05), max(north - south, 0.05)
    near = (lon >= west - wide) & (lon <= east + wide)
    near &= (lat >= south - high) & (lat <= north + high)
    return float(np.mean(near))
