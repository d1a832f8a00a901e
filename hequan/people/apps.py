"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, later residents."""

    name = "hequan.people"

    def ready(self) -> None:
        """Announce the kinds of import this app takes."""
        from hequan.people import imports

        imports.announce()
