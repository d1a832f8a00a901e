"""Signing in (登录) with name and password, and out again."""

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.sign_in.failures import account_with_password, note_sign_out, wrong_tries_allowed
from hequan.web.account.begin import known_devices
from hequan.web.account.flow import safe_next, sign_in
from hequan.web.account.providers import providers_offered


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Show the page, or sign in; every reason for a refusal has the same words."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(safe_next(request) or "web:landing")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _account(request, form)
        if account is not None:
            return sign_in(request, account, "password", safe_next(request))
        failures, minutes = wrong_tries_allowed(clock.now())
        refusal = _(
            "This name and password do not belong together. Check capital letters, or ask your "
            "administrator for a new password. After %(failures)s wrong passwords in a row a "
            "sign-in rests for %(minutes)s minutes."
        )
        form.add_error(None, refusal % {"failures": failures, "minutes": minutes})
    found = {
        "form": form,
        "next": safe_next(request),
        "providers": providers_offered(request),
    }
    return render(request, "account/sign_in.html", found)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, by POST only."""
    if request.user.is_authenticated:
        note_sign_out(account=request.user, at=clock.now())
    logout(request)
    return redirect("web:home")


def _account(request: HttpRequest, form: SignInForm) -> Account | None:
    return account_with_password(
        username=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        known_devices=known_devices(request),
        at=clock.now(),
    )
