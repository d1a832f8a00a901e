"""Registering at a station by oneself (线上报到): a proved phone is enough, without an account.

She agrees to the words in force on the page itself; while the town has published none, it says so.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account, system_account
from hequan.core.errors import HequanError
from hequan.people.actions import save_person
from hequan.people.facts import PersonFacts
from hequan.people.protection_kinds import ConsentChannel
from hequan.people.queries import person_with_phone
from hequan.roster import queries
from hequan.roster.actions import end_registration, register_person
from hequan.roster.kinds import RegistrationKind
from hequan.web.account.proof import code_required, verified_phone
from hequan.web.registration_forms import PEOPLE, AgreedForm


class OwnForm(AgreedForm):
    """Who registers herself, and where."""

    name = forms.CharField(label=_("My name"), max_length=64)
    kind = forms.ChoiceField(label=_("I register as"), choices=PEOPLE, widget=forms.RadioSelect)
    station = forms.ChoiceField(label=_("At the station"))
    field_order = ("name", "kind", "station", "skills", "free_times", "wishes", "agreed")

    def __init__(self, known: Any, *args: Any) -> None:
        """Ask for the name only where the phone is nobody's yet."""
        super().__init__(*args)
        if known is not None:
            del self.fields["name"]
        stations = queries.stations_to_register_at()
        self.fields["station"].choices = [("", _("choose a station")), *stations]  # type: ignore[attr-defined]


@code_required
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show my registrations and let me register."""
    phone = verified_phone(request) or ""
    person = person_with_phone(phone)
    form = OwnForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and _registered(request, phone, person, form):
        return HttpResponseRedirect(reverse("web:register"))
    mine = queries.registrations_of(person) if person else ()
    return render(request, "public/register.html", {"form": form, "mine": mine, "person": person})


def _registered(request: HttpRequest, phone: str, person: Any, form: OwnForm) -> bool:
    try:
        _enter(form, phone, person, _signer(request))
    except HequanError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("You are registered. The station will get in touch."))
    return True


@transaction.atomic  # nobody is entered whose registration is refused
def _enter(form: OwnForm, phone: str, person: Any, by: Account) -> None:
    entered, at = form.cleaned_data, clock.now()
    if person is None:
        person = save_person(facts=PersonFacts(name=entered["name"], phone=phone), by=by, at=at)
    register_person(
        person=person,
        kind=RegistrationKind(entered["kind"]),
        station=queries.station_to_register_at(int(entered["station"])),
        offer=form.offer(),
        text=form.text,
        channel=ConsentChannel.ONLINE,
        by=by,
        at=at,
    )


@code_required
@never_cache
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my own registrations."""
    person = person_with_phone(verified_phone(request) or "")
    found = queries.registration_of(person, pk) if person else None
    if found is None:
        raise Http404
    end_registration(registration=found, by=_signer(request), at=clock.now())
    messages.success(request, gettext("Your registration has ended."))
    return HttpResponseRedirect(reverse("web:register"))


def _signer(request: HttpRequest) -> Account:
    """Return the own account of whoever has one, else the system's: the phone is the proof."""
    return request.user if isinstance(request.user, Account) else system_account()
