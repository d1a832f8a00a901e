"""The territory browser (属地): a unit, what lies in it, its codes, people and outline."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.territory import actions, queries
from hequan.territory.access import top_units, unit_for, units_visible
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import Level
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.unit_changes import edit_context, edited
from hequan.web.board.unit_forms import UnitForm


def _opened(request: HttpRequest, pk: int, capability: Capability) -> Any:
    try:
        return unit_for(request.user, pk, clock.now(), capability)
    except NoSuchUnitError:
        raise Http404 from None


@needs(Capability.SEE_BOARD)
@require_GET
def territory(request: HttpRequest) -> HttpResponse:
    """Lead to where this account's territory begins, or list what a search finds."""
    at = clock.now()
    words = request.GET.get("words", "").strip()
    if words:
        seen = units_visible(request.user, at).values("pk")
        found = queries.unit_rows(queries.units_matching(words).filter(pk__in=seen)[:200])
        return render(request, "board/territory/found.html", {"rows": found, "words": words})
    tops = top_units(request.user, at)
    if len(tops) == 1:
        return HttpResponseRedirect(reverse("web:board-unit", args=[tops[0].pk]))
    rows = queries.unit_rows(units_visible(request.user, at).filter(pk__in=[t.pk for t in tops]))
    return render(request, "board/territory/found.html", {"rows": rows, "words": ""})


@needs(Capability.SEE_BOARD)
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit and what lies directly in it."""
    found = _opened(request, pk, Capability.SEE_BOARD)
    page = queries.unit_page(found)
    children = queries.unit_rows(queries.units_below(found).filter(parent=found))
    may_edit = units_visible(request.user, clock.now(), Capability.EDIT_TERRITORY)
    context = {
        "page": page,
        "unit": found,
        "trail": page.trail[:-1],
        "children": children,
        "child_level": Level(children[0].level) if children else None,
        "has_outlines": any(row.area_km2 for row in children),
        "may_edit": may_edit.filter(pk=pk).exists(),
    }
    return render(request, "board/territory/unit.html", context)


@needs(Capability.EDIT_TERRITORY)
@require_http_methods(["GET", "POST"])
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a unit's name, zone, housing and households."""
    found = edited(request, pk)
    form = UnitForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            _save(cast(OfficerRequest, request), found, dict(form.cleaned_data))
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-unit", args=[pk]))
    sent = {"form": form} if request.method == "POST" else {}
    return render(request, "board/territory/edit.html", edit_context(request, found, **sent))


def _save(request: OfficerRequest, found: Any, entered: dict[str, Any]) -> None:
    signed: dict[str, Any] = {"by": request.user, "at": clock.now()}
    name = entered.pop("name")
    if name != found.name:
        actions.rename_unit(unit=found, name=name, **signed)
    actions.describe_unit(unit=found, **entered, **signed)


@needs(Capability.SEE_BOARD)
@require_GET
def topology(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell whether the outlines below a unit tile it: gaps, overlaps, what reaches outside."""
    found = _opened(request, pk, Capability.SEE_BOARD)
    level = request.GET.get("level", "")
    if level not in set(Level):
        raise Http404
    report = queries.topology_report(found, Level(level))
    names = queries.names_of(pk for finding in report.findings[:200] for pk in finding.units)
    rows = [(f, [names.get(one, "") for one in f.units]) for f in report.findings[:200]]
    context = {"unit": found, "level": Level(level), "report": report, "rows": rows}
    return render(request, "board/territory/topology.html", context)


@needs(Capability.SEE_BOARD)
@require_GET
def unit_outlines(request: HttpRequest, pk: int, level: str) -> JsonResponse:
    """Answer the outlines of a level below a unit as GeoJSON."""
    found = _opened(request, pk, Capability.SEE_BOARD)
    if level not in set(Level):
        raise Http404
    return JsonResponse(queries.boundaries_geojson(Level(level), unit=found, simplify_metres=2))
