"""Addresses for outside systems (开放接口): /api our own JSON, /ogc and /hsds by open standards."""

from django.urls import path
from django.views.generic import RedirectView

from hequan.api import coverage, hsds, ogc, stations, territory
from hequan.api.errors import nothing_here
from hequan.api.interface import DocsPage, PublicAPI

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
    path("api/<path:rest>", nothing_here),
    path("ogc/<path:rest>", nothing_here),
    path("hsds/<path:rest>", nothing_here),
]
