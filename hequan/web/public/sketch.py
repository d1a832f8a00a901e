"""A sketch of a way (示意图): streets, water and the way itself as SVG paths, in metres.

Plain values in, plain text out; the template puts the paths into the page, the style sheet colours
them. It is drawn on the server so that phones without scripts and sheets of paper have it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]
METRES_PER_DEGREE = 111_195.0
MARGIN_METRES = 120.0
LEAST_METRES = 500.0
BROADEST, NARROWEST = 1.8, 1.2  # width to height, so that the sketch fills its frame


@dataclass(frozen=True)
class Area:
    """One landmark as a path; `kind` names its colour."""

    kind: str
    path: str


@dataclass(frozen=True)
class Sketch:
    """Paths in a frame of `width` by `height` metres, y downwards."""

    width: int
    height: int
    areas: tuple[Area, ...]
    streets: str
    way: str
    start: Point
    end: Point

    @property
    def bar_metres(self) -> int:
        """Return the length of the scale bar."""
        return 200 if self.width < 1500 else 500

    @property
    def dot(self) -> int:
        """Return the radius of the dots, which do not grow with the way."""
        return max(4, self.width // 70)

    @property
    def core(self) -> int:
        """Return the radius of the dot inside the station's."""
        return max(2, self.width // 180)

    @property
    def scale_y(self) -> int:
        """Return where the scale bar stands, in metres from the top."""
        return self.height - 24


def box_around(points: Iterable[Point]) -> Box:
    """Return west, south, east, north around the points with a margin, never too small."""
    lons, lats = zip(*points, strict=True)
    lat = (min(lats) + max(lats)) / 2
    across = METRES_PER_DEGREE * cos(radians(lat))
    wide = max((max(lons) - min(lons)) * across, LEAST_METRES) / 2 + MARGIN_METRES
    high = max((max(lats) - min(lats)) * METRES_PER_DEGREE, LEAST_METRES) / 2 + MARGIN_METRES
    wide, high = max(wide, high * NARROWEST), max(high, wide / BROADEST)
    lon = (min(lons) + max(lons)) / 2
    return (
        lon - wide / across,
        lat - high / METRES_PER_DEGREE,
        lon + wide / across,
        lat + high / METRES_PER_DEGREE,
    )


def draw(
    box: Box,
    start: Point,
    end: Point,
    line: Sequence[Point],
    streets: Iterable[Sequence[Point]],
    landmarks: Iterable[Mapping[str, Any]],
) -> Sketch:
    """Return the sketch of a way within a box."""
    west, south, east, north = box
    across = METRES_PER_DEGREE * cos(radians((south + north) / 2))

    def place(point: Sequence[float]) -> Point:
        x, y = (point[0] - west) * across, (north - point[1]) * METRES_PER_DEGREE
        return round(x, 1), round(y, 1)

    def path(points: Iterable[Sequence[float]], close: bool = False) -> str:
        placed = [place(point) for point in points]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in placed) + ("Z" if close else "")

    areas = [
        Area(feature["properties"]["kind"], "".join(path(ring, closed) for ring, closed in rings))
        for feature in landmarks
        if (rings := list(_rings(feature["geometry"])))
    ]
    return Sketch(
        width=round((east - west) * across),
        height=round((north - south) * METRES_PER_DEGREE),
        areas=tuple(areas),
        streets="".join(path(street) for street in streets),
        way=path(line),
        start=place(start),
        end=place(end),
    )


def _rings(geometry: Mapping[str, Any]) -> Iterable[tuple[Sequence[Sequence[float]], bool]]:
    """Yield the lines of a geometry, each with whether it closes."""
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        yield parts, False
    elif kind == "MultiLineString":
        for part in parts:
            yield part, False
    elif kind == "Polygon":
        for ring in parts:
            yield ring, True
    elif kind == "MultiPolygon":
        for polygon in parts:
            for ring in polygon:
                yield ring, True
