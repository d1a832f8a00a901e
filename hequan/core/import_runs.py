"""Import runs: a file somebody handed in, its dry run, and its writing."""

from datetime import datetime
from pathlib import Path

from django.db import models, transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.errors import ImportChangedError, ImportDoneError
from hequan.core.imports import ImportOptions, ImportPlan, import_kind
from hequan.core.versions import bump

TURN = "imports"


class ImportRun(models.Model):
    """One file handed in for import."""

    kind = models.CharField(max_length=32)
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=255, blank=True)
    options = models.JSONField(default=dict)
    digest = models.CharField(max_length=16, blank=True)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


def plan_import(kind: str, path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read the file and decide every row's fate; nothing is written."""
    return import_kind(kind).read(path, file_name, options)


@transaction.atomic
def note_import(
    *, plan: ImportPlan, stored_as: str, options: ImportOptions, by: Account, at: datetime
) -> ImportRun:
    """Keep a dry run so that it can be confirmed later."""
    return ImportRun.objects.create(
        kind=plan.kind,
        file_name=plan.file_name[:255],
        stored_as=stored_as,
        options={
            "columns": dict(options.columns),
            "coordinates": options.coordinates,
            "extra": dict(options.extra),
            "paths": list(options.paths),
        },
        digest=plan.digest(),
        counts={str(k): v for k, v in plan.counts().items()},
        by=by,
        at=at,
    )


def take_turn() -> None:
    """Let one import write at a time: others wait here until this transaction ends.

    Call it inside the transaction, before the plan is made that will be written. Two imports of
    one file begun together would else both find its rows new.
    """
    bump(TURN)


@transaction.atomic
def write_import(*, run: ImportRun, plan: ImportPlan, by: Account, at: datetime) -> None:
    """Write a confirmed plan in one transaction.

    Raises ImportChangedError when the database has moved on since the dry run was shown, and
    ImportDoneError when it was written already.
    """
    if plan.digest() != run.digest:
        raise ImportChangedError
    if not ImportRun.objects.filter(pk=run.pk, written_at__isnull=True).update(written_at=at):
        raise ImportDoneError
    plan.write(by, at)
    record(verb="core.import_written", by=by, at=at, thing=run, after=run.counts)
