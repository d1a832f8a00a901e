"""Stations as a Django app."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Stations, services, hours, coverage."""

    name = "hequan.stations"

    def ready(self) -> None:
        """Announce the kinds of import and the jobs of this app."""
        from hequan.core.personal import tag_tables
        from hequan.stations import field_tags, imports, jobs

        imports.announce()
        tag_tables(field_tags.TAGS)
        jobs.announce()
