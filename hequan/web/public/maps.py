"""What the public map draws (地图): streets, landmarks, committees and stations as GeoJSON.

The map's own geometry, asked for only once somebody opens the map. Coordinates keep five decimals
(about a metre), and answers are compressed, so that a town's map stays below 400 KB.
"""

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from hequan.core import clock, versions
from hequan.stations.errors import StationNotFoundError
from hequan.stations.fifteen import route_to
from hequan.stations.queries import stations_list
from hequan.territory.kinds import Level
from hequan.territory.queries import (
    extent_of,
    landmarks_geojson,
    outlines,
    street_lines,
)
from hequan.web.numbers import whole_number
from hequan.web.public.question import read_question

Box = tuple[float, float, float, float]
DIGITS = 5
SIMPLIFY_METRES = 4.0
STREETS_DEGREES = 0.12  # no wider a box shows streets
COMMITTEES_DEGREES = 0.3
TOWNS_DEGREES = 1.5
MOST_STREETS = 12000
NOWHERE = (0.0, 0.0, 1e-6, 1e-6)  # where nothing is drawn yet: an empty background


def read_box(text: str) -> Box | None:
    """Return west, south, east, north; None where it is no box."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return None
    return west, south, east, north


def level_for(degrees: float) -> Level:
    """Return the units to outline in a box so many degrees wide."""
    if degrees <= COMMITTEES_DEGREES:
        return Level.COMMITTEE
    return Level.TOWN if degrees <= TOWNS_DEGREES else Level.DISTRICT


def rounded(numbers: Any) -> Any:
    """Return coordinates, however nested, with five decimals."""
    if isinstance(numbers, int | float):
        return round(numbers, DIGITS)
    return [rounded(part) for part in numbers]


def feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """Return one GeoJSON feature with rounded coordinates."""
    shown = {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": shown}


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a GeoJSON collection."""
    return {"type": "FeatureCollection", "features": features}


@require_safe
@gzip_page
@cache_control(public=True, max_age=3600)
def background(request: HttpRequest) -> HttpResponseBase:
    """Return the streets, landmarks and outlines within `box`, or of everything without one.

    A wide box has larger units and no streets.
    """
    asked = request.GET.get("box", "")
    box = read_box(asked) if asked else extent_of() or NOWHERE
    if box is None:
        return HttpResponseBadRequest("box=west,south,east,north in degrees")
    drawn = draw_background(box, versions.stamps("territory", "streets"))
    return HttpResponse(drawn, content_type="application/json")


@lru_cache(maxsize=12)
def draw_background(box: Box, stamps: tuple[int, ...]) -> bytes:
    """Return the background of a box as JSON; kept until `stamps` move on."""
    wide = max(box[2] - box[0], box[3] - box[1])
    streets = street_lines(box, limit=MOST_STREETS) if wide <= STREETS_DEGREES else []
    lines = [rounded(line.points) for line in streets]
    marks = landmarks_geojson(box=box)["features"] if wide <= COMMITTEES_DEGREES else []
    units = outlines(level_for(wide), box=box, simplify_metres=SIMPLIFY_METRES)
    drawn = {
        "streets": feature({"type": "MultiLineString", "coordinates": lines}),
        "landmarks": collection([feature(m["geometry"], **m["properties"]) for m in marks]),
        "units": collection([feature(u.geometry, name=u.name) for u in units]),
    }
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()


@require_safe
@gzip_page
def stations(request: HttpRequest) -> HttpResponseBase:
    """Return every station as a point with its name, kind and whether it is open now."""
    rows = stations_list(at=clock.now())
    return JsonResponse(
        collection(
            [
                feature(
                    {"type": "Point", "coordinates": [one.station.lon, one.station.lat]},
                    code=one.station.code,
                    name=one.station.name,
                    kind=one.station.kind,
                    open=one.open.is_open,
                )
                for one in rows
            ]
        )
    )


@require_safe
def route(request: HttpRequest) -> HttpResponseBase:
    """Return the way from `place` to the station with the id `station` as a line."""
    question = read_question(request.GET, clock.now())
    station = whole_number(request.GET.get("station"))
    if question.lon is None or question.lat is None or station is None:
        return HttpResponseBadRequest("place=lon,lat and station=id are needed")
    try:
        way = route_to(
            question.lon, question.lat, station, profile=question.profile, at=question.at
        )
    except StationNotFoundError as error:
        return JsonResponse({"error": str(error)}, status=404)
    if way is None:
        return JsonResponse(collection([]))
    line = {"type": "LineString", "coordinates": list(way.line)}
    return JsonResponse(
        collection([feature(line, metres=round(way.metres), seconds=round(way.seconds))])
    )
