"""The rule values the roster starts with (规则数值初值), each with its source.

A town closes a row and opens another for its own numbers; a row that exists is left as it is.
"""

from datetime import date
from typing import Any

from hequan.roster.teams import ANY_ZONE, RULE

_SINCE = date(2000, 1, 1)
_SOURCE = "1+2+N 微网格力量配置: one head, full-time and part-time workers, N helpers; "
_TEAM = {"heads": 1, "workers": 1, "part_timers": 1}
RULES: dict[str, tuple[Any, str, date]] = {
    f"{RULE}.{ANY_ZONE}": (
        _TEAM | {"helpers_at_least": 5, "households_per_helper": 25},
        _SOURCE + "ours: one helper for 25 households, at least 5; a town sets its own",
        _SINCE,
    ),
    f"{RULE}.park": (
        _TEAM | {"helpers_at_least": 5, "households_per_helper": 0},
        _SOURCE + "ours: a park has no households, so 5 helpers; a town sets its own",
        _SINCE,
    ),
    f"{RULE}.mall": (
        _TEAM | {"helpers_at_least": 5, "households_per_helper": 0},
        _SOURCE + "ours: a mall has no households, so 5 helpers; a town sets its own",
        _SINCE,
    ),
}
