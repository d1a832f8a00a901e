"""Who has no station yet (缺站名单): grids without a main station, organisations without one that
answers for them, circles without a core."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.people.errors import NoSuchOrganisationError
from hequan.stations import queries
from hequan.stations.access import stations_visible
from hequan.stations.errors import StationNotFoundError
from hequan.territory.errors import NoSuchUnitError
from hequan.web.board.assigning import assign_station
from hequan.web.board.doors import OfficerRequest, needs

SHOWN = 200


class AssignForm(forms.Form):
    """Which thing gets which station."""

    what = forms.ChoiceField(choices=[("grid", ""), ("organisation", ""), ("circle", "")])
    pk = forms.IntegerField(min_value=1)
    station = forms.IntegerField(min_value=1)


@needs(Capability.SEE_BOARD)
@require_GET
def lacking(request: HttpRequest) -> HttpResponse:
    """List what has no station, with the stations to choose from."""
    at = clock.now()
    paths = paths_granted(request.user, Capability.SEE_BOARD, at)
    editable = stations_visible(request.user, at, Capability.EDIT_STATIONS)
    grids = queries.grids_without_main_station(paths)
    organisations = queries.organisations_without_station(paths)
    context = {
        "grids": grids[:SHOWN],
        "grids_total": len(grids),
        "organisations": organisations[:SHOWN],
        "organisations_total": len(organisations),
        "circles": queries.circles_without_core(paths),
        "stations": list(editable.order_by("name").values_list("pk", "name")[:500]),
    }
    return render(request, "board/stations/lacking.html", context)


@needs(Capability.EDIT_STATIONS)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give one grid, organisation or circle its station."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        assign_station(cast(OfficerRequest, request), **form.cleaned_data)
    except (StationNotFoundError, NoSuchUnitError, NoSuchOrganisationError):
        raise Http404 from None
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-lacking") + f"#{form.cleaned_data['what']}s")
