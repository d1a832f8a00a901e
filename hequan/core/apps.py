"""Core as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def _seed(using: str, **_: Any) -> None:
    """Write the rule rows core starts with, unless the tables are on their way back."""
    from hequan.core import limit_rules
    from hequan.core.rule_values import seed_rules
    from hequan.core.sign_in import rules

    seed_rules(limit_rules.seeds() | rules.seeds(), using)


def _fence(using: str, **_: Any) -> None:
    """Let the database refuse changes to the audit trail."""
    from hequan.core.audit.fence import put_up_fence

    put_up_fence(connections[using])


class CoreConfig(AppConfig):
    """Accounts, grants, audit, jobs, imports."""

    name = "hequan.core"

    def ready(self) -> None:
        """Announce imports, nightly jobs, tags, and which rows name files."""
        from hequan.core import (
            calendar_import,
            field_tags,
            field_tags_foreign,
            import_uploads,
            limit_rules,
            tidying,
        )
        from hequan.core.audit import jobs as audit_jobs
        from hequan.core.installation import backups
        from hequan.core.installation.kept_files import names_files
        from hequan.core.personal import tag_tables

        audit_jobs.announce()
        calendar_import.announce()
        limit_rules.announce()
        tidying.announce()
        backups.announce()
        names_files("core.importrun", "stored_as", import_uploads.uploads_folder)
        post_migrate.connect(_fence, sender=self, dispatch_uid="hequan.core.audit.fence")
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.core.limit_rules")
        tag_tables(field_tags.TAGS)
        tag_tables(field_tags_foreign.installed_tags())
