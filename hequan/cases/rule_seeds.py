"""The rule values of the one window (受理规则初值), each with its source."""

from datetime import date
from typing import Any

_CITY = "沪府办〔2018〕62号 as told by 大宁路街道 2019-12-04: consult 1, complaint 5 working days"
_SINCE = date(2018, 12, 1)

RULES: dict[str, tuple[Any, str, date]] = {
    "case.limits": (
        {
            "contact": [1, "work_day"],
            "accept": [4, "work_hour"],
            "solve": [5, "work_day"],
            "verify": [2, "work_day"],
        },
        f"{_CITY}; first contact within 1 working day; accept and verify: ours",
        _SINCE,
    ),
    "case.office_hours": (
        {"windows": [["08:00", "12:00"], ["14:00", "18:00"]], "hours_a_day": 8},
        "GB/T 30428 practice: 08-12 and 14-18, a working day is 8 hours; a town sets its own",
        _SINCE,
    ),
    "case.sent_back_times": (2, "ours: after that the dispatcher decides", _SINCE),
    "case.reopen_days": (15, "ours: a case may be reopened for half a month", _SINCE),
    "case.rating_days": (7, "ours: an answer nobody rates closes after a week", _SINCE),
}
