"""Accounts on the board (账号管理): the security administrator's pages.

She opens, closes, unlocks and resets accounts, and sees nothing of what they are used for. Who
becomes one of the three administrators is decided by another of them (board/offices.py).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.errors import HequanError
from hequan.core.kinds import ADMINISTRATORS, Capability
from hequan.core.sign_in.administrators import offices_of
from hequan.core.sign_in.changes import (
    UsernameTakenError,
    close_account,
    keep_keys_apart,
    one_time_password,
    open_account,
    reopen_account,
    reset_password,
    sign_out_elsewhere,
    unlock_account,
)
from hequan.core.sign_in.queries import (
    NoSuchAccountError,
    account_for,
    account_rows,
    accounts_matching,
    state_of,
)
from hequan.core.sign_in.second_factors import note_factor
from hequan.core.sign_in.sessions import sessions_of
from hequan.people.actions import tie_account
from hequan.people.errors import AccountTakenError
from hequan.people.queries import persons_with_phone
from hequan.web.board.doors import needs
from hequan.web.words import word

PAGE = 40
KINDS = {
    "staff": gettext_lazy("staff"),
    "locked": gettext_lazy("resting"),
    "closed": gettext_lazy("closed"),
}
AccountView = Callable[[HttpRequest, Account], HttpResponse]


class NewAccountForm(forms.Form):
    """A sign-in for somebody, tied to the person with that number where there is one."""

    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=64,
        validators=[
            RegexValidator(
                r"^[\w.@+-]+$",
                gettext_lazy("Use letters, digits and . _ - @ + only, without spaces."),
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=64)
    phone = forms.CharField(
        label=gettext_lazy("Her mobile number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Ties the account to the person with this number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )


@needs(Capability.ADMINISTER_SECURITY)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts: who they are, how they stand, which offices they hold."""
    at, asked = clock.now(), {key: request.GET.get(key, "") for key in ("words", "kind")}
    found = accounts_matching(asked["words"], asked["kind"] or "staff", at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = account_rows(list(page.object_list), at)
    kinds = [*KINDS.items(), ("all", _("all"))]
    return render(
        request,
        "board/accounts/list.html",
        {"page": page, "rows": rows, "asked": asked, "kinds": kinds},
    )


@needs(Capability.ADMINISTER_SECURITY)
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account with a password for one sign-in, which is shown once."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        try:
            account = _open(_by(request), form.cleaned_data, password)
        except UsernameTakenError as error:
            form.add_error("username", str(error))
        except AccountTakenError as error:
            form.add_error("phone", str(error))
        else:
            return _shown_once(request, account, password)
    return render(request, "board/accounts/new.html", {"form": form})


def one_account(view: AccountView) -> Callable[..., HttpResponse]:
    """Load the account through its door; a refusal of the action is said on its page."""

    @wraps(view)
    def inner(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            account = account_for(request.user, pk, clock.now())
        except NoSuchAccountError:
            raise Http404 from None
        try:
            return view(request, account)
        except HequanError as error:
            messages.error(request, str(error))
            return redirect("web:board-account", pk)

    return needs(Capability.ADMINISTER_SECURITY)(inner)


@one_account
def account(request: HttpRequest, account: Account) -> HttpResponse:
    """Show one account and what can be done to it."""
    at = clock.now()
    factors = Authenticator.objects.filter(user=account, type="totp")
    found = {
        "account": account,
        "state": word(state_of(account, at)),
        "is_locked": account.is_locked(at),
        "is_own": account.pk == request.user.pk,
        "has_factor": factors.exists(),
        "has_password": account.has_usable_password(),
        "sessions": len(sessions_of(account, at)),
        "offices": [(one, word(one), one in offices_of(account, at)) for one in ADMINISTRATORS],
    }
    return render(request, "board/accounts/account.html", found)


@require_POST
@one_account
def reset(request: HttpRequest, account: Account) -> HttpResponse:
    """Give the account a new password for one sign-in."""
    password = reset_password(account=account, by=_by(request), at=clock.now())
    return _shown_once(request, account, password)


@require_POST
@one_account
def reset_factor(request: HttpRequest, account: Account) -> HttpResponse:
    """Take the second factor off a lost phone; its owner sets up a new one."""
    if account.pk == request.user.pk:
        messages.error(request, _("Another security administrator takes off yours."))
        return redirect("web:board-account", account.pk)
    by, at = _by(request), clock.now()
    with transaction.atomic():
        keep_keys_apart(account=account, done="core.password_reset", by=by, at=at)
        Authenticator.objects.filter(user=account).delete()
        note_factor(account=account, verb="reset", by=by, at=at)
        sign_out_elsewhere(account=account, keep=None, by=by, at=at)
    messages.success(request, _("The second factor is off, and the account is signed out."))
    return redirect("web:board-account", account.pk)


@require_POST
@one_account
def change(request: HttpRequest, account: Account) -> HttpResponse:
    """Unlock, close, open again, or sign out everywhere."""
    done: dict[str, Callable[..., Any]] = {
        "unlock": unlock_account,
        "close": close_account,
        "reopen": reopen_account,
    }
    wanted, by, at = request.POST.get("do", ""), _by(request), clock.now()
    if wanted == "end":
        sign_out_elsewhere(account=account, keep=None, by=by, at=at)
    elif wanted in done:
        done[wanted](account=account, by=by, at=at)
    else:
        raise Http404
    messages.success(request, _("Done, and written into the audit trail."))
    return redirect("web:board-account", account.pk)


@transaction.atomic
def _open(by: Account, entered: dict[str, Any], password: str) -> Account:
    at = clock.now()
    account = open_account(
        username=entered["username"],
        name=entered["name"],
        password=password,
        must_change=True,
        by=by,
        at=at,
    )
    if entered["phone"]:
        persons = [one for one in persons_with_phone(entered["phone"]) if one.account is None]
        if len(persons) != 1:
            raise AccountTakenError
        tie_account(person=persons[0], account=account, by=by, at=at)
    return account


def _by(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _shown_once(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    found = {"account": account, "password": password}
    response = render(request, "board/accounts/password.html", found)
    response.headers["Cache-Control"] = "no-store"
    return response
