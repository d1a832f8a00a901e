"""WeCom as a Django app, which is how allauth finds a provider."""

from django.apps import AppConfig


class WecomConfig(AppConfig):
    """The provider in provider.py."""

    name = "hequan.web.account.wecom"
    label = "wecom"
