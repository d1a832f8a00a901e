"""Registrations on the board (双报到): the list, the counter, units at areas, letters to units."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.people.protection_kinds import ConsentChannel
from hequan.roster import queries
from hequan.roster.access import registration_for, registrations_visible
from hequan.roster.actions import (
    change_registration,
    end_registration,
    register_person,
    register_unit,
)
from hequan.roster.kinds import RegistrationKind, Skill
from hequan.territory.queries import units_with_ids
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField
from hequan.web.board.pools import StationField
from hequan.web.board.roster_acts import (
    OrganisationField,
    done,
    officer,
    people_finder,
    pressed,
    signed,
    through,
)
from hequan.web.board.unit_field import UnitField, unit_finder, unit_names
from hequan.web.numbers import whole_number
from hequan.web.registration_forms import PEOPLE, AgreedForm, OfferForm
from hequan.web.words import choices

SERVE = Capability.ACT_ON_BEHALF
_HERE = [one for one in choices(ConsentChannel) if one[0] != ConsentChannel.ONLINE]


class PersonForm(AgreedForm):
    """Somebody who registers at the counter."""

    person = PersonField()
    kind = forms.ChoiceField(label=_("Registers as"), choices=PEOPLE)
    station = StationField(label=_("Station"))
    home = OrganisationField(
        label=_("Her organisation"),
        required=False,
        help_text=_("The branch or unit she belongs to. Sensitive: only for letters to it."),
    )
    agreed = forms.BooleanField(label=_("She has read or heard this and agrees."))
    channel = forms.ChoiceField(label=_("How she agreed"), choices=_HERE)
    field_order = ("person", "kind", "station", "home", "skills", "free_times", "wishes", "agreed")


class UnitForm(OfferForm):
    """A unit that registers at an area."""

    organisation = OrganisationField(label=_("Unit that registers"))
    area = UnitField(label=_("Area"))
    field_order = ("organisation", "area", "skills", "free_times", "wishes")


@needs(SERVE)
@require_GET
def registration_list(request: HttpRequest) -> HttpResponse:
    """List who is registered at the stations and areas this account serves."""
    asked: dict[str, Any] = {k: request.GET.get(k, "").strip() for k in ("kind", "skill", "words")}
    found = queries.registrations_listed(
        registrations_visible(request.user, clock.now()),
        page=whole_number(request.GET.get("page")) or 1,
        **asked,
    )
    kinds = choices(RegistrationKind)
    context = {
        "found": found,
        "asked": asked,
        "kinds": [(code, words, found.by_kind.get(code, 0)) for code, words in kinds],
        "skills": choices(Skill),
        "stations": queries.stations_with_units(registrations_visible(request.user, clock.now())),
    }
    return render(request, "board/roster/registrations.html", context)


@needs(SERVE)
@require_http_methods(["GET", "POST"])
def register_at_counter(request: HttpRequest) -> HttpResponse:
    """Register somebody who stands at the counter."""
    form = PersonForm(request.POST or None)
    form.fields["person"].find = people_finder(request)  # type: ignore[attr-defined]
    form.fields["station"].offer(request, SERVE)  # type: ignore[attr-defined]
    if done(request, form, lambda: _register_person(request, form)):
        return HttpResponseRedirect(reverse("web:board-registrations"))
    return render(request, "board/roster/register.html", {"form": form, "what": "person"})


def _register_person(request: HttpRequest, form: PersonForm) -> None:
    entered: dict[str, Any] = form.cleaned_data
    register_person(
        person=entered["person"],
        kind=RegistrationKind(entered["kind"]),
        station=entered["station"],
        home=entered["home"],
        offer=form.offer(),
        text=form.text,
        channel=ConsentChannel(entered["channel"]),
        by=officer(request),
        at=clock.now(),
    )


@needs(SERVE)
@require_http_methods(["GET", "POST"])
def register_a_unit(request: HttpRequest) -> HttpResponse:
    """Register a unit at an area."""
    form = UnitForm(request.POST or None)
    form.fields["area"].find = unit_finder(request, SERVE)  # type: ignore[attr-defined]
    if done(request, form, lambda: _register_unit(request, form)):
        return HttpResponseRedirect(reverse("web:board-registrations"))
    context = {"form": form, "what": "unit", "units": unit_names(request, SERVE)}
    return render(request, "board/roster/register.html", context)


def _register_unit(request: HttpRequest, form: UnitForm) -> None:
    area = units_with_ids([form.cleaned_data["area"]])[form.cleaned_data["area"]]
    register_unit(
        organisation=form.cleaned_data["organisation"],
        area=area,
        offer=form.offer(),
        by=officer(request),
        at=clock.now(),
    )


@needs(SERVE)
@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what somebody registered offers."""
    found = through(registration_for, request, pk, clock.now())
    row = queries.registration_row(found)
    initial = {"skills": row.skills, "free_times": row.free_times, "wishes": row.wishes}
    form = OfferForm(request.POST or None, initial=initial)
    by = signed(request)
    if done(
        request, form, lambda: change_registration(registration=found, offer=form.offer(), **by)
    ):
        return HttpResponseRedirect(reverse("web:board-registrations"))
    return render(request, "board/roster/registration.html", {"form": form, "row": row})


@needs(SERVE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a registration."""
    found = through(registration_for, request, pk, clock.now())
    by = signed(request)
    back = reverse("web:board-registrations")
    return pressed(request, lambda: end_registration(registration=found, **by), back)
