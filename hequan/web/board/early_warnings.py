"""Early warning on the board (苗头预警): places and classes, and the cases behind each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hequan.cases.queries import line_of
from hequan.cases.queries.warnings import (
    cases_warned_of,
    matter_warned_of,
    rule_of_warnings,
    warnings_for,
)
from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.territory.access import unit_for
from hequan.territory.errors import NoSuchUnitError
from hequan.web.board.doors import needs
from hequan.web.numbers import whole_number

SEE = Capability.SEE_CASES
PER_PAGE = 25


@needs(SEE)
@require_GET
def warnings(request: HttpRequest) -> HttpResponse:
    """List where which matters come more often than is usual there."""
    at = clock.now()
    told = warnings_for(paths_granted(request.user, SEE, at), at)
    return render(request, "board/cases/warnings.html", {"told": told, "rule": told.rule})


@needs(SEE)
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """List the cases behind a warning that the account may open."""
    at, matter = clock.now(), whole_number(request.GET.get("matter"))
    try:
        unit = unit_for(request.user, whole_number(request.GET.get("unit")) or 0, at, SEE)
    except NoSuchUnitError:
        raise Http404 from None
    found = cases_warned_of(request.user, unit, matter or 0, at)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "matter": matter_warned_of(matter or 0, at),
        "rule": rule_of_warnings(at),
        "page": page,
        "lines": [line_of(row, at) for row in page],
    }
    return render(request, "board/cases/warning_cases.html", context)
