"""Core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Accounts, grants, audit, jobs, imports."""

    name = "hequan.core"

    def ready(self) -> None:
        """Announce the import of the working calendar."""
        from hequan.core import calendar_import, field_tags, field_tags_foreign
        from hequan.core.personal import tag_tables

        calendar_import.announce()
        tag_tables(field_tags.TAGS)
        tag_tables(field_tags_foreign.installed_tags())
