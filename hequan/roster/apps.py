"""Roster as a Django app."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Posts, teams, duty, matters, responsibility lists."""

    name = "hequan.roster"

    def ready(self) -> None:
        """Tag the fields, announce the kinds of import and the jobs of this app."""
        from hequan.core.personal import tag_tables
        from hequan.roster import field_tags, imports, jobs

        tag_tables(field_tags.TAGS)
        imports.announce()
        jobs.announce()
