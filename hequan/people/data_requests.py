"""Requests about one's data (个人信息请求): by when they are answered.

Thirty days, and fifteen working days for closing an account, are the limits of GB/T 35273-2020;
the rule rows `data_request_days.*` hold them.
"""

from datetime import date, timedelta

from hequan.people.protection_kinds import RequestKind

DAYS_RULE = "data_request_days."


def due_answer_on(kind: RequestKind, asked_on: date, days: dict[str, int]) -> date:
    """Return the last day for an answer; `days` by kind, its `other` for kinds not named."""
    return asked_on + timedelta(days=days.get(str(kind), days.get("other", 30)))
