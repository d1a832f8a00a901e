"""One's own sign-in (登录与安全): password, second factor, where one is signed in, providers."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.sign_in.changes import BadPasswordError, change_password, sign_out_elsewhere
from hequan.core.sign_in.failures import account_with_password
from hequan.core.sign_in.rules import sign_in_rules
from hequan.core.sign_in.sessions import sessions_of
from hequan.web.account.begin import known_devices
from hequan.web.account.flow import safe_next
from hequan.web.account.providers import providers_offered, providers_tied
from hequan.web.account.standing import OLD_PASSWORD


class PasswordForm(forms.Form):
    """The password of now, and the new one twice."""

    present = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The new one once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two differ: type the new password again."))
        return cleaned


@login_required
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Show how one signs in, and where one is signed in now."""
    account: Any = request.user
    factors = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    found = {
        "has_password": account.has_usable_password(),
        "has_factor": "totp" in factors,
        "sessions": [
            (one, one.session_key == request.session.session_key)
            for one in sessions_of(account, clock.now())
        ],
        "tied": providers_tied(request),
        "offered": providers_offered(request),
    }
    return render(request, "account/security.html", found)


@login_required
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the other sessions end."""
    account: Any = request.user
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, account, form):
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect(safe_next(request) or "web:own-security")
    found = {
        "form": form,
        "next": safe_next(request),
        "must_change": account.must_change_password or request.session.get(OLD_PASSWORD),
        "rules": sign_in_rules(clock.now()).password,
    }
    return render(request, "account/password.html", found)


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    account: Any = request.user
    kept = request.session.session_key
    ended = sign_out_elsewhere(account=account, keep=kept, by=account, at=clock.now())
    messages.success(request, _("Signed out elsewhere: %(n)s.") % {"n": ended})
    return redirect("web:own-security")


def _changed(request: HttpRequest, account: Any, form: PasswordForm) -> bool:
    at, said = clock.now(), form.cleaned_data
    present = account_with_password(
        username=account.username,
        password=said["present"],
        known_devices=known_devices(request),
        at=at,
    )
    if present is None:
        form.add_error("present", _("This is not your present password."))
        return False
    try:
        change_password(account=account, password=said["new"], by=account, at=at)
    except BadPasswordError as error:
        for text in error.texts:
            form.add_error("new", text)
        return False
    update_session_auth_hash(request, account)
    request.session.pop(OLD_PASSWORD, None)
    kept = request.session.session_key
    sign_out_elsewhere(account=account, keep=kept, by=account, at=at)
    return True
