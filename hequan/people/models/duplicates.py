"""Duplicates (重复人员): two rows merged into one, with what it takes to part them again."""

from django.db import models
from django.db.models import F, Q

from hequan.core.accounts import Account
from hequan.core.sealed import SealedText
from hequan.people.models.persons import Person


class MergeRecord(models.Model):
    """One merger: what pointed at the loser and was moved, and what the winner said before.

    `moved` lists [table, field, ids]; `joined` lists rows of the winner that took over days from
    rows of the loser, with their days before; `replaced` holds the winner's own values, sealed,
    since they are personal.
    """

    winner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_won")
    loser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_lost")
    moved = models.JSONField(default=list)
    joined = models.JSONField(default=list)
    replaced = SealedText()
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at=None), name="merge_lost_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} into {self.winner_id}"


class DistinctPair(models.Model):
    """Two rows that somebody found to be two people, so that nobody is asked again."""

    low = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="distinct_pair_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="distinct_pair_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} is not {self.high_id}"
