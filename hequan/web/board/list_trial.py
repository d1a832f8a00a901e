"""Trying a responsibility list on last year's cases (清单试算): nothing is written."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hequan.cases.queries.trial import SPAN, trial_of
from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.roster.days import day_of
from hequan.web.board.case_figures_question import day_in
from hequan.web.board.doors import needs
from hequan.web.board.responsibilities import EDIT, opened

PER_PAGE = 25


@needs(Capability.SEE_CASES)
@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which cases of a span this version of a list would have sent elsewhere."""
    sheet, at = opened(request, pk, EDIT), clock.now()
    since, until = _span(request, day_of(at))
    found = trial_of(sheet, request.user, since, until, at)
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"sheet": sheet, "since": since, "until": until, "trial": found}
    context |= {"page": page, "lines": found.lines(list(page), at)}
    context |= {"classes": found.classes(at), "units": found.units()}
    return render(request, "board/responsibilities/trial.html", context)


def _span(request: HttpRequest, today: date) -> tuple[date, date]:
    """Return the days asked for, without any the last year."""
    until = day_in(request.GET.get("until", "")) or today
    since = day_in(request.GET.get("since", "")) or until - SPAN
    return min(since, until), max(since, until)
