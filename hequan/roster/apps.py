"""Roster as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.core.rule_values import seed_rules
    from hequan.roster.rule_seeds import RULES

    seed_rules(RULES, using)


class RosterConfig(AppConfig):
    """Posts, teams, duty, matters, responsibility lists."""

    name = "hequan.roster"

    def ready(self) -> None:
        """Tag the fields, announce imports, jobs and rule values of this app."""
        from hequan.core.personal import tag_tables
        from hequan.roster import (
            consent_ending,
            erasure_hold,
            field_tags,
            imports,
            jobs,
            merger_hold,
        )
        from hequan.roster import own_messages as own_messages

        tag_tables(field_tags.TAGS)
        imports.announce()
        jobs.announce()
        erasure_hold.announce()
        consent_ending.announce()
        merger_hold.announce()
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.roster.rule_seeds")
