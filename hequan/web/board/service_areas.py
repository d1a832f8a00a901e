"""Who serves which unit (服务范围): property firms, owners' committees and their estates."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.people.access import organisation_for
from hequan.people.errors import NoSuchOrganisationError
from hequan.roster.access import service_area_for
from hequan.roster.actions.service_areas import end_service_area, serve_unit
from hequan.roster.days import day_of
from hequan.roster.errors import ListNotFoundError
from hequan.roster.queries.responsibilities import bodies_below, service_areas
from hequan.territory.access import top_units, unit_for, units_visible
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import Level
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.responsibilities import EDIT, SEE, officer

MOST_UNITS = 1500


class ServiceAreaForm(forms.Form):
    """Which organisation serves which unit, from which day."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    valid_from = forms.DateField(label=_("From"), widget=day_input())

    def __init__(
        self, bodies: list[tuple[int, str]], units: list[tuple[int, str]], *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = bodies
        cast(forms.ChoiceField, self.fields["unit"]).choices = units


@needs(SEE)
@require_http_methods(["GET", "POST"])
def areas(request: HttpRequest) -> HttpResponse:
    """List who serves which unit, and enter another."""
    at = clock.now()
    may_edit = bool(paths_granted(request.user, EDIT, at))
    if request.method == "POST" and not may_edit:
        raise Http404
    form = _form(request) if may_edit else None
    if request.method == "POST" and form is not None and form.is_valid():
        return _serve(request, form.cleaned_data)
    rows = service_areas(paths_granted(request.user, SEE, at), day_of(at))
    context = {"rows": rows, "form": form, "may_edit": may_edit}
    return render(request, "board/responsibilities/areas.html", context)


def _form(request: HttpRequest) -> ServiceAreaForm:
    at = clock.now()
    bodies = {
        pk: name for top in top_units(request.user, at, EDIT) for pk, name, _ in bodies_below(top)
    }
    levels = (Level.COMMITTEE, Level.GRID)
    units = units_visible(request.user, at, EDIT).filter(level__in=levels)
    return ServiceAreaForm(
        sorted(bodies.items(), key=lambda row: row[1]),
        list(units.values_list("pk", "name")[:MOST_UNITS]),
        request.POST or None,
        initial={"valid_from": day_of(at)},
    )


def _serve(request: HttpRequest, entered: dict[str, Any]) -> HttpResponse:
    at, user = clock.now(), request.user
    try:
        unit = unit_for(user, entered["unit"], at, EDIT)
        body = organisation_for(user, entered["organisation"], at, EDIT)
    except (NoSuchUnitError, NoSuchOrganisationError):
        raise Http404 from None
    serve_unit(
        organisation=body,
        unit=unit,
        valid_from=entered["valid_from"],
        by=officer(request),
        at=at,
    )
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-service-areas"))


@needs(EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an organisation no longer serve a unit, from today on."""
    at = clock.now()
    try:
        area = service_area_for(request.user, pk, at)
        end_service_area(area=area, on=day_of(at), by=officer(request), at=at)
        messages.success(request, gettext("Saved."))
    except ListNotFoundError:
        raise Http404 from None
    except HequanError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("web:board-service-areas"))
