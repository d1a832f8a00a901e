"""What a sign-in asks and writes of its account (登录登记), in one statement."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import connection

from hequan.core.accounts import Account
from hequan.core.grants import forget_grants

_NOTE = """
UPDATE core_account SET last_login = %(at)s WHERE id = %(account)s
RETURNING EXISTS (
    SELECT 1 FROM core_grant WHERE account_id = core_account.id
    AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
)
"""


def note_signed_in(account: Account, at: datetime) -> bool:
    """Write when the account signed in; tell whether it is granted anything: whether it is staff.

    Call it inside the transaction of the sign-in.
    """
    moment: Any = Account._meta.get_field("last_login").get_db_prep_value(at, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"at": moment, "account": account.pk})
        told = cursor.fetchone()
    account.last_login = at
    forget_grants(account)
    return bool(told and told[0]) and account.is_active


# Django would write the time of the sign-in a second time
user_logged_in.disconnect(dispatch_uid="update_last_login")
