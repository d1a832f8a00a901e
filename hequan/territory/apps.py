"""Territory as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.core.rule_values import seed_rules
    from hequan.territory.rule_seeds import RULES

    seed_rules(RULES, using)


class TerritoryConfig(AppConfig):
    """The tree of units, circles, homes, streets."""

    name = "hequan.territory"

    def ready(self) -> None:
        """Announce the kinds of import this app takes, and its rule values after a migration."""
        from hequan.core.installation.kept_files import names_files
        from hequan.core.personal import tag_tables
        from hequan.territory import field_tags, imports
        from hequan.territory.queries.streets import networks_folder

        imports.announce()
        names_files("territory.streetnetwork", "folder", networks_folder, is_current=True)
        tag_tables(field_tags.TAGS)
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.territory.rule_seeds")
