"""The HSDS 3 face (公共服务名录): organisations, services, places and hours for other directories.

Paths, parameters and pages are those of the standard's own OpenAPI description. What we cannot
answer truly (changes since a moment, distance from a postal code) is refused, never ignored.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema
from pydantic import Field

from hequan.api.answers import json_answer, read_only
from hequan.api.errors import Refusal, not_found
from hequan.api.hsds_ids import uuid_of
from hequan.api.hsds_nested import Directory, open_directory
from hequan.api.hsds_shapes import TAXONOMIES, Shape, taxonomy_shape, term_shape
from hequan.api.interface import PublicAPI
from hequan.api.parameters import Words
from hequan.stations.directory_queries import (
    offer_entries,
    organisation_entries,
    service_entries,
    station_entries,
)
from hequan.stations.directory_records import DirectoryFilter

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/hsds/"

api = PublicAPI(
    title="hequan 核圈: HSDS 3",
    version=VERSION,
    description="The service directory by Open Referral's Human Services Data Specification.",
    urls_namespace="hsds",
    docs_url=None,
)


class Listing(Schema):
    """Which page of a list."""

    search: Words = ""
    page: Annotated[int, Field(ge=1, le=10**9)] = 1
    per_page: Annotated[int, Field(ge=1, le=500)] = 50
    format: Literal["json"] = "json"

    @property
    def offset(self) -> int:
        """Return how many entries stand before this page."""
        return (self.page - 1) * self.per_page


class DirectoryAsked(Listing):
    """Which services, or services at places."""

    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: str = Field("", max_length=60)
    full: bool = False


class ServicesAsked(DirectoryAsked):
    """Which services."""

    minimal: bool = False


class OffersAsked(DirectoryAsked):
    """Which services at places."""

    postcode: Words = ""
    proximity: str = Field("", max_length=60)


class TermsAsked(Listing):
    """Which terms; none of ours has a parent."""

    taxonomy_id: UUID | None = None
    top_only: bool = False
    parent_id: UUID | None = None


class OrganisationsAsked(Listing):
    """Which organisations."""

    full: bool = False
    full_service: bool = False


def page_of(contents: Sequence[Shape], total: int, asked: Listing) -> Shape:
    """Return the standard's page around its contents."""
    pages = max(-(-total // asked.per_page), 1)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _about(request: HttpRequest) -> Shape:
    directory = open_directory()
    unit = directory.keys.publisher
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": request.build_absolute_uri("/hsds/openapi.json"),
        "description": api.description,
        "publisher": {"name": unit.name if unit else "hequan"},
    }


@read_only
def about(request: HttpRequest) -> HttpResponse:
    """Answer /hsds as /hsds/ is answered."""
    return json_answer(_about(request))


@api.get("/", response=dict, summary="About this directory")
def read_about(request: HttpRequest) -> Shape:
    """Return the version of the standard and where this face is described."""
    return _about(request)


@api.get("/services", response=dict, summary="Services")
def list_services(request: HttpRequest, asked: Query[ServicesAsked]) -> Shape:
    """Return a page of services, by code."""
    directory = open_directory()
    wanted = _filter(directory, asked)
    if wanted is None:
        return page_of([], 0, asked)
    found = service_entries(wanted, at=directory.at, offset=asked.offset, limit=asked.per_page)
    if asked.minimal:
        contents = [{"id": directory.service_ids[one.pk]} for one in found.rows]
    elif asked.full:
        contents = directory.full_services(found.rows)
    else:
        contents = directory.listed_services(found.rows)
    return page_of(contents, found.total, asked)


@api.get("/services/{key}", response=dict, summary="One service, everything inside")
def read_service(request: HttpRequest, key: str) -> Shape:
    """Return a service with its organisation, places, hours and papers."""
    directory = open_directory()
    found = directory.service(_known(directory.keys.services, key, _("service")))
    return directory.full_services([found])[0]


@api.get("/service_at_locations", response=dict, summary="Services at places")
def list_offers(request: HttpRequest, asked: Query[OffersAsked]) -> Shape:
    """Return a page of services at places, by service and place."""
    if asked.postcode or asked.proximity:
        text = _("This directory keeps no postal codes; leave postcode and proximity out.")
        raise Refusal(400, text)
    directory = open_directory()
    wanted = _filter(directory, asked)
    if wanted is None:
        return page_of([], 0, asked)
    found = offer_entries(wanted, offset=asked.offset, limit=asked.per_page)
    return page_of(directory.offers(found.rows, full=asked.full), found.total, asked)


@api.get("/service_at_locations/{key}", response=dict, summary="One service at one place")
def read_offer(request: HttpRequest, key: str) -> Shape:
    """Return a service at a place with both of them."""
    directory = open_directory()
    pk = _known(directory.keys.offers, key, _("service at a location"))
    found = offer_entries(DirectoryFilter(), pks=[pk])
    return directory.offers(found.rows, full=True)[0]


@api.get("/locations", response=dict, summary="Places (our addition to the standard)")
def list_locations(request: HttpRequest, asked: Query[Listing]) -> Shape:
    """Return a page of stations as locations with address, hours and accessibility."""
    directory = open_directory()
    found = station_entries(
        at=directory.at, words=asked.search, offset=asked.offset, limit=asked.per_page
    )
    return page_of([directory.location(one) for one in found.rows], found.total, asked)


@api.get("/locations/{key}", response=dict, summary="One place (our addition)")
def read_location(request: HttpRequest, key: str) -> Shape:
    """Return a station as a location."""
    directory = open_directory()
    pk = _known(directory.keys.locations, key, _("location"))
    return directory.location(station_entries(at=directory.at, pks=[pk]).rows[0])


@api.get("/organizations", response=dict, summary="Organisations")
def list_organisations(request: HttpRequest, asked: Query[OrganisationsAsked]) -> Shape:
    """Return a page of the bodies that run stations; the publisher stands first."""
    directory = open_directory()
    publisher = directory.publisher
    lead = [publisher] if asked.search.lower() in publisher["name"].lower() else []
    here = lead if asked.page == 1 else []
    found = organisation_entries(
        words=asked.search,
        offset=max(asked.offset - len(lead), 0),
        limit=asked.per_page - len(here),
    )
    whole = asked.full or asked.full_service
    shown = [*here, *directory.organisations(found.rows, full=whole)]
    if whole:
        shown = [directory.full_organisation(one, services=asked.full_service) for one in shown]
    return page_of(shown, found.total + len(lead), asked)


@api.get("/organizations/{key}", response=dict, summary="One organisation")
def read_organisation(request: HttpRequest, key: str, full_service: bool = False) -> Shape:
    """Return a body with its places and services."""
    directory = open_directory()
    if _same(key, directory.keys.publisher_id):
        return directory.full_organisation(directory.publisher, services=full_service)
    pk = _known(directory.keys.organisations, key, _("organisation"))
    found = directory.organisations(organisation_entries(pks=[pk]).rows, full=True)[0]
    return directory.full_organisation(found, services=full_service)


@api.get("/taxonomies", response=dict, summary="Taxonomies")
def list_taxonomies(request: HttpRequest, asked: Query[Listing]) -> Shape:
    """Return our taxonomies: categories of services, and how a service is had."""
    found = [taxonomy_shape(name) for name in TAXONOMIES]
    return _cut([one for one in found if _says(one, asked.search)], asked)


@api.get("/taxonomies/{key}", response=dict, summary="One taxonomy")
def read_taxonomy(request: HttpRequest, key: str) -> Shape:
    """Return one taxonomy."""
    known = {uuid_of("taxonomy", name): name for name in TAXONOMIES}
    return taxonomy_shape(_known(known, key, _("taxonomy")))


@api.get("/taxonomy_terms", response=dict, summary="Terms of the taxonomies")
def list_terms(request: HttpRequest, asked: Query[TermsAsked]) -> Shape:
    """Return a page of terms; all of ours are at the top."""
    found = [
        term_shape(name, code)
        for name, words in TAXONOMIES.items()
        if asked.taxonomy_id is None or uuid_of("taxonomy", name) == str(asked.taxonomy_id)
        for code in words
    ]
    if asked.parent_id is not None:
        found = []
    return _cut([one for one in found if _says(one, asked.search)], asked)


@api.get("/taxonomy_terms/{key}", response=dict, summary="One term")
def read_term(request: HttpRequest, key: str) -> Shape:
    """Return one term."""
    return term_shape(*_known(_terms(), key, _("taxonomy term")))


def _terms() -> dict[str, tuple[str, str]]:
    return {
        uuid_of("term", name, code): (name, code)
        for name, words in TAXONOMIES.items()
        for code in words
    }


def _cut(found: list[Shape], asked: Listing) -> Shape:
    return page_of(found[asked.offset : asked.offset + asked.per_page], len(found), asked)


def _says(shape: Shape, words: str) -> bool:
    return words.lower() in f"{shape['name']} {shape.get('code', '')}".lower()


def _known(known: dict[str, Any], key: str, what: Any) -> Any:
    try:
        return known[str(UUID(key))]
    except (ValueError, KeyError):
        raise not_found(what, key) from None


def _same(key: str, other: str) -> bool:
    return key.lower() == other


def _filter(directory: Directory, asked: DirectoryAsked) -> DirectoryFilter | None:
    """Return what is asked for in our own terms, None where nothing can match."""
    if asked.modified_after:
        text = _("This directory keeps no times of change; leave modified_after out.")
        raise Refusal(400, text)
    taxonomy, term = "", ""
    if asked.taxonomy_term_id is not None:
        taxonomy, term = _terms().get(str(asked.taxonomy_term_id), ("", ""))
        if not term:
            return None
    if asked.taxonomy_id is not None and str(asked.taxonomy_id) not in {
        uuid_of("taxonomy", name) for name in ([taxonomy] if taxonomy else TAXONOMIES)
    }:
        return None
    organisation = None
    if asked.organization_id is not None:
        organisation = directory.keys.organisations.get(str(asked.organization_id))
        if organisation is None and str(asked.organization_id) != directory.keys.publisher_id:
            return None
    return DirectoryFilter(
        words=asked.search,
        category=term if taxonomy == "service_category" else "",
        mode=term if taxonomy == "service_mode" else "",
        organisation_id=organisation,
    )
