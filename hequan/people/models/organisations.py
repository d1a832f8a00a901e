"""Organisations: any body that takes part in the network."""

from django.db import models
from django.db.models import Q

from hequan.people.kinds import OrganisationKind
from hequan.territory.models import Unit


class Organisation(models.Model):
    """A body: firm, shop, department, branch, social organisation ... (单位)."""

    name = models.CharField(max_length=120)
    initials = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=24, default=OrganisationKind.OTHER)
    credit_code = models.CharField(max_length=18, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    is_new_field = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="organisation_one_per_credit_code",
            )
        ]
        indexes = [
            models.Index(fields=["name"]),
            models.Index(
                fields=["initials"],
                name="organisation_by_initials",
                opclasses=["varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name
