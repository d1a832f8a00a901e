"""People as a Django app."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.core.rule_values import seed_rules
    from hequan.people.rule_seeds import RULES

    seed_rules(RULES, using)


def _publish_words_lacking(at: datetime) -> None:
    """Give an installation that came up from an older release the words it now asks consent by."""
    from hequan.core.accounts import accounts_exist, system_account
    from hequan.people.actions import publish_standard_words

    if accounts_exist():
        publish_standard_words(by=system_account(), at=at)


class PeopleConfig(AppConfig):
    """Organisations, later residents."""

    name = "hequan.people"

    def ready(self) -> None:
        """Announce the kinds of import this app takes, and listen to the territory."""
        from hequan.core.installation.upgrading import after_upgrade
        from hequan.core.personal import tag_tables
        from hequan.people import field_tags, imports, jobs
        from hequan.people import own_messages as own_messages

        imports.announce()
        tag_tables(field_tags.TAGS)
        jobs.announce()
        after_upgrade(_publish_words_lacking)
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.people.rule_seeds")
