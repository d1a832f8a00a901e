"""What all roster pages share (岗位页面公用): doors to 404, actions that may be refused, fields."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.errors import PeopleError
from hequan.roster import queries
from hequan.roster.days import day_of
from hequan.roster.errors import NotInRosterError
from hequan.web.board.person_field import PersonFinder, person_finder

P = ParamSpec("P")
Found = TypeVar("Found")
EDIT, SEE = Capability.EDIT_ROSTER, Capability.SEE_ROSTER
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def through(
    door: Callable[Concatenate[Any, P], Found],
    request: HttpRequest,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Found:
    """Return what a door of the roster gives this account; what it refuses is not there: 404."""
    try:
        return door(request.user, *args, **kwargs)
    except (NotInRosterError, PeopleError):
        raise Http404 from None


def officer(request: HttpRequest) -> Account:
    """Return who signs the action."""
    return cast(Account, request.user)


def signed(request: HttpRequest) -> dict[str, Any]:
    """Return who acts and when, as every action takes it."""
    return {"by": officer(request), "at": clock.now()}


def today() -> date:
    """Return the day it is in the town."""
    return day_of(clock.now())


def done(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Carry out an action with what a form holds; a refusal is told beside the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except HequanError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("Saved."))
    return True


def pressed(request: HttpRequest, act: Callable[[], object], back: str) -> HttpResponse:
    """Carry out what a button asks for and go back; a refusal is told on the page."""
    try:
        act()
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(back)


class PlaceField(forms.CharField):
    """A name or code; cleaned it is the unit, station or organisation."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the names of the page's list of places."""
        kwargs.setdefault("label", _("Place"))
        kwargs.setdefault("help_text", _("Name or code of a unit, a station or an organisation."))
        widget = forms.TextInput(attrs={"list": "places"})
        super().__init__(max_length=120, widget=widget, **kwargs)
        self.find: Callable[[str], Any] = lambda _words: None

    def clean(self, value: Any) -> Any:
        """Return the one place of that name."""
        words = super().clean(value).strip()
        try:
            return self.find(words) if words else None
        except HequanError as error:
            raise forms.ValidationError(str(error)) from None


class OrganisationField(forms.CharField):
    """A name or credit code; cleaned it is the organisation, None for none."""

    def __init__(self, **kwargs: Any) -> None:
        """Say how an organisation is named."""
        kwargs.setdefault("help_text", _("Full name or unified social credit code."))
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the one organisation of that name."""
        words = super().clean(value).strip()
        if not words:
            return None
        found = queries.organisation_named(words)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("There is no organisation “%s”.") % words)
        codes = "; ".join(one.credit_code or f"{one.unit or ''}" for one in found)
        raise forms.ValidationError(gettext("Which one? Enter the code: %s") % codes)


def people_finder(request: HttpRequest) -> PersonFinder:
    """Return how somebody is found: among the people one may see, and those in posts."""
    among_people = person_finder(request)

    def find(words: str) -> Sequence[Any]:
        found = {one.pk: one for one in among_people(words)}
        for one in queries.people_in_posts(words, user=request.user, at=clock.now()):
            found.setdefault(one.pk, one)
        return list(found.values())

    return find


def place_finder(request: HttpRequest, capability: Capability = EDIT) -> Callable[[str], Any]:
    """Return how a place is found among those where this account holds the capability."""
    return lambda words: queries.place_named(
        words, user=request.user, at=clock.now(), capability=capability
    )
