"""Who reset which account lately (重置留痕): so that nobody alone enters or answers for another.

The facts are those of the audit trail, which whoever resets cannot alter.
"""

from datetime import datetime, timedelta

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry

APART = timedelta(days=30)  # between what one person may do with another's account
PASSWORD_RESET, FACTOR_RESET = "core.password_reset", "core.second_factor_reset"


def has_reset(account: Account, by: Account, verbs: tuple[str, ...], at: datetime) -> bool:
    """Tell whether `by` did one of these resets to the account within the last days."""
    recent = AuditEntry.objects.filter(verb__in=verbs, by=by, at__gt=at - APART)
    return recent.filter(thing_kind="core.account", thing_id=str(account.pk)).exists()
