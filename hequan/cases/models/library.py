"""The case library (案例库): a closed case written up for others, and its words to be found by."""

from django.db import models
from django.db.models import F, Q

from hequan.cases.models.cases import Case
from hequan.core.accounts import Account
from hequan.roster.models import Matter

TITLE_LENGTH = 80


class WriteUp(models.Model):
    """One write-up: what it was, what was done, what made it work; of nobody by name.

    `version` counts its changes; a page that is behind is refused.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="write_up")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    place_kind = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    problem = models.TextField()
    deed = models.TextField()
    key = models.TextField()
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # of sending back, of withdrawing
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "published_at"], name="write_ups_by_state"),
            models.Index(fields=["matter", "state"], name="write_ups_of_a_matter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
                name="write_up_reviewed_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.title


class WriteUpGram(models.Model):
    """Two neighbouring characters of a published write-up, as one number, and how much they weigh.

    A write-up that is not published has none, so it is found by nothing.
    """

    write_up = models.ForeignKey(WriteUp, on_delete=models.CASCADE, related_name="grams")
    gram = models.BigIntegerField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        # covers the search, which never reads the rows themselves
        indexes = [models.Index(fields=["gram", "write_up", "weight"], name="grams_found")]

    def __str__(self) -> str:
        return f"{self.write_up_id} {self.gram}"
