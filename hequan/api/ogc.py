"""OGC API Features 1.0.1 (地理要素接口): Part 1 Core, GeoJSON and OpenAPI 3.0, Part 2 for CGCS2000.

The collections themselves stand in `features`; this file speaks the standard: links, parameters
(an unknown one is refused, as the standard asks), paging and the order of axes.
"""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hequan.api.answers import GEOJSON, json_answer, read_only
from hequan.api.errors import Refusal, not_found, shown
from hequan.api.features import Asked, Collection, Feature, collections
from hequan.api.ogc_openapi import OPENAPI, openapi_of
from hequan.api.parameters import LARGEST_ID, Box, box_of

PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
PART_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf"
CONFORMS_TO = [f"{PART_1}/core", f"{PART_1}/oas30", f"{PART_1}/geojson", f"{PART_2}/crs"]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# CGCS2000 equals WGS-84 to within centimetres; both EPSG codes put latitude first
LATITUDE_FIRST = tuple(f"http://www.opengis.net/def/crs/EPSG/0/{code}" for code in (4490, 4326))
SYSTEMS = (CRS84, *LATITUDE_FIRST)
PAGE, MOST = 100, 10_000
ROOT = "/ogc"
_moment = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?"
_interval = re.compile(rf"({_moment}|\.\.|)/({_moment}|\.\.|)|{_moment}")


@read_only
def landing(request: HttpRequest) -> HttpResponse:
    """Answer / with links to everything else."""
    _only(request, ())
    told = {
        "title": "hequan 核圈",
        "description": "Units, stations and streets of the neighbourhood service network.",
        "links": [
            _link(request, "", "self", "application/json", "This document"),
            _link(request, "/api", "service-desc", OPENAPI, "Description of this service"),
            _link(request, "/conformance", "conformance", "application/json", "Conformance"),
            _link(request, "/collections", "data", "application/json", "Collections"),
        ],
    }
    return json_answer(told)


@read_only
def description(request: HttpRequest) -> HttpResponse:
    """Answer /api with OpenAPI 3.0."""
    _only(request, ())
    server = request.build_absolute_uri(ROOT)
    return json_answer(openapi_of(collections().values(), server, SYSTEMS, PAGE, MOST), OPENAPI)


@read_only
def conformance(request: HttpRequest) -> HttpResponse:
    """Answer /conformance with the classes this service keeps to."""
    _only(request, ())
    return json_answer({"conformsTo": CONFORMS_TO})


@read_only
def list_collections(request: HttpRequest) -> HttpResponse:
    """Answer /collections."""
    _only(request, ())
    told = {
        "links": [_link(request, "/collections", "self", "application/json", "This document")],
        "crs": list(SYSTEMS),
        "collections": [_told(request, one) for one in collections().values()],
    }
    return json_answer(told)


@read_only
def read_collection(request: HttpRequest, key: str) -> HttpResponse:
    """Answer /collections/{key}."""
    _only(request, ())
    return json_answer(_told(request, _collection(key)))


@read_only
def list_items(request: HttpRequest, key: str) -> HttpResponse:
    """Answer /collections/{key}/items with a page of features."""
    collection = _collection(key)
    fixed = ("bbox", "limit", "offset", "datetime", "crs", "bbox-crs")
    _only(request, (*fixed, *collection.filters))
    _check_datetime(request.GET.get("datetime", ""))
    system = _system(request, "crs")
    asked = _asked(request, collection)
    features, total = collection.page(asked)
    told = {
        "type": "FeatureCollection",
        "numberMatched": total,
        "numberReturned": len(features),
        "links": _page_links(request, key, asked, total),
        "features": [_turned(one, system) for one in features],
    }
    return _located(told, system)


@read_only
def read_item(request: HttpRequest, key: str, feature: str) -> HttpResponse:
    """Answer /collections/{key}/items/{feature} with one feature."""
    collection = _collection(key)
    _only(request, ("crs",))
    system = _system(request, "crs")
    try:
        found = collection.one(_feature_id(feature))
    except LookupError:
        raise not_found(_("feature"), feature) from None
    here = f"/collections/{key}"
    links = [
        _link(request, f"{here}/items/{found['id']}", "self", GEOJSON, "This feature"),
        _link(request, here, "collection", "application/json", collection.title),
    ]
    return _located(_turned(found, system) | {"links": links}, system)


