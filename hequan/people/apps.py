"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, later residents."""

    name = "hequan.people"

    def ready(self) -> None:
        """Announce the kinds of import this app takes, and listen to the territory."""
        from hequan.core.personal import tag_tables
        from hequan.people import field_tags, imports, jobs
        from hequan.people import own_messages as own_messages

        imports.announce()
        tag_tables(field_tags.TAGS)
        jobs.announce()
