"""The weekly sheet for the notice board (每周公示), one page A4 of one unit."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hequan.cases.figures import FigureName
from hequan.cases.queries.week_sheet import week_sheet
from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.roster.days import day_of
from hequan.territory.access import top_units
from hequan.web.board.case_figures_question import day_in, unit_looked_at
from hequan.web.board.doors import needs

COUNTS = (FigureName.RECEIVED, FigureName.ANSWERED, FigureName.OPEN, FigureName.OVERDUE)
SHARES = (
    FigureName.CONTACTED_ON_TIME,
    FigureName.ANSWERED_ON_TIME,
    FigureName.SOLVED_REALLY,
    FigureName.EXPLAINED,
    FigureName.SATISFIED,
)


@needs(Capability.SEE_CASES)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet of a week, the last whole one unless another is asked for."""
    at = clock.now()
    unit = unit_looked_at(request, at)
    if unit is None:
        unit = next(iter(top_units(request.user, at, Capability.SEE_CASES)), None)
    if unit is None:
        raise Http404
    monday = _monday(request, day_of(at))
    told = week_sheet(unit, paths_granted(request.user, Capability.SEE_CASES, at), monday, at)
    context = {
        "sheet": told,
        "counts": [(name, told.counts[name].count) for name in COUNTS],
        "shares": [(name, told.shares[name]) for name in SHARES],
        "printed_on": day_of(at),
    }
    return render(request, "board/cases/sheet.html", context)


def _monday(request: HttpRequest, today: date) -> date:
    asked = day_in(request.GET.get("week", "")) or today - timedelta(days=7)
    return asked - timedelta(days=asked.weekday())
