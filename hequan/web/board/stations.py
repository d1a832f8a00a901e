"""The station register (站点登记册): the list, a new station, and one page a section to edit."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.stations import exports, queries
from hequan.stations.access import station_for, stations_visible
from hequan.stations.actions import save_station
from hequan.stations.errors import StationNotFoundError
from hequan.stations.kinds import StationKind, StationStatus
from hequan.territory.access import units_visible
from hequan.territory.queries import UnitRow, unit_rows
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.station_forms import FactsForm
from hequan.web.board.station_sections import SECTIONS
from hequan.web.numbers import whole_number
from hequan.web.words import choices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_units(request: HttpRequest, words: str) -> Sequence[UnitRow]:
    """Return the units this account may put stations in that bear this name or code."""
    visible = units_visible(request.user, clock.now(), Capability.EDIT_STATIONS)
    named = unit_rows(visible.filter(name=words))
    return named or unit_rows(visible.filter(codes__code=words, codes__valid_to=None))


def opened(request: HttpRequest, pk: int) -> Any:
    """Return the station through its door; a stranger meets 404."""
    try:
        return station_for(request.user, pk, clock.now())
    except StationNotFoundError:
        raise Http404 from None


@needs(Capability.SEE_BOARD)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List the stations of the parts this account sees, and what they lack."""
    paths = paths_granted(request.user, Capability.SEE_BOARD, clock.now())
    asked: dict[str, Any] = {k: request.GET.get(k, "").strip() for k in ("words", "kind", "status")}
    page = request.GET.get("page", "")
    found = queries.register_rows(paths=paths, **asked, page=whole_number(page) or 1)
    rows = [row.pk for row in found.rows]
    mine = stations_visible(request.user, clock.now(), Capability.EDIT_STATIONS)
    context = {
        "register": found,
        "editable": set(mine.filter(pk__in=rows).values_list("pk", flat=True)),
        "may_edit": bool(paths_granted(request.user, Capability.EDIT_STATIONS, clock.now())),
        "asked": asked,
        "kinds": choices(StationKind),
        "statuses": choices(StationStatus),
    }
    return render(request, "board/stations/register.html", context)


@needs(Capability.SEE_BOARD)
@require_GET
def register_workbook(request: HttpRequest) -> HttpResponse:
    """Download the register as a spreadsheet that can be imported again."""
    paths = paths_granted(request.user, Capability.SEE_BOARD, clock.now())
    answer = HttpResponse(exports.register_workbook(paths), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="stations.xlsx"'
    return answer


@needs(Capability.EDIT_STATIONS)
@require_http_methods(["GET", "POST"])
def new_station(request: HttpRequest) -> HttpResponse:
    """Enter a new station; its other sections follow."""
    form = FactsForm(lambda words: find_units(request, words), request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            made = save_station(station=None, record=form.record(None), by=officer, at=clock.now())
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-station", args=[made.pk, "hours"]))
    context = {"form": form, "units": _unit_names(request)}
    return render(request, "board/stations/new.html", context)


def _unit_names(request: HttpRequest) -> list[str]:
    visible = units_visible(request.user, clock.now(), Capability.EDIT_STATIONS)
    wanted = visible.filter(level__in=["town", "area", "committee"])
    return list(wanted.values_list("name", flat=True)[:300])


@needs(Capability.EDIT_STATIONS)
@require_http_methods(["GET", "POST"])
def edit_station(request: HttpRequest, pk: int, section: str = "facts") -> HttpResponse:
    """Show one section of a station's record, or save what was entered there."""
    if section not in SECTIONS:
        raise Http404
    station = opened(request, pk)
    part = SECTIONS[section](cast(OfficerRequest, request), station)
    if request.method == "POST" and part.save():
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("web:board-station", args=[pk, section]))
    context = {
        "station": station,
        "section": section,
        "sections": [(code, kind.words) for code, kind in SECTIONS.items()],
        "units": _unit_names(request) if section == "facts" else [],
        **part.context(),
    }
    return render(request, f"board/stations/{section}.html", context)
