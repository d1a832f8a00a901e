"""The rule values the territory starts with (规则数值初值), each with its source.

They are rows from the first migration on; a later figure closes the row and opens another. A row
that exists, open or closed, is left as it is.
"""

from datetime import date
from typing import Any

from hequan.planner.profiles import PROFILES

_SINCE = date(2000, 1, 1)

# Observed and planned walking speeds: the planner's own table is the one place they are written.
_PROFILES = {
    f"walking_profile.{profile.code}": (
        {
            "metres_per_second": profile.metres_per_second,
            "steps": profile.steps,
            "steps_factor": profile.steps_factor,
            "wheels": profile.wheels,
            "max_incline": profile.max_incline,
            "crossing_delay_seconds": profile.crossing_delay_seconds,
        },
        profile.source,
        _SINCE,
    )
    for profile in PROFILES.values()
}

_OTHERS: dict[str, tuple[Any, str, date]] = {
    "coverage_minutes": (
        [5, 10, 15],
        "GB 50180-2018 城市居住区规划设计标准 2.0.2-2.0.4: 5, 10 and 15 minute circles",
        date(2018, 12, 1),
    ),
    "closure_notice_days": (
        7,
        "ours: closures are announced 7 days ahead unless sudden; a town sets its own",
        _SINCE,
    ),
    "committee_households": (
        [1000, 3000],
        "城市居民委员会组织法 (2025-10-28) art. 3, in force 2026-01-01: 1 000 to 3 000",
        date(2026, 1, 1),
    ),
}

RULES = _PROFILES | _OTHERS
