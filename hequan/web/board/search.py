"""One search (全局搜索) over people, cases, organisations, stations, units, by each app's door.

Each app is asked once, for the first few rows; whoever may see nothing is asked nothing and finds
nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hequan.cases.queries.finding import cases_found
from hequan.core import clock
from hequan.core.grants import inside, organisations_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.people.queries import organisations_found, person_lines, persons_matching
from hequan.stations.queries.register import stations_registered
from hequan.territory.queries import unit_rows, units_matching
from hequan.web.asked_words import asked_words

SHOWN, SUGGESTED = 20, 5


@dataclass(frozen=True)
class Found:
    """What one app found: its heading, its kind for the page, and the first rows."""

    words: Promise
    kind: str
    rows: list[Any]
    has_more: bool


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words, or as much of it as fits under the search box."""
    if not _may_search(request):
        raise Http404
    words = asked_words(request, "q")
    is_fragment = request.headers.get("HX-Request") == "true"
    limit = SUGGESTED if is_fragment else SHOWN
    groups = found_for(request.user, words, limit) if words else []
    context = {"words": words, "groups": groups, "at_search": True}
    page = "board/people/_found.html" if is_fragment else "board/people/search.html"
    return render(request, page, context)


def found_for(user: object, words: str, limit: int) -> list[Found]:
    """Return what an account finds of each kind: a query or two for each."""
    at = clock.now()
    paths = paths_granted(user, Capability.SEE_BOARD, at)

    def people(n: int) -> list[Any]:
        return person_lines(persons_matching(words, user=user, at=at)[:n], at)

    def cases(n: int) -> list[Any]:
        return cases_found(words, user, at, n)

    def stations(n: int) -> list[Any]:
        return list(stations_registered(paths=paths, words=words).select_related("unit")[:n])

    def units(n: int) -> list[Any]:
        return unit_rows(units_matching(words).filter(inside(paths, "path"))[:n])

    def bodies(n: int) -> list[Any]:
        return organisations_found(user, at, words, n)

    groups = (
        _group(_("People"), "person", people, limit),
        _group(_("Cases"), "case", cases, limit),
        _group(_("Organisations"), "organisation", bodies, limit),
        _group(_("Stations"), "station", stations, limit),
        _group(_("Territory"), "unit", units, limit),
    )
    return [group for group in groups if group.rows]


def _group(words: Promise, kind: str, find: Callable[[int], list[Any]], limit: int) -> Found:
    rows = find(limit + 1)
    return Found(words, kind, rows[:limit], len(rows) > limit)


def _may_search(request: HttpRequest) -> bool:
    at = clock.now()
    wanted = (Capability.SEE_BOARD, Capability.SEE_PEOPLE, Capability.SEE_CASES)
    return any(
        paths_granted(request.user, one, at) or organisations_granted(request.user, one, at)
        for one in wanted
    )
