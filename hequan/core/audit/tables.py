"""The tables of the audit trail (审计表): entries, lanes they are chained in, digests, checks."""

from django.db import models
from django.db.models import Q

from hequan.core.accounts import Account


class AuditEntry(models.Model):
    """Who did what to which thing, and when, and this entry's place in the chain."""

    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    thing_kind = models.CharField(max_length=64)
    thing_id = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    lane = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveBigIntegerField(null=True)
    key_id = models.CharField(max_length=16, default="")
    mac = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [
            models.Index(fields=["thing_kind", "thing_id", "at"]),
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["by", "at", "id"], name="audit_by_actor"),
            models.Index(fields=["verb", "at", "id"], name="audit_by_verb"),
            models.Index(
                fields=["on_behalf_of", "at", "id"],
                name="audit_by_behalf",
                condition=Q(on_behalf_of__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["lane", "number"], name="audit_one_entry_at_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing_kind}/{self.thing_id}"


class AuditLane(models.Model):
    """One lane of the chain (链道): how many entries it has and the mac of the newest."""

    number = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.pk}: {self.number}"


class AuditDigest(models.Model):
    """What one day's sealing found at the head of every lane that had moved (每日摘要)."""

    day = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    lanes = models.JSONField()  # {lane: [number, mac]}
    previous = models.CharField(max_length=64, blank=True)
    value = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.value}"


class AuditCheck(models.Model):
    """One run of the check of the whole trail, and what it found."""

    at = models.DateTimeField()
    since = models.DateField(null=True)
    entries = models.PositiveBigIntegerField()
    seconds = models.FloatField()
    faults = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {len(self.faults)}"
