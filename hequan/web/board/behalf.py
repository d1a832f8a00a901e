"""Acting for a person on the board (代办): a clerk picks her, says on what ground, and is marked.

What is begun here lies in the clerk's own session for half an hour (`sign_in.behalf.minutes`).
Meanwhile `ActingMiddleware` puts her id on every entry of the audit trail that a writing request of
this session leaves, whatever page it is; only the clerk's own pages stay the clerk's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.audit.behalf import acting_on_behalf_of
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.core.sign_in.rules import sign_in_rules
from hequan.people.access import person_for
from hequan.people.actions.behalf import begin_acting, end_acting
from hequan.people.errors import NoSuchPersonError
from hequan.people.kinds import BehalfBasis
from hequan.people.queries import shown_name
from hequan.web.account.flow import safe_next
from hequan.web.board.doors import needs
from hequan.web.words import choices

_KEY = "acting_for"
_READING = ("GET", "HEAD", "OPTIONS", "TRACE")
_OWN_PAGES = ("/my/", "/sign-in/", "/sign-out/", "/preferences/")


@dataclass(frozen=True)
class ActingFor:
    """Whom the signed-in clerk acts for, and for how many minutes more."""

    person_id: int
    name: str
    minutes: int


class BasisForm(forms.Form):
    """On what ground somebody acts for her."""

    basis = forms.ChoiceField(label=gettext_lazy("How she agreed"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the grounds in words."""
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = choices(BehalfBasis)  # type: ignore[attr-defined]


def acting_for(request: HttpRequest) -> ActingFor | None:
    """Return whom this session acts for, None once half an hour is over or nobody is chosen."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    left = float(kept[2]) - clock.now().timestamp()
    return ActingFor(int(kept[0]), str(kept[1]), -(-int(left) // 60)) if left > 0 else None


class ActingMiddleware:
    """Record what a writing request does on behalf of the person its session acts for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; whom the clerk may no longer act for is not acted for."""
        if request.method in _READING or request.path.startswith(_OWN_PAGES):
            return self.get_response(request)
        with acting_on_behalf_of(_still_acted_for(request)):
            return self.get_response(request)


def _still_acted_for(request: HttpRequest) -> int | None:
    """Return her id while the half hour lasts and the clerk's grants still reach her."""
    acting = acting_for(request)
    if acting is None:
        return None
    try:
        found = person_for(request.user, acting.person_id, clock.now(), Capability.ACT_ON_BEHALF)
    except NoSuchPersonError:
        return None
    return found.pk


@needs(Capability.ACT_ON_BEHALF)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the ground, and begin."""
    by, at = cast(Account, request.user), clock.now()
    try:
        person = person_for(by, pk, at, Capability.ACT_ON_BEHALF)
    except NoSuchPersonError:
        raise Http404 from None
    form = BasisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        basis = BehalfBasis(form.cleaned_data["basis"])
        try:
            begin_acting(person=person, basis=basis, by=by, at=at)
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            until = at + sign_in_rules(at).behalf_lives
            request.session[_KEY] = [person.pk, shown_name(person, at), until.timestamp()]
            return redirect(safe_next(request) or "web:landing")
    found = {"form": form, "person": person, "next": safe_next(request)}
    return render(request, "board/accounts/behalf.html", found)


@needs(Capability.ACT_ON_BEHALF)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Stop acting for her."""
    by, at, acting = cast(Account, request.user), clock.now(), acting_for(request)
    request.session.pop(_KEY, None)
    if acting is not None:
        try:
            person = person_for(by, acting.person_id, at, Capability.ACT_ON_BEHALF)
        except NoSuchPersonError:
            return redirect("web:landing")
        end_acting(person=person, by=by, at=at)
        messages.success(request, _("You act for yourself again."))
    return redirect(safe_next(request) or "web:landing")
