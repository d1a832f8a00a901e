"""Organisations (单位): the list, one with its members, frames and posts, edit, close."""

from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.people import queries
from hequan.people.access import organisation_for, organisations_visible
from hequan.people.actions import (
    OrganisationFacts,
    close_organisation,
    end_membership,
    save_membership,
    save_organisation,
)
from hequan.people.errors import NoSuchOrganisationError
from hequan.people.kinds import OrganisationKind
from hequan.roster.places import Place
from hequan.roster.queries import posts_at
from hequan.web.asked_words import asked_words
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.organisation_forms import CloseForm, MemberForm, OrganisationForm
from hequan.web.board.person_field import person_finder
from hequan.web.board.unit_field import unit_finder, unit_names
from hequan.web.words import choices

ROWS = 50
EDIT = Capability.EDIT_ORGANISATIONS


def opened(request: HttpRequest, pk: int, capability: Capability = Capability.SEE_BOARD) -> Any:
    """Return an organisation through the door; a stranger meets 404."""
    try:
        return organisation_for(request.user, pk, clock.now(), capability)
    except NoSuchOrganisationError:
        raise Http404 from None


@needs(Capability.SEE_BOARD, for_organisations=True)
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations of the parts this account sees."""
    at = clock.now()
    asked = queries.OrganisationsAsked(
        asked_words(request),
        request.GET.get("kind", ""),
        closed=request.GET.get("closed") == "1",
    )
    found = queries.organisations_seen(request.user, at, asked)
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "asked": asked,
        "kinds": choices(OrganisationKind),
        "may_edit": bool(paths_granted(request.user, EDIT, at)),
    }
    return render(request, "board/organisations/list.html", context)


@needs(Capability.SEE_BOARD, for_organisations=True)
@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation with its members, what it signed, and the posts held there."""
    row = opened(request, pk)
    return render(request, "board/organisations/organisation.html", _page(request, row))


def _page(request: HttpRequest, row: Any, member: MemberForm | None = None) -> dict[str, Any]:
    at = clock.now()
    today = timezone.localdate(at)
    return {
        "organisation": row,
        "members": queries.members_seen(row, request.user, at),
        "frames": queries.frames_of_organisation(row.pk),
        "posts": posts_at(Place.of(row), today),
        "may_edit": organisations_visible(request.user, at, EDIT).filter(pk=row.pk).exists(),
        "member_form": member or MemberForm(person_finder(request)),
        "close_form": CloseForm(initial={"on": today}),
    }


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Enter a new organisation."""
    form = OrganisationForm(unit_finder(request, EDIT), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _saved(request, form, None)
        if made is not None:
            return HttpResponseRedirect(reverse("web:board-organisation", args=[made]))
    context = {"form": form, "units": unit_names(request, EDIT)}
    return render(request, "board/organisations/edit.html", context)


@needs(EDIT, for_organisations=True)
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an organisation."""
    row = opened(request, pk, EDIT)
    known = asdict(_facts(row)) | {"unit": row.unit.name if row.unit else ""}
    form = OrganisationForm(unit_finder(request, EDIT), request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and _saved(request, form, row):
        return HttpResponseRedirect(reverse("web:board-organisation", args=[pk]))
    context = {"form": form, "organisation": row, "units": unit_names(request, EDIT)}
    return render(request, "board/organisations/edit.html", context)


def _saved(request: HttpRequest, form: OrganisationForm, row: Any) -> int | None:
    officer = cast(OfficerRequest, request).user
    facts = form.facts(_facts(row) if row else None)
    try:
        made = save_organisation(organisation=row, facts=facts, by=officer, at=clock.now())
    except HequanError as error:
        form.add_error("credit_code", str(error))
        return None
    messages.success(request, gettext("Saved."))
    return made.pk


def _facts(row: Any) -> OrganisationFacts:
    names = OrganisationFacts.__dataclass_fields__
    return OrganisationFacts(**{name: getattr(row, name) for name in names})


@needs(EDIT, for_organisations=True)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an organisation; its memberships and signatures end with it."""
    row = opened(request, pk, EDIT)
    form = CloseForm(request.POST)
    if form.is_valid():
        officer = cast(OfficerRequest, request).user
        close_organisation(organisation=row, on=form.cleaned_data["on"], by=officer, at=clock.now())
        messages.success(request, gettext("Closed."))
    else:
        messages.error(request, gettext("Enter the day."))
    return HttpResponseRedirect(reverse("web:board-organisation", args=[pk]))


@needs(EDIT, for_organisations=True)
@require_POST
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that somebody belongs to an organisation."""
    row = opened(request, pk, EDIT)
    form = MemberForm(person_finder(request), request.POST)
    if form.is_valid() and _entered(request, row, form):
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("web:board-organisation", args=[pk]))
    return render(request, "board/organisations/organisation.html", _page(request, row, form))


def _entered(request: HttpRequest, row: Any, form: forms.Form) -> bool:
    officer, person = cast(OfficerRequest, request).user, form.cleaned_data["person"]
    facts = cast(MemberForm, form).facts()
    try:
        save_membership(person=person, organisation=row, facts=facts, by=officer, at=clock.now())
    except HequanError as error:
        form.add_error("person", str(error))
        return False
    return True


@needs(EDIT, for_organisations=True)
@require_POST
def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership from today on."""
    found = queries.membership_for(request.user, pk, clock.now())
    if found is None:
        raise Http404
    officer = cast(OfficerRequest, request).user
    end_membership(membership=found, by=officer, at=clock.now())
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-organisation", args=[found.organisation_id]))
