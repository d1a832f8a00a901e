"""Signing in through others (第三方登录): which are offered, going there, and tying one to oneself.

Going to sign in there is a link: nothing of ours changes by it. Tying an account of theirs to one's
own takes a form first, so that no other site can tie a stranger's.
"""

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.audit import record
from hequan.web.account.flow import safe_next

WORDS = {
    "wecom": gettext_lazy("WeCom"),
    "weixin": gettext_lazy("Weixin"),
    "openid_connect": gettext_lazy("The town's own sign-in"),
}
_TYING = "tying_provider"


@dataclass(frozen=True)
class Offered:
    """One provider as a page names it."""

    provider_id: str
    words: str


def providers_offered(request: HttpRequest) -> list[Offered]:
    """Return the providers that this installation's settings name in full."""
    found = get_adapter().list_providers(request)
    return [Offered(one.sub_id, one.app.name or words_of(one.sub_id)) for one in found if one.app]


def words_of(provider_id: str) -> str:
    """Return what a provider is called."""
    return str(WORDS.get(provider_id, provider_id))


@require_GET
def go_to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider's own page; it comes back to the callback."""
    is_tying = request.session.pop(_TYING, None) == provider_id and request.user.is_authenticated
    process = "connect" if is_tying else "login"
    provider = _provider(request, provider_id)
    response: HttpResponse = provider.redirect(request, process, next_url=safe_next(request))
    return response


@login_required
@require_POST
def tie_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Say that one's sign-in there is to be tied to one's own account, and show the way."""
    _provider(request, provider_id)
    request.session[_TYING] = provider_id
    offered = Offered(provider_id, words_of(provider_id))
    return render(request, "account/tie_provider.html", {"offered": offered})


@login_required
@require_POST
def untie_provider(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sign-in of another provider off one's own account."""
    account: Any = request.user
    tied = get_object_or_404(SocialAccount, pk=pk, user=account)
    with transaction.atomic():
        said = {"provider": tied.provider}
        tied.delete()
        record(verb="core.provider_untied", by=account, at=clock.now(), thing=account, before=said)
    messages.success(request, _("It no longer signs you in."))
    return redirect("web:own-security")


def providers_tied(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the sign-ins tied to the account, by id and words."""
    rows = SocialAccount.objects.filter(user=request.user).order_by("pk")
    return [(row.pk, words_of(row.provider)) for row in rows]


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
