"""Approvals to read a child's data (未成年人信息审批): how long one may last, who may decide.

Plain values in, the reason for a refusal out; the law asks for an approval, not for its length.
"""

from datetime import datetime, timedelta

LONGEST = timedelta(days=30)
USUAL = timedelta(days=7)


def decision_refusal(
    asker: int, decider: int, decided: bool, until: datetime | None, at: datetime
) -> str | None:
    """Return why this cannot be decided so: `oneself`, `decided`, `until`; None where it can.

    `until` is None for a refusal.
    """
    if asker == decider:
        return "oneself"
    if decided:
        return "decided"
    if until is not None and not at < until <= at + LONGEST:
        return "until"
    return None


def is_open(approved_until: datetime | None, at: datetime) -> bool:
    """Tell whether an approval still holds."""
    return approved_until is not None and at < approved_until
