"""Cases as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.cases.rule_seeds import RULES
    from hequan.core.rule_values import seed_rules

    seed_rules(RULES, using)


class CasesConfig(AppConfig):
    """The one window: cases from intake to rating."""

    name = "hequan.cases"

    def ready(self) -> None:
        """Tag the fields, announce jobs and rule values of this app."""
        from hequan.cases import field_tags, jobs
        from hequan.core.personal import tag_tables

        tag_tables(field_tags.TAGS)
        jobs.announce()
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.cases.rule_seeds")
