"""What is open in the town (公开事项): list, by class and committee, page by page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hequan.cases import queries
from hequan.core import clock
from hequan.territory.queries import committees_for_choice
from hequan.web.numbers import whole_number

PER_PAGE = 20


@require_safe
def open_matters(request: HttpRequest) -> HttpResponse:
    """List the open cases of which everybody may read, the newest first."""
    at = clock.now()
    classes = [one for one in queries.asked_in(at).by_code.values() if one.is_class]
    asked = request.GET.get("class", "")
    chosen = asked if asked in {one.code for one in classes} else ""
    unit = queries.unit_chosen(whole_number(request.GET.get("unit")))
    rows = Paginator(queries.open_matters(chosen, unit), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.open_lines(page, at),
        "classes": sorted(classes, key=lambda one: one.code),
        "committees": committees_for_choice(),
        "chosen": chosen,
        "unit": unit,
    }
    return render(request, "public/open_matters.html", context)
