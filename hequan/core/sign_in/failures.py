"""Wrong passwords (登录失败处理): counted per account, which rests after too many in a row.

An address is no key here: a whole estate or station shares one. Whoever knows a colleague's
sign-in name could keep her out by typing wrong passwords, so a device she has signed in on counts
for itself: a stranger's tries never lock that one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Case, F, Value, When

from hequan.core.accounts import Account, system_account
from hequan.core.audit import record
from hequan.core.limits import forget_taken, take
from hequan.core.sign_in.rules import sign_in_rules

BUCKET = "sign_in.known_device"


def account_with_password(
    *, username: str, password: str, known_devices: Mapping[int, str], at: datetime
) -> Account | None:
    """Return the account these belong to, None for every reason there may be not to.

    Name unknown, password wrong, account closed or resting: all take as long and look alike.
    `known_devices` names this device for each account that has signed in on it before.
    """
    account = Account.objects.filter(username=username).first()
    if account is None or not account.has_usable_password():
        make_password(password)  # as long as checking one takes
        _note(account, at)
        return None
    known_device = known_devices.get(account.pk, "")
    fits = check_password(password, account.password, _upgrade(account, password))
    if not _may_try(account, known_device, at):
        _note(account, at)
        return None
    if not fits:
        _count(account, known_device, at)
        return None
    if not account.is_active:
        _note(account, at)
        return None
    _forget(account, known_device)
    return account


def _may_try(account: Account, known_device: str, at: datetime) -> bool:
    if not known_device:
        return not account.is_locked(at)
    rules = sign_in_rules(at)
    return take(BUCKET, f"{account.pk}\n{known_device}", rules.failures, rules.lock, at)


@transaction.atomic
def _count(account: Account, known_device: str, at: datetime) -> None:
    if not known_device:
        rules = sign_in_rules(at)
        full = When(failures__gte=rules.failures - 1, then=Value(at + rules.lock))
        # one statement reads and writes the count: eight who guess at once are all counted
        Account.objects.filter(pk=account.pk).update(
            locked_until=Case(full, default=F("locked_until")),
            failures=Case(
                When(failures__gte=rules.failures - 1, then=Value(0)), default=F("failures") + 1
            ),
        )
    _note(account, at)


@transaction.atomic
def _note(account: Account | None, at: datetime) -> None:
    """Write the failure down; a name nobody has is not kept, it may be somebody's password."""
    thing = account or Account
    record(verb="core.sign_in_failed", by=system_account(), at=at, thing=thing)


@transaction.atomic
def note_sign_out(*, account: Account, at: datetime) -> None:
    """Write down that somebody signed out."""
    record(verb="core.signed_out", by=account, at=at, thing=account)


def wrong_tries_allowed(at: datetime) -> tuple[int, int]:
    """Return after how many wrong passwords an account rests, and for how many minutes."""
    rules = sign_in_rules(at)
    return rules.failures, int(rules.lock.total_seconds() // 60)


def _forget(account: Account, known_device: str) -> None:
    if known_device:
        forget_taken(BUCKET, f"{account.pk}\n{known_device}")
    if account.failures or account.locked_until:
        account.failures, account.locked_until = 0, None
        account.save(update_fields=["failures", "locked_until"])


def _upgrade(account: Account, password: str) -> Any:
    def setter(raw: str) -> None:
        account.set_password(raw)
        account.save(update_fields=["password"])

    return setter
