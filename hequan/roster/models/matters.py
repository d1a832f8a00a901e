"""Matters (事项): classes and subclasses, each with its versions over time."""

from django.db import models
from django.db.models import F, Q


class Matter(models.Model):
    """A class or subclass of things asked; its code never changes, what is said of it may."""

    code = models.CharField(max_length=8, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    local_code = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["local_code"], condition=~Q(local_code=""), name="matter_by_local_code"
            )
        ]

    def __str__(self) -> str:
        return self.code


class MatterVersion(models.Model):
    """What is said of a matter from a day on; `valid_to` is the first day it no longer holds.

    `place_kinds` lists kinds of zones and estates it happens at; empty is anywhere.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    place_kinds = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "valid_from"], name="matter_said_once_a_day"),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(valid_to__isnull=True),
                name="matter_has_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="matter_version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name
