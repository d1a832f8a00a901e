"""The few addresses that allauth knows by name, each led to a page of ours.

Its own pages (signing up, e-mail, headless) are not there at all.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import callback as oidc_callback
from allauth.socialaccount.providers.weixin.views import oauth2_callback as weixin_callback
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.views.generic import RedirectView

from hequan.web.account.provider_newcomers import welcome_newcomer
from hequan.web.account.second_factor import ask_factor
from hequan.web.account.wecom.adapter import callback as wecom_callback


def _where_set_up(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Answer that there is no such page where the provider is not set up here."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    return inner


_to_sign_in = RedirectView.as_view(pattern_name="web:sign-in")

urlpatterns = [
    path("sign-in/second-factor/", ask_factor, name="mfa_authenticate"),
    path(
        "sign-in/with/oidc/<str:provider_id>/callback/",
        _where_set_up(oidc_callback),
        name="openid_connect_callback",
    ),
    path("sign-in/with/weixin/callback/", _where_set_up(weixin_callback), name="weixin_callback"),
    path("sign-in/with/wecom/callback/", _where_set_up(wecom_callback), name="wecom_callback"),
    path("sign-in/back/", _to_sign_in, name="account_login"),
    path("sign-in/closed/", _to_sign_in, name="account_inactive"),
    path("sign-in/cancelled/", _to_sign_in, name="socialaccount_login_cancelled"),
    path("sign-in/new/", welcome_newcomer, name="socialaccount_signup"),
]
