"""Second factors (第二因素) as core sees them: tries counted, codes good once, all written down."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from hequan.core.accounts import Account, system_account
from hequan.core.audit import record
from hequan.core.limits import forget_taken, take
from hequan.core.sign_in.rules import sign_in_rules

TRIES, USED = "sign_in.second_factor", "sign_in.factor_used"
_ANY = "SELECT 1 FROM mfa_authenticator WHERE user_id = %s"
# longer than an authenticator's code is taken for: one step before to one after
_GOOD_FOR = timedelta(seconds=120)


def has_factor(account_id: int, kinds: Sequence[str] | None) -> bool:
    """Tell whether a second factor of these kinds, or any, is set up: asked at every sign-in."""
    marks = ", ".join(["%s"] * len(kinds)) if kinds is not None else ""
    asked = _ANY + (f" AND type IN ({marks})" if marks else "") + " LIMIT 1"
    with connection.cursor() as cursor:
        cursor.execute(asked, [account_id, *map(str, kinds or ())])
        return cursor.fetchone() is not None


def may_try_factor(*, account: Account, code: str, at: datetime) -> bool:
    """Count a try of a second factor; tell whether it may be looked at.

    Not after too many in a row, and never the same code a second time, whichever process it meets.
    Only who has proved the first factor comes this far, so strangers lock nobody out here.
    """
    rules = sign_in_rules(at)
    if not take(TRIES, str(account.pk), rules.failures, rules.lock, at):
        return False
    return take(USED, f"{account.pk}\n{code}", 1, _GOOD_FOR, at)


@transaction.atomic
def note_factor(*, account: Account, verb: str, by: Account | None, at: datetime) -> None:
    """Write down what happened: `passed`, `failed`, `set_up`, `removed`, `reset`, `codes_made`."""
    if verb == "passed":
        forget_taken(TRIES, str(account.pk))
    signed_by = by or system_account()
    record(verb=f"core.second_factor_{verb}", by=signed_by, at=at, thing=account)
