"""Rule values (规则数值): every number that comes from a law, a standard or a local rule, as a row.

A row carries its source, its version and the days it holds for, so a figure can say which rule it
was measured by and next year's number needs no release.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Q

from hequan.core.versions import Kept, bump

RULES = "core.rules"  # the version stamp


class RuleRows(models.QuerySet["RuleValue"]):
    """Rows of rules; every process hears that some were written."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """Write rows at once."""
        rows: list[Any] = list(objs)
        if not rows:
            return rows
        with transaction.atomic():  # seen together, or not at all
            bump(RULES)
            return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change rows at once."""
        with transaction.atomic():  # seen together, or not at all
            bump(RULES)
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove rows at once."""
        with transaction.atomic():  # seen together, or not at all
            bump(RULES)
            return super().delete()


class RuleValue(models.Model):
    """One number (or small JSON value) of one rule for a time."""

    code = models.CharField(max_length=64)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    version = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = RuleRows.as_manager()

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and let every process hear of it."""
        with transaction.atomic():
            bump(RULES)
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row, and let every process hear of it."""
        with transaction.atomic():
            bump(RULES)
            return super().delete(*args, **kwargs)

    def holds_on(self, on: date) -> bool:
        """Tell whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


_kept = Kept(lambda: tuple(RuleValue.objects.order_by("code", "valid_from")), RULES)


def rule_values(prefix: str, on: date) -> dict[str, RuleValue]:
    """Return the rows in force on that day whose code starts with `prefix`, by code."""
    return {
        row.code: row for row in _kept.get() if row.code.startswith(prefix) and row.holds_on(on)
    }


def rule_value(code: str, on: date) -> Any:
    """Return the value in force on that day; LookupError where there is none."""
    for row in _kept.get():
        if row.code == code and row.holds_on(on):
            return row.value
    raise LookupError(f"no rule value {code} in force on {on}")


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
