"""Cases as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate


def _seed(using: str, **_: Any) -> None:
    from hequan.cases.rule_seeds import RULES
    from hequan.core.rule_values import seed_rules

    seed_rules(RULES, using)


def _forget_file(instance: Any, **_: Any) -> None:
    """However a photo's row goes, erased, past its time or with its case, its file goes too."""
    from hequan.cases.actions.photos import forget_file

    forget_file(instance)


class CasesConfig(AppConfig):
    """The one window: cases from intake to rating."""

    name = "hequan.cases"

    def ready(self) -> None:
        """Tag the fields, announce imports, jobs and rule values of this app."""
        from hequan.cases import erasure_hold, field_tags, imports, jobs
        from hequan.cases.photos import photos_folder
        from hequan.core.installation.kept_files import names_files
        from hequan.core.personal import tag_tables

        tag_tables(field_tags.TAGS)
        imports.announce()
        jobs.announce()
        erasure_hold.announce()
        names_files("cases.casephoto", "stored_as", photos_folder)
        names_files("cases.casephoto", "masked_as", photos_folder)
        post_delete.connect(
            _forget_file,
            sender=self.get_model("CasePhoto"),
            dispatch_uid="hequan.cases.photo_files",
        )
        post_migrate.connect(_seed, sender=self, dispatch_uid="hequan.cases.rule_seeds")
