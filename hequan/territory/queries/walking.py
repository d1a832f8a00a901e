"""Who walks how fast, and which minutes count, by the rule values in force on a day."""

from datetime import date

from hequan.core.rule_values import rule_value, rule_values
from hequan.planner.profiles import Profile

PROFILE_PREFIX = "walking_profile."


def profiles_in_force(on: date) -> dict[str, Profile]:
    """Return the walking profiles in force on that day by code."""
    rows = rule_values(PROFILE_PREFIX, on)
    found = {}
    for code, row in rows.items():
        name = code.removeprefix(PROFILE_PREFIX)
        found[name] = Profile(code=name, source=row.source, **row.value)
    return found


def coverage_minutes(on: date) -> tuple[int, ...]:
    """Return the walking times a coverage is measured at, in minutes, shortest first."""
    return tuple(sorted(int(minutes) for minutes in rule_value("coverage_minutes", on)))
