"""Where a signed-in session stands (登录状态): what its account must still do before it counts.

A session of an account that has to choose a new password, or of an officer without second factor,
holds no grant at all: whatever page, export or endpoint it asks, it meets what a stranger meets.
The board's addresses lead such an officer to what is outstanding instead.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.grants import is_granted_anything, withhold_grants
from hequan.web.account.backend import user_of

FACTOR_AT, OLD_PASSWORD, METHOD = "factor_at", "old_password", "method"
STAFF_PAGES = ("/board/", "/landing/")
FIELD_PAGES = ("/field/", "/field/report/")  # what the phone's queue asks gets its own answers


class Outstanding(StrEnum):
    """What has to be done first."""

    PASSWORD = "password"  # noqa: S105 - the name of a step
    SECOND_FACTOR = "second_factor"


PAGES = {
    Outstanding.PASSWORD: "web:own-password",
    Outstanding.SECOND_FACTOR: "web:own-second-factor",
}


def outstanding(request: HttpRequest, account: Account) -> Outstanding | None:
    """Return what this session lacks before its account's grants count: no query."""
    if account.must_change_password or request.session.get(OLD_PASSWORD):
        return Outstanding.PASSWORD
    if settings.SECOND_FACTOR == "offered" or account.is_demo:
        return None
    return None if request.session.get(FACTOR_AT) else Outstanding.SECOND_FACTOR


def account_of(request: HttpRequest) -> Account | AnonymousUser:
    """Return who is signed in; without grants while something is outstanding."""
    found = user_of(request)
    if isinstance(found, Account) and outstanding(request, found):
        withhold_grants(found)
    return found


class SignedInMiddleware:
    """Set `request.user`, asked for when somebody looks; hold officers up who lack something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or lead to what is outstanding."""
        request.user = SimpleLazyObject(partial(account_of, request))  # type: ignore[assignment]
        if request.path.startswith(STAFF_PAGES) or request.path in FIELD_PAGES:
            first = _step_before(request)
            if first is not None:
                come_back = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse(PAGES[first])}?{come_back}")
        return self.get_response(request)


def _step_before(request: HttpRequest) -> Outstanding | None:
    account = request.user
    if not account.is_authenticated:
        return None
    lacking = outstanding(request, account)
    if lacking is not Outstanding.SECOND_FACTOR:
        return lacking
    # whoever is granted nothing needs no second factor: a resident
    return lacking if is_granted_anything(account, clock.now()) else None
