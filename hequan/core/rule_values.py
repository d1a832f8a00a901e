"""Rule values (规则数值): every number that comes from a law, a standard or a local rule, as a row.

A row carries its source, its version and the days it holds for, so a figure can say which rule it
was measured by and next year's number needs no release.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connections, models
from django.db.models import Q


class RuleValue(models.Model):
    """One number (or small JSON value) of one rule for a time."""

    code = models.CharField(max_length=64)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    version = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="rule_value_one_open_row",
                violation_error_message="This rule has an open row already: close it first.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


def rule_values(prefix: str, on: date) -> dict[str, RuleValue]:
    """Return the rows in force on that day whose code starts with `prefix`, by code."""
    rows = RuleValue.objects.filter(code__startswith=prefix, valid_from__lte=on)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("code")
    return {row.code: row for row in rows}


def rule_value(code: str, on: date) -> Any:
    """Return the value in force on that day; LookupError where there is none."""
    rows = rule_values(code, on)
    if code not in rows:
        raise LookupError(f"no rule value {code} in force on {on}")
    return rows[code].value


def seed_rules(rows: Mapping[str, tuple[Any, str, date]], using: str = "default") -> None:
    """Write the rules that have no row yet, from {code: (value, source, valid from)}.

    Apps call it after a migration; a rule that has rows, open or closed, keeps them.
    """
    if RuleValue._meta.db_table not in connections[using].introspection.table_names():
        return
    there = set(RuleValue.objects.values_list("code", flat=True))
    RuleValue.objects.bulk_create(
        RuleValue(code=code, value=value, source=source[:300], version="hequan 1", valid_from=since)
        for code, (value, source, since) in rows.items()
        if code not in there
    )
