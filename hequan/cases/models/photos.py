"""Photos of cases (照片): of what was reported, and of a place before and after the work."""

from django.db import models

from hequan.cases.models.cases import Case, CaseStep
from hequan.cases.photos import NAME_LENGTH
from hequan.core.accounts import Account


class CasePhoto(models.Model):
    """One photo; its file is `photos.path_of(stored_as)` and goes with the row.

    `is_released`: a dispatcher looked at it and let public pages show it. Where parts were covered
    (`masks`, as cases.masks reads them), everybody is shown `masked_as` instead, a file of its own.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    step = models.ForeignKey(CaseStep, null=True, on_delete=models.CASCADE, related_name="photos")
    kind = models.CharField(max_length=8)
    stored_as = models.CharField(max_length=NAME_LENGTH, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    is_released = models.BooleanField(default=False)
    masks = models.JSONField(default=list)
    masked_as = models.CharField(max_length=NAME_LENGTH, blank=True)

    class Meta:
        ordering = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
