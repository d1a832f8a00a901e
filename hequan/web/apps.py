"""Web as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "hequan.web"
    label = "web"
