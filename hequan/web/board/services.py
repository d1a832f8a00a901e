"""The service catalogue on the board (服务目录): find an entry, write it, end it."""

from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.stations import queries
from hequan.stations.access import service_for
from hequan.stations.actions import save_service
from hequan.stations.errors import StationNotFoundError
from hequan.stations.kinds import ServiceCategory, ServiceMode
from hequan.stations.records import ServiceRecord
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.numbers import whole_number
from hequan.web.words import choices


class ServiceForm(forms.Form):
    """One entry of the catalogue."""

    name = forms.CharField(label=_("Name"), max_length=80)
    code = forms.CharField(label=_("Service code"), max_length=32)
    category = forms.ChoiceField(label=_("Category"), choices=choices(ServiceCategory))
    mode = forms.ChoiceField(label=_("How it is had"), choices=choices(ServiceMode))
    minutes = forms.IntegerField(
        label=_("Takes about (minutes)"), required=False, min_value=1, max_value=10000
    )
    papers = forms.CharField(
        label=_("Papers to bring"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = forms.CharField(label=_("For whom"), required=False, max_length=120)
    fee = forms.CharField(label=_("Fee"), required=False, max_length=80)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    ended_on = forms.DateField(
        label=_("No longer offered from"),
        required=False,
        widget=day_input(),
    )

    def record(self) -> ServiceRecord:
        """Return the record as entered."""
        lines = self.cleaned_data["papers"].splitlines()
        papers = tuple(line.strip() for line in lines if line.strip())
        return ServiceRecord(**self.cleaned_data | {"papers": papers})


@needs(Capability.SEE_BOARD)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the catalogue."""
    asked: dict[str, Any] = {
        k: request.GET.get(k, "").strip() for k in ("words", "category", "mode")
    }
    page = request.GET.get("page", "")
    found = queries.services_catalogue(**asked, page=whole_number(page) or 1)
    context = {
        "catalogue": found,
        "asked": asked,
        "categories": choices(ServiceCategory),
        "modes": choices(ServiceMode),
        "may_edit": bool(
            paths_granted(request.user, Capability.EDIT_STATIONS, clock.now()),
        ),
    }
    return render(request, "board/services/catalogue.html", context)


@needs(Capability.EDIT_STATIONS)
@require_http_methods(["GET", "POST"])
def edit_service(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a new entry, or one there is."""
    service = _opened(request, pk) if pk else None
    form = ServiceForm(request.POST or None, initial=_initial(service) if service else None)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            save_service(service=service, record=form.record(), by=officer, at=clock.now())
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-services"))
    return render(request, "board/services/edit.html", {"form": form, "service": service})


def _opened(request: HttpRequest, pk: int) -> Any:
    try:
        return service_for(request.user, pk, clock.now())
    except StationNotFoundError:
        raise Http404 from None


def _initial(service: Any) -> dict[str, Any]:
    record = queries.service_record(service)
    return asdict(record) | {"papers": "\n".join(record.papers)}
