"""The team of a micro-grid, 1+2+N (微网格力量): how many it should have, and what it lacks. Pure.

One head, full-time and part-time workers, and N helpers by the number of households. The numbers
are rule rows; a part of a team that nobody holds on a day is a gap of that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hequan.roster.kinds import TEAM, PostKind

RULE = "grid_team"
ANY_ZONE = "any"


@dataclass(frozen=True)
class TeamRule:
    """How large the team of one kind of grid is."""

    heads: int
    workers: int
    part_timers: int
    helpers_at_least: int
    households_per_helper: int

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "TeamRule":
        """Read the value of a rule row."""
        return cls(**{name: int(value[name]) for name in cls.__dataclass_fields__})

    def expected(self, households: int | None) -> tuple[int, int, int, int]:
        """Return how many of each kind the team should have, in the order of TEAM."""
        share = self.households_per_helper
        by_households = -(-(households or 0) // share) if share else 0
        helpers = max(self.helpers_at_least, by_households)
        return self.heads, self.workers, self.part_timers, helpers


def rule_for(zone_kind: str, rules: Mapping[str, TeamRule]) -> TeamRule | None:
    """Return the rule of a kind of zone, else the one for any; None where no rule is in force."""
    return rules.get(zone_kind) or rules.get(ANY_ZONE)


def lacking(expected: tuple[int, int, int, int], present: Mapping[str, int]) -> dict[PostKind, int]:
    """Return how many of each kind are missing; kinds that are complete are left out."""
    pairs = zip(TEAM, expected, strict=True)
    missing = {kind: number - present.get(str(kind), 0) for kind, number in pairs}
    return {kind: number for kind, number in missing.items() if number > 0}
