"""How a case stood after a step (当时状况): kept with it, so that any day can be counted anew.

A case itself forgets: a reopened one has no result, an extended one another end. Figures of last
month asked today must be those asked then, so they are counted from these, never from the case.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from hequan.core.row_writing import QuickRow
from hequan.roster.models import Matter
from hequan.territory.models import Unit

# the field of a step: the field of the case it is taken from
TAKEN_FROM = {
    "unit_id": "unit_id",
    "matter_id": "matter_id",
    "round": "reopened_times",
    "result": "result",
    "sent_back_times": "sent_back_times",
    "contact_due_at": "contact_due_at",
    "contacted_at": "contacted_at",
    "accept_due_at": "accept_due_at",
    "accepted_at": "accepted_at",
    "solve_due_at": "solve_due_at",
    "answered_at": "answered_at",
    "paused_at": "paused_at",
}


class Steps(models.QuerySet[Any]):
    """Rows that keep how their case stands, however they are written."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Write many steps, each with how its case stands."""
        rows = list(objs)
        for row in rows:
            row.keep_standing()
        return super().bulk_create(rows, *args, **kwargs)


class Standing(QuickRow):
    """What figures need to know of a case at a moment; taken from the case when a step is made."""

    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    matter = models.ForeignKey(
        Matter, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    round = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=16, blank=True)
    sent_back_times = models.PositiveSmallIntegerField(default=0)
    contact_due_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    accept_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    solve_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)

    objects = Steps.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep how the case stands when the step is made; never again afterwards."""
        if self._state.adding:
            self.keep_standing()
        super().save(*args, **kwargs)

    def keep_standing(self) -> None:
        """Take over what the case says now; a step that says otherwise itself keeps its own."""
        if self.unit_id is None:
            for own, of_case in TAKEN_FROM.items():
                setattr(self, own, getattr(self.case, of_case))  # type: ignore[attr-defined]
