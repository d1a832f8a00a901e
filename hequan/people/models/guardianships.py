"""Guardianships (监护): who acts for a minor, since when, and what was shown to prove it."""

from django.db import models
from django.db.models import F, Q

from hequan.core.accounts import Account
from hequan.people.models.persons import Person


class Guardianship(models.Model):
    """One guardian of one minor; `valid_to` is the first day without it."""

    minor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wards")
    kind = models.CharField(max_length=24)
    document = models.CharField(max_length=24)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minor", "guardian"],
                condition=Q(valid_to=None),
                name="guardianship_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(minor=F("guardian")), name="guardianship_not_of_oneself"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="guardianship_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} {self.kind} {self.minor_id}"
