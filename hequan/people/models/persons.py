"""Persons (人员): one row for each human being, whatever roles she has."""

from typing import Any

from django.db import models
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.sealed import SealedText, match_of
from hequan.people.initials import initials_of, pinyin_of
from hequan.territory.models import Unit

_PREFIX = "varchar_pattern_ops"


class Person(models.Model):
    """A resident, worker, volunteer, member ...: one person, many roles.

    `merged_into` points at the row that stands for her since a duplicate was found; queries follow
    it. An erased person keeps her row and id, nothing else.
    """

    name = models.CharField(max_length=64)
    initials = models.CharField(max_length=64, blank=True)
    pinyin = models.CharField(max_length=128, blank=True)
    phone = SealedText(mask="phone", match="phone_match")
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
            # what begins with a word is found by these on PostgreSQL too
            models.Index(
                fields=["name", "born_on"], name="person_by_name", opclasses=[_PREFIX, "date_ops"]
            ),
            models.Index(fields=["initials"], name="person_by_initials", opclasses=[_PREFIX]),
            models.Index(fields=["pinyin"], name="person_by_pinyin", opclasses=[_PREFIX]),
            # whole, not only where there is a number: SQLite cannot tell that a bound value has one
            models.Index(fields=["phone_match"], name="person_by_phone"),
            models.Index(fields=["phone_tail"], name="person_by_tail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="person_merged_into_another"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Tell whether this row is a person: neither merged into another nor erased."""
        return self.merged_into_id is None and self.erased_at is None


def name_columns(name: str) -> dict[str, Any]:
    """Return a person's name with what it is found by; the one place that keeps them together."""
    return {"name": name, "initials": initials_of(name), "pinyin": pinyin_of(name)}


def phone_columns(number: str) -> dict[str, Any]:
    """Return a number in its one form with hash and tail; the one place that keeps them together.

    The columns are blank together for no number.
    """
    tail = number.split("-")[1] if "-" in number else number
    return {"phone": number, "phone_match": match_of(number), "phone_tail": tail[-4:]}
