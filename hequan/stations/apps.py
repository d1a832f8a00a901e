"""Stations as a Django app."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Stations, services, hours, coverage."""

    name = "hequan.stations"

    def ready(self) -> None:
        """Announce the kinds of import and the jobs of this app."""
        from hequan.stations import imports, jobs

        imports.announce()
        jobs.announce()
