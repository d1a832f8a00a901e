"""The rule values of the one window (受理规则初值), each with its source."""

from datetime import date
from typing import Any

_CITY = "沪府办〔2018〕62号 as told by 大宁路街道 2019-12-04: consult 1, complaint 5 working days"
_SINCE = date(2018, 12, 1)
_TOWN_REPORT = "12345 report of a Shanghai town as seen in its public code"

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
    "case.near_metres": (250, "ours: within sight; a park or a road may want more", _SINCE),
    "case.unmerge_days": (15, "ours: merged cases may be parted for half a month", _SINCE),
    "case.figures.12345.received": (5, f"{_TOWN_REPORT}: 受理量 5, its share of all", _SINCE),
    "case.figures.12345.contacted": (30, f"{_TOWN_REPORT}: 先行联系率 30", _SINCE),
    "case.figures.12345.solved": (
        20,
        f"{_TOWN_REPORT}: 诉求解决 20, 实际解决 and 解释说明 both count",
        _SINCE,
    ),
    "case.figures.12345.satisfied": (40, f"{_TOWN_REPORT}: 市民满意率 40", _SINCE),
    "case.figures.12345.overdue": (
        -5,
        f"{_TOWN_REPORT}: overdue is taken off; how much is ours",
        _SINCE,
    ),
    "case.judged_least": (
        5,
        "ours: of fewer judgements no share is put on a notice board, lest one person be known",
        _SINCE,
    ),
    "case.dispute_visit_days": (
        30,
        "ours: whether an agreement is kept is asked a month after the signing",
        _SINCE,
    ),
    "repair.agree_above": (
        0,
        "ours: the asker agrees to every quote; a town may set fen below which it need not",
        _SINCE,
    ),
    "repair.warranty_days": (
        90,
        "ours: what is repaired outside the price list is covered for a quarter",
        _SINCE,
    ),
    "case.warning": (
        {"days": 14, "before": 12, "least_before": 3, "least": 5, "times": 2, "chance": 0.01},
        "ours: docs/how-to/early-warning.md says what each number does",
        _SINCE,
    ),
}
