"""Addresses for outside systems (开放接口): /api our own JSON, /ogc and /hsds by open standards."""

from collections.abc import Iterator

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from hequan.api import coverage, hsds, ogc, open311, stations, territory
from hequan.api.errors import nothing_here
from hequan.api.interface import DocsPage, PublicAPI
from hequan.api.open311_shapes import JSON, XML

DESCRIPTION = """Territory, stations, services and coverage of a neighbourhood service network.

Everything here is public and may be read from any site, except the coverage of a unit, which asks
for a signed-in account that may see the board there. Places go in as longitude and latitude in
WGS-84, GCJ-02 or BD-09 (`crs`) and come out in WGS-84. Times are ISO 8601 with an offset. A refusal
is problem+json and names the parameter, its value and the remedy; `?lang=en` or Accept-Language
chooses its language.

The same data by open standards: OGC API Features at [/ogc](/ogc), HSDS 3 at [/hsds](/hsds).
"""

api = PublicAPI(
    title="hequan 核圈", version="1", description=DESCRIPTION, urls_namespace="api", docs=DocsPage()
)
api.add_router("", territory.router, tags=["territory"])
api.add_router("", stations.router, tags=["stations"])
api.add_router("", coverage.router, tags=["coverage"])

_items = "ogc/collections/<str:key>/items"


def _open311() -> Iterator[URLPattern]:
    """Every address of the standard once as XML and once as JSON, as its clients ask."""
    for form in (XML, JSON):
        said = {"form": form}
        yield path(f"open311/discovery.{form}", open311.discovery, said)
        yield path(f"open311/v2/discovery.{form}", open311.discovery, said)
        yield path(f"open311/v2/services.{form}", open311.services, said)
        yield path(f"open311/v2/services/<str:code>.{form}", open311.service, said)
        yield path(f"open311/v2/requests.{form}", open311.requests, said)
        yield path(f"open311/v2/requests/<str:number>.{form}", open311.one_request, said)
        yield path(f"open311/v2/tokens/<str:token>.{form}", open311.token, said)


urlpatterns = [
    path("api", RedirectView.as_view(pattern_name="api:openapi-view")),
    path("api/", RedirectView.as_view(pattern_name="api:openapi-view")),
    path("api/", api.urls),
    path("ogc", ogc.landing, name="ogc"),
    path("ogc/", ogc.landing),
    path("ogc/api", ogc.description),
    path("ogc/conformance", ogc.conformance),
    path("ogc/collections", ogc.list_collections),
    path("ogc/collections/<str:key>", ogc.read_collection),
    path(_items, ogc.list_items),
    path(f"{_items}/<str:feature>", ogc.read_item),
    path("hsds", hsds.about, name="hsds"),
    path("hsds/", hsds.api.urls),
    *_open311(),
    path("open311/<path:rest>", open311.nothing_there),
    path("api/<path:rest>", nothing_here),
    path("ogc/<path:rest>", nothing_here),
    path("hsds/<path:rest>", nothing_here),
]
