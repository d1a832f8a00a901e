"""The description of the OGC face as OpenAPI 3.0, the version its conformance class names."""

from collections.abc import Iterable
from typing import Any

from hequan.api.features import Collection

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_TEXT = {"type": "string"}


def openapi_of(
    collections: Iterable[Collection], server: str, systems: tuple[str, ...], page: int, most: int
) -> dict[str, Any]:
    """Return the description: one path for each collection, its items and one item."""
    paths = {
        "/": _get("Landing page", "landing"),
        "/conformance": _get("Conformance classes", "conformance"),
        "/collections": _get("Collections", "collections"),
    }
    for one in collections:
        here = f"/collections/{one.key}"
        fixed = [{"$ref": f"#/components/parameters/{name}"} for name in _FIXED]
        own = [_parameter(name, _TEXT, "Exact value of this property") for name in one.filters]
        paths[here] = _get(one.title, f"collection.{one.key}")
        paths[f"{here}/items"] = _get(one.title, f"items.{one.key}", [*fixed, *own], geojson=True)
        paths[f"{here}/items/{{featureId}}"] = _get(
            one.title,
            f"item.{one.key}",
            [{"$ref": f"#/components/parameters/{name}"} for name in ("featureId", "crs")],
            geojson=True,
        )
    return {
        "openapi": "3.0.3",
        "info": {"title": "hequan 核圈: OGC API Features", "version": "1"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"parameters": _parameters(systems, page, most)},
    }


_FIXED = ("bbox", "bbox-crs", "crs", "limit", "offset", "datetime")


def _parameters(systems: tuple[str, ...], page: int, most: int) -> dict[str, Any]:
    number = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    limit = {"type": "integer", "minimum": 1, "maximum": most, "default": page}
    offset = {"type": "integer", "minimum": 0, "default": 0}
    system = {"type": "string", "enum": list(systems), "default": systems[0]}
    found = {
        "bbox": _parameter("bbox", number, "west,south,east,north"),
        "bbox-crs": _parameter("bbox-crs", system, "Reference system of bbox"),
        "crs": _parameter("crs", system, "Reference system of the answer"),
        "limit": _parameter("limit", limit, "How many features at most"),
        "offset": _parameter("offset", offset, "How many features to leave out before"),
        "datetime": _parameter("datetime", _TEXT, "No feature has a time; every one passes"),
    }
    for name in ("bbox", "datetime"):
        found[name]["explode"] = False
    found["featureId"] = _parameter("featureId", _TEXT, "Id of the feature") | {
        "in": "path",
        "required": True,
    }
    del found["featureId"]["style"]
    return found


def _parameter(name: str, schema: dict[str, Any], told: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "style": "form",
        "description": told,
        "schema": schema,
    }


def _get(
    summary: str, key: str, parameters: list[dict[str, Any]] | None = None, *, geojson: bool = False
) -> dict[str, Any]:
    kind = "application/geo+json" if geojson else "application/json"
    answer = {"description": summary, "content": {kind: {"schema": {"type": "object"}}}}
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    told: dict[str, Any] = {
        "summary": summary,
        "operationId": key,
        "responses": {
            "200": answer,
            "default": {"description": "A refusal", "content": problem},
        },
    }
    if parameters:
        told["parameters"] = parameters
    return {"get": told}
