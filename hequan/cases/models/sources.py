"""Where a case came from (来源): the number it bears in another system, and what may be public."""

from django.db import models

from hequan.cases.models.cases import Case
from hequan.core.accounts import Account

SOURCE_LENGTH = 40
EXTERNAL_LENGTH = 64


class CaseSource(models.Model):
    """The number a case bears elsewhere (外部单号); the same number is never taken in twice.

    `due_at` is the deadline as the other system told it last: what is told again without a change
    moves no clock here.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="source")
    source = models.CharField(max_length=SOURCE_LENGTH)
    number = models.CharField(max_length=EXTERNAL_LENGTH)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="source_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class PublicWords(models.Model):
    """What everybody may read of a case (公开内容): written by somebody who looked at it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="public_words")
    words = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"
