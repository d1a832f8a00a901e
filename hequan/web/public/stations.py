"""Stations (站点): the list of all, and a page for each."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.stations.errors import StationNotFoundError
from hequan.stations.kinds import OpeningDay, ServiceCategory, StationKind
from hequan.stations.queries import OfferRow, station_page, stations_list
from hequan.territory.queries import committees_for_choice
from hequan.web.public.fifteen import LONGEST_LIST
from hequan.web.words import choices

PER_PAGE = 60
FEW_SERVICES = 30  # more are folded by category


@require_safe
def station_list(request: HttpRequest) -> HttpResponse:
    """List stations by kind, committee and words, or only those open now."""
    asked, at = request.GET, clock.now()
    listed = stations_list(
        kind=asked.get("kind", ""),
        words=asked.get("words", "").strip()[:80],
        open_at=at if asked.get("open") else None,
        at=at,
    )
    inside = asked.get("committee", "")
    if inside:
        listed = tuple(one for one in listed if f"/{inside}/" in one.station.unit_path)
    committees = committees_for_choice()
    context = {
        "page": Paginator(listed, PER_PAGE).get_page(asked.get("page")),
        "asked": {"kind": "", "words": "", "open": "", "committee": ""} | asked.dict(),
        "kinds": choices(StationKind),
        "committees": committees if len(committees) <= LONGEST_LIST else (),
    }
    return render(request, "public/stations.html", context)


@require_safe
def station(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything about one station."""
    at = clock.now()
    try:
        page = station_page(code, at)
    except StationNotFoundError as error:
        raise Http404(str(error)) from None
    context = {
        "page": page,
        "now": at,
        "groups": services_by_category(page.services),
        "few_services": len(page.services) <= FEW_SERVICES,
        "today": tuple(OpeningDay)[timezone.localtime(at).weekday()],
        "other_weeks": [week for week in page.weeks[1:] if not week.in_force],
    }
    return render(request, "public/station.html", context)


def services_by_category(offers: Iterable[OfferRow]) -> list[tuple[str, list[OfferRow]]]:
    """Return the offers under their categories, in the order of the catalogue."""
    groups: dict[str, list[OfferRow]] = {str(category): [] for category in ServiceCategory}
    for offer in offers:
        groups.setdefault(offer.service.category, []).append(offer)
    return [(category, found) for category, found in groups.items() if found]
