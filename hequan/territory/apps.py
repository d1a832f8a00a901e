"""Territory as a Django app."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The tree of units, circles, homes, streets."""

    name = "hequan.territory"

    def ready(self) -> None:
        """Announce the kinds of import this app takes."""
        from hequan.territory import imports

        imports.announce()
