"""Persons (人员): one row for each human being, whatever roles she has."""

from django.db import models
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.sealed import SealedText
from hequan.territory.models import Unit


class Person(models.Model):
    """A resident, worker, volunteer, member ...: one person, many roles.

    `merged_into` points at the row that stands for her since a duplicate was found; queries follow
    it. An erased person keeps her row and id, nothing else.
    """

    name = models.CharField(max_length=64)
    initials = models.CharField(max_length=64, blank=True)
    phone = SealedText(mask="phone")
    phone_match = models.CharField(max_length=32, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    born_on = models.DateField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    account = models.OneToOneField(
        Account, null=True, on_delete=models.SET_NULL, related_name="person"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    registered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"]),
            models.Index(fields=["initials"]),
            models.Index(
                fields=["phone_match"], condition=~Q(phone_match=""), name="person_by_phone"
            ),
            models.Index(fields=["phone_tail"], condition=~Q(phone_tail=""), name="person_by_tail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="person_merged_into_another"
            )
        ]

    def __str__(self) -> str:
        return self.name
