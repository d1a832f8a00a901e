"""Signing in by phone and one-time code (手机验证码登录), and proving a phone without signing in.

Asked, entered, and only where that is not enough: which of those who share the phone, or who a
newcomer is. No page tells whether a number is known before its owner has proved it.
"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.masks import mask_name, mask_phone
from hequan.people.actions.sign_in import (
    account_of_person,
    prove_phone,
    register_with_consent,
    send_sign_in_code,
)
from hequan.people.gateways import GatewayError
from hequan.people.protection_errors import GuardianNeededError
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries.consents import words_in_force, words_of
from hequan.people.queries.signing_in import persons_signing_in
from hequan.web.account.begin import device_of
from hequan.web.account.code_asked import (
    CodeWanted,
    drop_wanted,
    keep_wanted,
    wait_words,
    wanted_code,
)
from hequan.web.account.code_forms import CodeForm, NewResidentForm, PhoneForm
from hequan.web.account.flow import safe_next, sign_in
from hequan.web.account.proof import keep_proof, verified_phone
from hequan.web.account.providers import providers_offered


@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Ask for the number, and send a code to any that can be one."""
    form = PhoneForm(request.POST or None)
    only_proof = (request.POST.get("only") or request.GET.get("only")) == "proof"
    if request.method == "POST" and form.is_valid():
        wanted = CodeWanted(form.cleaned_data["phone"], safe_next(request), only_proof)
        return _send(request, wanted)
    found = {
        "form": form,
        "next": safe_next(request),
        "only_proof": only_proof,
        "providers": () if only_proof else providers_offered(request),
    }
    return render(request, "account/code.html", found)


@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """Send another code to the same number."""
    wanted = wanted_code(request)
    return _send(request, wanted) if wanted else redirect("web:sign-in-code")


@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the six digits; all that do not fit are refused in the same words."""
    wanted = wanted_code(request)
    if wanted is None:
        return redirect("web:sign-in-code")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, device = form.cleaned_data["code"], device_of(request)
        if prove_phone(phone=wanted.phone, device=device, typed=typed, at=clock.now()):
            return _proved(request, wanted)
        form.add_error("code", _("This code does not fit or is too old. Ask for a new one."))
    wait = max(0, int(wanted.again_at - clock.now().timestamp()))
    found = {"form": form, "phone": mask_phone(wanted.phone), "wait": wait}
    return render(request, "account/code_enter.html", found)


@require_http_methods(["GET", "POST"])
def choose_person(request: HttpRequest) -> HttpResponse:
    """Ask which of those who share the proved number she is; names are masked."""
    phone = verified_phone(request)
    if phone is None:
        return redirect("web:sign-in-code")
    persons = persons_signing_in(phone, clock.now())
    chosen = next((one for one in persons if str(one.pk) == request.POST.get("person")), None)
    if chosen is not None:
        return _sign_in_as(request, chosen, safe_next(request))
    choices = [(one.pk, mask_name(one.name)) for one in persons]
    return render(
        request, "account/code_who.html", {"choices": choices, "next": safe_next(request)}
    )


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Open an account with the words agreed to: a newcomer's by her name, or of somebody known."""
    phone = verified_phone(request)
    if phone is None:
        return redirect("web:sign-in-code")
    text = words_in_force(clock.now()).get(ConsentPurpose.ACCOUNT)
    known = _known_without_account(request, phone)
    form = NewResidentForm(request.POST or None, is_asked=text is not None, is_new=known is None)
    if request.method == "POST" and form.is_valid():
        try:
            account = _opened(form, phone, known, text)
        except GuardianNeededError as error:
            form.add_error(None, str(error))
        else:
            return sign_in(request, account, "code", safe_next(request))
    found = {
        "form": form,
        "known": known,
        "name": mask_name(known.name) if known else "",
        "words": words_of(text) if text else "",
        "text": text,
        "next": safe_next(request),
    }
    return render(request, "account/code_new.html", found)


def _known_without_account(request: HttpRequest, phone: str) -> Any:
    """Return whom of those with the proved number the page is about, None for a newcomer."""
    wanted = request.POST.get("person") or request.GET.get("person")
    found = persons_signing_in(phone, clock.now()) if wanted else []
    return next((one for one in found if str(one.pk) == wanted and one.account is None), None)


def _opened(form: NewResidentForm, phone: str, known: Any, text: Any) -> Account:
    at = clock.now()
    if known is not None:
        return account_of_person(person=known, text=text, at=at)
    return register_with_consent(name=form.cleaned_data["name"], phone=phone, text=text, at=at)


def _send(request: HttpRequest, wanted: CodeWanted) -> HttpResponse:
    at = clock.now()
    try:
        asked = send_sign_in_code(phone=wanted.phone, device=device_of(request), at=at)
    except GatewayError as error:
        messages.error(request, str(error))
        return redirect("web:sign-in-code")
    if not asked.is_sent:
        messages.warning(request, wait_words(asked.wait_seconds))
    response = redirect("web:sign-in-code-enter")
    again_at = at.timestamp() + asked.wait_seconds
    keep_wanted(request, response, replace(wanted, again_at=again_at))
    return response


def _proved(request: HttpRequest, wanted: CodeWanted) -> HttpResponse:
    keep_proof(request, wanted.phone)
    if wanted.only_proof:
        response: HttpResponse = HttpResponseRedirect(wanted.next_address or reverse("web:home"))
    else:
        response = _to_session(request, wanted)
    drop_wanted(response)
    return response


def _to_session(request: HttpRequest, wanted: CodeWanted) -> HttpResponse:
    persons = persons_signing_in(wanted.phone, clock.now())
    if len(persons) == 1:
        return _sign_in_as(request, persons[0], wanted.next_address)
    page = "web:sign-in-code-who" if persons else "web:sign-in-code-new"
    return _to_page(page, next=wanted.next_address)


def _sign_in_as(request: HttpRequest, person: Any, next_address: str) -> HttpResponse:
    """Sign somebody known in; whoever has no account yet agrees to the words first, if any."""
    if person.account is None and ConsentPurpose.ACCOUNT in words_in_force(clock.now()):
        return _to_page("web:sign-in-code-new", person=str(person.pk), next=next_address)
    account = account_of_person(person=person, at=clock.now())
    return sign_in(request, account, "code", next_address)


def _to_page(page: str, **more: str) -> HttpResponse:
    said = urlencode({name: value for name, value in more.items() if value})
    return HttpResponseRedirect(reverse(page) + (f"?{said}" if said else ""))
