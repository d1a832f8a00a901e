"""The rule values people starts with (规则数值初值), each with its source."""

from datetime import date
from typing import Any

_SINCE = date(2000, 1, 1)

RULES: dict[str, tuple[Any, str, date]] = {
    "message_quiet_hours": (
        {"from": "21:00", "to": "08:00"},
        "ours: only urgent messages leave at night; a town sets its own hours",
        _SINCE,
    ),
}
