"""The audit trail (审计): every action leaves one entry in its own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from hequan.core.accounts import Account


class AuditEntry(models.Model):
    """Who did what to which thing, and when."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=64)
    thing_kind = models.CharField(max_length=64)
    thing_id = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["thing_kind", "thing_id", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing_kind}/{self.thing_id}"


def record(
    *,
    verb: str,
    by: Account,
    at: datetime,
    thing: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry; call it inside the transaction of the action it belongs to.

    `before` and `after` hold plain JSON values of what changed, never personal data unmasked.
    """
    AuditEntry.objects.create(
        at=at,
        by=by,
        verb=verb,
        thing_kind=thing._meta.label_lower,
        thing_id=str(thing.pk),
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
    )
