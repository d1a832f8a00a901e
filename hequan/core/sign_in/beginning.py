"""What a sign-in asks of its account (登录所问): whether it is staff, and has a second factor.

Who reads an account in order to sign it in reads `STANDING` along with it, so that nothing more is
asked of the database; an account read otherwise is asked about by a statement of its own.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import connection

from hequan.core.accounts import Account
from hequan.core.grants import forget_grants

_GRANTED = """
EXISTS (
    SELECT 1 FROM core_grant WHERE account_id = account.id
    AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
)"""
# columns for a statement that calls the account's table `account` and is given `moment_of(at)`
_FACTORS = "EXISTS (SELECT 1 FROM mfa_authenticator WHERE user_id = account.id)"
STANDING = f"{_GRANTED} AS is_granted, {_FACTORS} AS has_factors"
_ASK = f"SELECT {_GRANTED} FROM core_account account WHERE id = %(account)s"  # noqa: S608 - ours


def moment_of(at: datetime) -> Any:
    """Return the `at` that `STANDING` takes."""
    return Account._meta.get_field("last_login").get_db_prep_value(at, connection)


def begins_as_staff(account: Account, at: datetime) -> bool:
    """Tell whether the account that signs in is granted anything at that moment."""
    forget_grants(account)
    if "is_granted" not in account.__dict__:
        with connection.cursor() as cursor:
            cursor.execute(_ASK, {"at": moment_of(at), "account": account.pk})
            (account.__dict__["is_granted"],) = cursor.fetchone() or (False,)
    return bool(account.__dict__.pop("is_granted")) and account.is_active


def surely_without_factor(account: Account) -> bool:
    """Tell whether the statement that read the account found no second factor of any kind."""
    return account.__dict__.get("has_factors", True) in (False, 0)


# the row of the session tells when somebody signed in, and writes it to the account (sessions.py)
user_logged_in.disconnect(dispatch_uid="update_last_login")
