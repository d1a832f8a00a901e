"""Protection on the board (个人信息保护): one person's data as officers may handle it.

Masked until somebody asks for more with a reason; consents, documents and requests at the counter.
"""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.access import person_for
from hequan.people.actions import (
    REVEALED,
    ask_child_access,
    give_consent,
    open_data_request,
    record_document,
    remove_document,
    reveal_person,
    withdraw_consent,
)
from hequan.people.ages import is_child
from hequan.people.errors import NoSuchPersonError
from hequan.people.id_numbers import CHINA
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import (
    ConsentChannel,
    DocumentKind,
    RequestKind,
    RevealReason,
)
from hequan.people.queries import (
    child_access_open,
    child_access_waiting,
    consent_lines,
    consent_of,
    consent_text,
    data_requests_of,
    documents_of,
    guardians_of,
)
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.protection_words import field_words
from hequan.web.words import choices, word

STAFFED = [one for one in ConsentChannel if one is not ConsentChannel.ONLINE]


class DocumentForm(forms.Form):
    """A document somebody showed."""

    kind = forms.ChoiceField(label=_("Document"), choices=choices(DocumentKind))
    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    country = forms.CharField(
        label=_("Country, two letters"), max_length=2, initial=CHINA, required=False
    )


class RequestForm(forms.Form):
    """What somebody asks about her data at the counter."""

    kind = forms.ChoiceField(label=_("Asked for"), choices=choices(RequestKind))
    channel = forms.ChoiceField(
        label=_("By way of"), choices=[(str(one), word(one)) for one in STAFFED]
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


@needs(Capability.SEE_PEOPLE)
@never_cache
@require_GET
def person_protection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what protects one person's data, and what an officer may do for her."""
    person = person_opened(request, pk, Capability.SEE_PEOPLE)
    return render(request, "board/protection/person.html", _page(request, person))


def _page(request: HttpRequest, person: Any, **forms_: forms.Form) -> dict[str, Any]:
    officer, at = cast(OfficerRequest, request).user, clock.now()
    day = timezone.localdate(at)
    child = is_child(person.born_on, day)
    return {
        "person": person,
        "lines": consent_lines(person, at),
        "channels": [(str(one), word(one)) for one in STAFFED],
        "documents": documents_of(person),
        "document_form": forms_.get("document") or DocumentForm(),
        "request_form": forms_.get("asked") or RequestForm(),
        "requests": data_requests_of(person),
        "reasons": choices(RevealReason),
        "is_child": child,
        "is_child_open": child and child_access_open(person, officer, at),
        "is_child_waiting": child and child_access_waiting(person, officer),
        "guardians": guardians_of(person, day) if child else [],
        "may": _may(request, person),
    }


def _may(request: HttpRequest, person: Any) -> dict[str, bool]:
    """What this officer may do here, where this person lives."""
    wanted = {
        "reveal": Capability.REVEAL_PERSONAL,
        "act": Capability.ACT_ON_BEHALF,
        "edit": Capability.EDIT_PEOPLE,
        "protect": Capability.PROTECT_DATA,
    }
    return {name: _opens(request, person.pk, one) for name, one in wanted.items()}


def _opens(request: HttpRequest, pk: int, capability: Capability) -> bool:
    try:
        person_for(request.user, pk, clock.now(), capability)
    except NoSuchPersonError:
        return False
    return True


@needs(Capability.REVEAL_PERSONAL)
@never_cache
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show some fields whole, once, after the reason has been recorded."""
    person = person_opened(request, pk, Capability.REVEAL_PERSONAL)
    reason = request.POST.get("reason", "")
    if reason not in set(RevealReason):
        messages.error(request, gettext("Choose why you need to see it."))
        return _back(pk)
    asked = request.POST.get("fields", ",".join(REVEALED)).split(",")
    try:
        shown = reveal_person(
            person=person,
            fields=asked,
            reason=RevealReason(reason),
            told=str(word(RevealReason(reason))),
            by=cast(OfficerRequest, request).user,
            at=clock.now(),
        )
    except HequanError as error:
        messages.error(request, str(error))
        return _back(pk)
    rows = [(field_words(name), value) for name, value in shown.items()]
    context = {"person": person, "rows": rows, "reason": word(RevealReason(reason))}
    return render(request, "board/protection/revealed.html", context)


@needs(Capability.REVEAL_PERSONAL)
@require_POST
def ask_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to read a child's data; somebody else decides."""
    person = person_opened(request, pk, Capability.REVEAL_PERSONAL)
    reason = request.POST.get("reason", "")
    if reason not in set(RevealReason):
        messages.error(request, gettext("Choose why you need to see it."))
        return _back(pk)
    officer = cast(OfficerRequest, request).user
    return _done(
        request,
        pk,
        gettext("Asked. Somebody else decides."),
        lambda: ask_child_access(
            person=person, reason=RevealReason(reason), by=officer, at=clock.now()
        ),
    )


@needs(Capability.ACT_ON_BEHALF)
@require_POST
def consent_at_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a consent somebody gives here, or the guardian of a child."""
    person = person_opened(request, pk, Capability.ACT_ON_BEHALF)
    officer, at = cast(OfficerRequest, request).user, clock.now()
    channel = request.POST.get("channel", "")
    if channel not in STAFFED:
        messages.error(request, gettext("Choose how the consent was given."))
        return _back(pk)
    guardians = guardians_of(person, timezone.localdate(at))
    proxy = next((one for one in guardians if str(one.pk) == request.POST.get("guardian")), None)
    try:
        text = consent_text(int(request.POST.get("text", "0")))
    except (NoSuchRequestError, ValueError):
        raise Http404 from None
    return _done(
        request,
        pk,
        gettext("The consent is written down."),
        lambda: give_consent(
            person=person,
            text=text,
            channel=ConsentChannel(channel),
            proxy_person=proxy,
            proxy_account=officer,
            by=officer,
            at=at,
        ),
    )


@needs(Capability.ACT_ON_BEHALF)
@require_POST
def withdraw_at_counter(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    """Write down that somebody withdraws a consent."""
    person = person_opened(request, pk, Capability.ACT_ON_BEHALF)
    officer = cast(OfficerRequest, request).user
    try:
        row = consent_of(person, consent)
    except NoSuchRequestError:
        raise Http404 from None
    return _done(
        request,
        pk,
        gettext("The consent is withdrawn from now on."),
        lambda: withdraw_consent(consent=row, by=officer, at=clock.now()),
    )


@needs(Capability.EDIT_PEOPLE)
@never_cache
@require_POST
def add_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a document somebody showed."""
    person = person_opened(request, pk, Capability.EDIT_PEOPLE)
    form = DocumentForm(request.POST)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            record_document(
                person=person,
                kind=DocumentKind(entered["kind"]),
                number=entered["number"],
                country=(entered["country"] or CHINA).upper(),
                by=cast(OfficerRequest, request).user,
                at=clock.now(),
            )
        except HequanError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, gettext("Saved."))
            return _back(pk)
    context = _page(request, person, document=form)
    return render(request, "board/protection/person.html", context)


