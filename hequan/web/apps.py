"""Web as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "hequan.web"
    label = "web"

    def ready(self) -> None:
        """Let every form refuse in our words."""
        from hequan.web.refusals import say_plainly

        say_plainly()
