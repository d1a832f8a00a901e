"""Memberships of two rows that turn out to be one person (成员关系合并).

Where both belong to one organisation in one role, in days that meet, the winner's row takes over
the days of the other, which stays with the loser as history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hequan.people.models import Membership, Person


@dataclass(frozen=True)
class Joined:
    """A winner's row with its days before it took over those of the row that was left."""

    stays: int
    valid_from: date
    valid_to: date | None
    left: int

    def told(self) -> list[Any]:
        """Return it as plain JSON."""
        end = self.valid_to.isoformat() if self.valid_to else None
        return [self.stays, self.valid_from.isoformat(), end, self.left]


def join_memberships(*, loser: Person, winner: Person) -> list[Joined]:
    """Join what meets; return what was joined, oldest first."""
    joined = []
    for row in Membership.objects.filter(person=loser).order_by("valid_from", "pk"):
        twins = Membership.objects.filter(
            person=winner, organisation=row.organisation_id, role=row.role
        )
        for twin in twins.order_by("-valid_from", "-pk"):  # an open one first: it stays open
            if _meet(row, twin):
                joined.append(Joined(twin.pk, twin.valid_from, twin.valid_to, row.pk))
                twin.valid_from = min(twin.valid_from, row.valid_from)
                twin.valid_to = _later(twin.valid_to, row.valid_to)
                twin.save(update_fields=["valid_from", "valid_to"])
                break
    return joined


def part_memberships(joined: Iterable[Sequence[Any]]) -> None:
    """Give the winner's rows back the days they had; the last joined first."""
    for stays, valid_from, valid_to, _left in reversed(list(joined)):
        row = Membership.objects.filter(pk=stays).first()
        if row is None:
            continue
        row.valid_from = date.fromisoformat(valid_from)
        row.valid_to = date.fromisoformat(valid_to) if valid_to else None
        row.save(update_fields=["valid_from", "valid_to"])


def _meet(one: Membership, other: Membership) -> bool:
    begins_before_end = one.valid_to is None or other.valid_from <= one.valid_to
    return begins_before_end and (other.valid_to is None or one.valid_from <= other.valid_to)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
