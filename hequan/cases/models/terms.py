"""Terms of a class (立案与结案条件): what it asks to be filed and closed, and its limits."""

from django.db import models
from django.db.models import F, Q

from hequan.roster.models import Matter


class ClassTerms(models.Model):
    """What holds for a class of matter from a day on; `valid_to` is the first day it does not.

    `limits` is {clock: [amount, unit]} with the clocks of `kinds.ClockKind`; a clock left out takes
    the town's own (rule value `case.limits`). A subclass without terms takes those of its class.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="terms")
    file_condition = models.TextField(blank=True)
    close_condition = models.TextField(blank=True)
    needs_evidence = models.BooleanField(default=False)
    limits = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(valid_to__isnull=True), name="terms_one_open_row"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="terms_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.valid_from}"
