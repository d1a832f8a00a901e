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
    "data_request_days.other": (
        30,
        "GB/T 35273-2020 8.7: somebody who asks about her data is answered within 30 days",
        date(2020, 10, 1),
    ),
    "data_request_days.erase": (
        15,
        "GB/T 35273-2020 8.5: an account is closed within 15 working days; ours: 15 days",
        date(2020, 10, 1),
    ),
}
