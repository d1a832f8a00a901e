"""The second factor (双因素): an authenticator app's code, or one of the recovery codes.

The secret is shown as a picture and in letters while it is set up, never again; it lies sealed in
its table. A code is good once for all processes.
"""

import base64
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import (
    TOTP,
    clear_totp_secret,
    get_totp_secret,
    validate_totp_code,
)
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.grants import is_granted_anything
from hequan.core.sign_in.second_factors import may_try_factor, note_factor
from hequan.web.account.flow import safe_next
from hequan.web.account.standing import FACTOR_AT

_FITS_NOT = gettext_lazy(
    "This code does not fit. Wait for the next one in the app and check the phone's clock."
)


class FactorForm(forms.Form):
    """The code of the moment, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Six digits, or a recovery code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Return the digits typed."""
        return "".join(c for c in self.cleaned_data["code"] if c.isdecimal())


@require_http_methods(["GET", "POST"])
def ask_factor(request: HttpRequest) -> HttpResponse:
    """Ask whoever proved the first factor for the second, and go on with the sign-in."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return redirect("web:sign-in")
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        used = _fitting(stage.login.user, form.cleaned_data["code"])
        if used is not None:
            record_authentication(request, stage.login.user, "mfa", type=used)
            response: HttpResponse = stage.exit()
            return response
        form.add_error("code", str(_FITS_NOT))
    return render(request, "account/second_factor.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def own_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or see that there is one."""
    account: Any = request.user
    if _authenticators(account).filter(type="totp").exists():
        return redirect(safe_next(request) or "web:own-security")
    secret = get_totp_secret()
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if validate_totp_code(secret, form.cleaned_data["code"]):
            return _set_up(request, account, secret)
        form.add_error("code", str(_FITS_NOT))
    adapter = get_adapter()
    address = adapter.build_totp_url(account, secret)
    picture = base64.b64encode(adapter.build_totp_svg(address).encode()).decode()
    found = {
        "form": form,
        "next": safe_next(request),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "address": address,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "is_needed": _is_needed(account),
    }
    return render(request, "account/second_factor_new.html", found)


@login_required
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes and show the new ones, once."""
    account: Any = request.user
    if not _authenticators(account).filter(type="totp").exists():
        raise Http404
    return _show_codes(request, account, "")


@login_required
@require_POST
def remove_factor(request: HttpRequest) -> HttpResponse:
    """Take the second factor off; an officer's has to stay."""
    account: Any = request.user
    if _is_needed(account):
        messages.error(request, _("Officers keep a second factor: set up another app instead."))
    else:
        with transaction.atomic():
            _authenticators(account).delete()
            note_factor(account=account, verb="removed", by=account, at=clock.now())
        messages.success(request, _("The second factor is off."))
    return redirect("web:own-security")


def _fitting(account: Account, code: str) -> str | None:
    """Return the kind of factor the code belongs to; every try counts."""
    at = clock.now()
    if code and may_try_factor(account=account, code=code, at=at):
        for one in _authenticators(account).exclude(type="webauthn"):
            if one.wrap().validate_code(code):
                one.record_usage()
                note_factor(account=account, verb="passed", by=account, at=at)
                return str(one.type)
    note_factor(account=account, verb="failed", by=None, at=at)
    return None


def _set_up(request: HttpRequest, account: Account, secret: str) -> HttpResponse:
    at = clock.now()
    with transaction.atomic():
        TOTP.activate(account, secret)
        note_factor(account=account, verb="set_up", by=account, at=at)
    clear_totp_secret(request)
    request.session[FACTOR_AT] = at.timestamp()
    request.session.cycle_key()
    return _show_codes(request, account, safe_next(request))


def _show_codes(request: HttpRequest, account: Account, next_address: str) -> HttpResponse:
    with transaction.atomic():
        _authenticators(account).filter(type="recovery_codes").delete()
        codes = RecoveryCodes.activate(account).generate_codes()
        note_factor(account=account, verb="codes_made", by=account, at=clock.now())
    found = {"codes": [f"{c[:4]} {c[4:]}" for c in codes], "next": next_address}
    response = render(request, "account/recovery_codes.html", found)
    response.headers["Cache-Control"] = "no-store"
    return response


def _authenticators(account: Account) -> Any:
    return Authenticator.objects.filter(user=account)


def _is_needed(account: Account) -> bool:
    return settings.SECOND_FACTOR != "offered" and is_granted_anything(account, clock.now())
