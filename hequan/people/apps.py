"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, later residents."""

    name = "hequan.people"

    def ready(self) -> None:
        """Announce the kinds of import this app takes, and listen to the territory."""
        from hequan.people import imports, jobs

        imports.announce()
        jobs.announce()
