"""Stations from an OpenStreetMap extract (设施点导入): libraries, community centres and the like.

Points are taken as they are; a building or a site drawn as an area gives a point inside it. Of an
area and a point with the same name and kind within it, both are told: which of them is the station
is for the officer to say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import osmium
import shapely
from osmium.osm import Area, Node

from hequan.files.osm_format import open_osm, reading

# our kinds are the map's own words: key -> values
STATION_TAGS: Mapping[str, frozenset[str]] = {
    "amenity": frozenset({"library", "community_centre", "social_facility"}),
}


@dataclass(frozen=True)
class OsmPoint:
    """One facility of the map; `opening_hours` as mapped, empty where unknown."""

    id: str  # n123, w123 or r123: node, way or relation of the map
    name: str
    lon: float
    lat: float
    kind: str  # the value of the tag, such as library
    opening_hours: str


def read_points(
    path: str | Path, *, wanted: Mapping[str, frozenset[str]] = STATION_TAGS
) -> list[OsmPoint]:
    """Return the facilities with a wanted tag in order of the file; raise `FileError` if broken."""
    file = open_osm(path)
    keys = osmium.filter.KeyFilter(*wanted)
    things = osmium.FileProcessor(file).with_areas(keys).with_filter(keys)
    with reading(path):
        return list(_points(things, wanted))


def _points(
    things: osmium.FileProcessor, wanted: Mapping[str, frozenset[str]]
) -> Iterator[OsmPoint]:
    shape = osmium.geom.WKBFactory()
    for thing in things:
        if not isinstance(thing, Node | Area):
            continue  # an area comes once more as an Area
        kind = _kind_of(thing.tags.get, wanted)
        if not kind:
            continue
        place = _inside(shape, thing) if isinstance(thing, Area) else _position(thing)
        if place is None:
            continue
        yield OsmPoint(
            id=_map_id(thing),
            name=thing.tags.get("name") or "",
            lon=place[0],
            lat=place[1],
            kind=kind,
            opening_hours=thing.tags.get("opening_hours") or "",
        )


def _kind_of(tag: Callable[[str], str | None], wanted: Mapping[str, frozenset[str]]) -> str:
    for key, values in wanted.items():
        for word in (tag(key) or "").split(";"):
            if word.strip() in values:
                return word.strip()
    return ""


def _position(node: Node) -> tuple[float, float] | None:
    return (node.lon, node.lat) if node.location.valid() else None


def _inside(shape: osmium.geom.WKBFactory, area: Area) -> tuple[float, float] | None:
    try:
        point = shapely.from_wkb(shape.create_multipolygon(area)).representative_point()
    except (RuntimeError, shapely.GEOSException):  # an outline that is none: no place to give
        return None
    return point.x, point.y


def _map_id(thing: Node | Area) -> str:
    if isinstance(thing, Node):
        return f"n{thing.id}"
    return f"{'w' if thing.from_way() else 'r'}{thing.orig_id()}"
