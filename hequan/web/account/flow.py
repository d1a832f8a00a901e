"""From a proof to a session (登录流程): every method ends in the same funnel.

allauth's flow asks for the second factor of whoever has one and calls `begin_session` at the end.
"""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from hequan.core.accounts import Account


def sign_in(request: HttpRequest, account: Account, method: str, next_address: str) -> HttpResponse:
    """Sign the account in, or lead to its second factor; `method` is what was proved."""
    record_authentication(request, account, method)
    login = Login(user=account, redirect_url=next_address or None)
    response: HttpResponse = perform_login(request, login)
    return response


def safe_next(request: HttpRequest) -> str:
    """Return the address of this site that was asked for before, empty for none or another's."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # a word without a stroke would be taken for the name of a page
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""
