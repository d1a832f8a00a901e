"""Guarding the number somebody signs in with (登录手机号): whoever changes it could become her.

Nobody but herself, by a code sent to the new one, changes the number of an account that holds
grants; a resident's may be corrected at the counter, and she is told and signed out everywhere.
"""

from datetime import datetime

from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.grants import is_granted_anything
from hequan.core.sign_in.changes import sign_out_elsewhere
from hequan.people.deliveries import notify
from hequan.people.errors import StaffMergedError, StaffNumberError
from hequan.people.models import Person
from hequan.people.own_messages import PHONE_CHANGED


def is_staff(row: Person, at: datetime) -> bool:
    """Tell whether her account holds any grant, in force or withheld."""
    return row.account is not None and is_granted_anything(row.account, at)


def guard_number(row: Person, phone: str, at: datetime) -> None:
    """StaffNumberError where another than she would change the number of a staff account."""
    if row.account_id is not None and row.phone.open() != phone and is_staff(row, at):
        raise StaffNumberError(name=row.name)


def guard_merger(winner: Person, loser: Person, changed: object, at: datetime) -> None:
    """StaffMergedError where a merger would hand a staff account or its number to somebody else."""
    takes = isinstance(changed, dict) and {"phone", "account_id"} & set(changed)
    if is_staff(loser, at):
        raise StaffMergedError(name=loser.name)
    if takes and is_staff(winner, at):
        raise StaffMergedError(name=winner.name)


def tell_number_changed(row: Person, before: str, by: Account, at: datetime) -> None:
    """Tell a resident whose sign-in number was corrected, and end her sessions."""
    if row.account is None or before == str(row.phone):
        return
    sign_out_elsewhere(account=row.account, keep=None, by=by, at=at)
    told = {"before": before, "after": str(row.phone)}
    day = timezone.localdate(at).isoformat()
    notify(row, PHONE_CHANGED.code, told | {"day": day}, by=by, at=at)
