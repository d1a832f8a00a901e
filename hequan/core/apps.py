"""Core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Accounts, grants, audit, jobs, imports."""

    name = "hequan.core"

    def ready(self) -> None:
        """Announce the import of the working calendar."""
        from hequan.core import calendar_import

        calendar_import.announce()