def _feature_id(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise LookupError(text)
    return int(text)


def _collection(key: str) -> Collection:
    try:
        return collections()[key]
    except KeyError:
        raise not_found(_("collection"), key) from None


def _only(request: HttpRequest, known: tuple[str, ...]) -> None:
    for name in request.GET:
        if name not in (*known, "f", "lang"):
            raise Refusal(
                400,
                _("There is no parameter “%(name)s” here; known are: %(known)s."),
                name=shown(name),
                known=", ".join((*known, "f", "lang")),
            )
    if request.GET.get("f", "json") not in ("json", "geojson"):
        text = _("f: “%(value)s” is not offered; leave it out or write json.")
        raise Refusal(400, text, value=shown(request.GET["f"]))


def _asked(request: HttpRequest, collection: Collection) -> Asked:
    return Asked(
        box=_box(request) if "bbox" in request.GET else None,
        offset=min(_whole(request, "offset", 0, 0), LARGEST_ID),
        limit=min(_whole(request, "limit", PAGE, 1), MOST),
        filters={name: request.GET[name] for name in collection.filters if name in request.GET},
    )


def _box(request: HttpRequest) -> Box:
    """The box asked for with longitude first, whatever the order of its reference system."""
    parts = request.GET["bbox"].split(",")
    half = len(parts) // 2
    if _system(request, "bbox-crs") in LATITUDE_FIRST and half in (2, 3):
        for at in (0, half):
            parts[at], parts[at + 1] = parts[at + 1], parts[at]
    found = box_of(",".join(parts))
    if found is None:
        raise Refusal(400, _("bbox is empty; write west,south,east,north in degrees."))
    return found


def _whole(request: HttpRequest, name: str, default: int, least: int) -> int:
    text = request.GET.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,30}", text) or int(text) < least:
        refused = _("%(name)s: “%(value)s” must be a whole number of %(least)s or more.")
        raise Refusal(400, refused, name=name, value=shown(text), least=least)
    return int(text)


def _check_datetime(text: str) -> None:
    """No feature here has a time of its own, so any well-formed time passes all of them."""
    if text and not _interval.fullmatch(text):
        refused = _("datetime: “%(value)s” is neither a moment nor an interval (RFC 3339).")
        raise Refusal(400, refused, value=shown(text))


def _system(request: HttpRequest, name: str) -> str:
    value = request.GET.get(name, CRS84)
    if value not in SYSTEMS:
        refused = _("%(name)s: “%(value)s” is not offered; choose from %(known)s.")
        raise Refusal(400, refused, name=name, value=shown(value), known=", ".join(SYSTEMS))
    return value


def _turned(feature: Feature, system: str) -> Feature:
    geometry = feature["geometry"]
    if system not in LATITUDE_FIRST or geometry is None:
        return feature
    return feature | {"geometry": geometry | {"coordinates": _swapped(geometry["coordinates"])}}


def _swapped(coordinates: list[Any]) -> list[Any]:
    if coordinates and isinstance(coordinates[0], int | float):
        return [coordinates[1], coordinates[0], *coordinates[2:]]
    return [_swapped(part) for part in coordinates]


def _located(told: dict[str, Any], system: str) -> HttpResponse:
    response = json_answer(told, GEOJSON)
    response.headers["Content-Crs"] = f"<{system}>"
    return response


def _told(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    here = f"/collections/{collection.key}"
    told: dict[str, Any] = {
        "id": collection.key,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": list(SYSTEMS),
        "storageCrs": CRS84,
        "links": [
            _link(request, here, "self", "application/json", collection.title),
            _link(request, f"{here}/items", "items", GEOJSON, collection.title),
        ],
    }
    if (box := collection.extent()) is not None:
        told["extent"] = {"spatial": {"bbox": [list(box)], "crs": CRS84}}
    return told


def _page_links(request: HttpRequest, key: str, asked: Asked, total: int) -> list[dict[str, str]]:
    here = f"/collections/{key}"
    links = [
        _link(request, _page(request, here, asked.offset), "self", GEOJSON, "This page"),
        _link(request, here, "collection", "application/json", "The collection"),
    ]
    after = asked.offset + asked.limit
    if after < total:
        links.append(_link(request, _page(request, here, after), "next", GEOJSON, "Next page"))
    if asked.offset > 0:
        before = max(asked.offset - asked.limit, 0)
        links.append(_link(request, _page(request, here, before), "prev", GEOJSON, "Page before"))
    return links


def _page(request: HttpRequest, here: str, offset: int) -> str:
    query = request.GET.dict()
    query.pop("offset", None)
    if offset:
        query["offset"] = str(offset)
    return f"{here}/items" + (f"?{urlencode(query)}" if query else "")


def _link(request: HttpRequest, path: str, rel: str, kind: str, title: str) -> dict[str, str]:
    href = request.build_absolute_uri(ROOT + path)
    return {"href": href, "rel": rel, "type": kind, "title": title}
