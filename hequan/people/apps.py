"""People as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.core.rule_values import seed_rules
    from hequan.people.rule_seeds import RULES

    seed_rules(RULES, using)


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
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.people.rule_seeds")