@needs(Capability.EDIT_PEOPLE)
@require_POST
def drop_document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Forget a document."""
    person = person_opened(request, pk, Capability.EDIT_PEOPLE)
    row = next((one for one in documents_of(person) if one.pk == document), None)
    if row is None:
        raise Http404
    officer = cast(OfficerRequest, request).user
    return _done(
        request,
        pk,
        gettext("Removed."),
        lambda: remove_document(document=row, by=officer, at=clock.now()),
    )


@needs(Capability.ACT_ON_BEHALF)
@never_cache
@require_POST
def request_at_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody asks about her data."""
    person = person_opened(request, pk, Capability.ACT_ON_BEHALF)
    form = RequestForm(request.POST)
    if not form.is_valid():
        context = _page(request, person, asked=form)
        return render(request, "board/protection/person.html", context)
    entered = form.cleaned_data
    officer = cast(OfficerRequest, request).user
    return _done(
        request,
        pk,
        gettext("Written down. Whoever protects data sees it in the list."),
        lambda: open_data_request(
            person=person,
            kind=RequestKind(entered["kind"]),
            channel=ConsentChannel(entered["channel"]),
            note=entered["note"],
            by=officer,
            at=clock.now(),
        ),
    )


def person_opened(request: HttpRequest, pk: int, capability: Capability) -> Any:
    """Return a person this officer may act on so; 404 for any other."""
    try:
        return person_for(request.user, pk, clock.now(), capability)
    except NoSuchPersonError:
        raise Http404 from None


def _done(request: HttpRequest, pk: int, said: str, act: Any) -> HttpResponse:
    try:
        act()
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return _back(pk)


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("web:board-person-protection", args=[pk]))
