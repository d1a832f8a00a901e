"""What is done to accounts (账号管理): opened, closed, given a password, signed out everywhere."""

import secrets
import string
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import SYSTEM, Account, OldPassword
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.sign_in import sessions
from hequan.core.sign_in.administrators import offices_of
from hequan.core.sign_in.keys_apart import APART, FACTOR_RESET, has_reset
from hequan.core.sign_in.passwords import PasswordFault, PasswordRules, password_faults
from hequan.core.sign_in.rules import sign_in_rules

_ONE_TIME = string.ascii_lowercase.replace("l", "").replace("o", "")
_FAULTS = {
    PasswordFault.SHORT: _("At least %(least)s characters."),
    PasswordFault.PLAIN: _(
        "At least %(classes)s of these four: capital letters, small letters, digits, other signs."
    ),
    PasswordFault.NAMED: _("Without the sign-in name in it."),
    PasswordFault.COMMON: _("This password is too common: others guess it."),
    PasswordFault.REPEATED: _("None of your last %(history)s passwords."),
}


class BadPasswordError(HequanError):
    """A password that the rules do not take; `faults` says why."""

    def __init__(self, faults: list[PasswordFault], rules: PasswordRules) -> None:
        super().__init__()
        self.faults = faults
        said = {
            "least": rules.least_characters,
            "classes": rules.least_classes,
            "history": rules.history,
        }
        self.texts = [str(_FAULTS[fault]) % said for fault in faults]

    def __str__(self) -> str:
        return " ".join(self.texts)


class UsernameTakenError(HequanError):
    """Another account has this sign-in name."""

    text = _("Another account has the sign-in name %(username)s: choose a different one.")


class OwnAccountError(HequanError):
    """An administrator would change her own account by the door that is for others'."""

    text = _("This is your own account: another security administrator does that.")


class OfficeHeldError(HequanError):
    """One administrator alone would close, or take a key from, an administrator's account."""

    text = _(
        "%(account)s holds an administrator's office: nobody alone closes or resets her account. "
        "Propose first that she lay the office down; once another administrator has decided it, "
        "do this."
    )


class BothKeysError(HequanError):
    """One administrator who would reset both the password and the second factor of an account."""

    text = _(
        "You have reset the other one of password and second factor for this account within the "
        "last %(days)s days. So that nobody alone can enter another's account, another security "
        "administrator does this; where there is none yet, propose one."
    )


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    password: str | None = None,
    must_change: bool = False,
    by: Account | None,
    at: datetime,
) -> Account:
    """Open an account; `by` None is the person herself. UsernameTakenError for a taken name."""
    account = Account(username=username, name=name, must_change_password=must_change)
    account.set_password(password)
    account.password_set_at = at if password else None
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise UsernameTakenError(username=username) from None
    record(verb="core.account_opened", by=by or account, at=at, thing=account)
    return account


def open_resident_account(*, name: str, at: datetime) -> Account:
    """Open an account nobody types the name of: its owner signs in by phone code."""
    username = f"r-{secrets.token_hex(8)}"
    return open_account(username=username, name=name, by=None, at=at)


def check_new_password(account: Account, password: str, at: datetime) -> None:
    """BadPasswordError unless the rules in force take this password for the account."""
    rules = sign_in_rules(at).password
    faults = list(password_faults(password, account.username, rules))
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        faults.append(PasswordFault.COMMON)
    if not faults and account.pk is not None and _is_repeated(account, password, rules):
        faults.append(PasswordFault.REPEATED)
    if faults:
        raise BadPasswordError(faults, rules)


@transaction.atomic
def change_password(*, account: Account, password: str, by: Account, at: datetime) -> None:
    """Give the account a password of its owner's choice; BadPasswordError says what it lacks."""
    check_new_password(account, password, at)
    _remember(account, at)
    account.set_password(password)
    account.password_set_at, account.must_change_password = at, False
    account.save(update_fields=["password", "password_set_at", "must_change_password"])
    record(verb="core.password_changed", by=by, at=at, thing=account)


@transaction.atomic
def reset_password(*, account: Account, by: Account, at: datetime) -> str:
    """Give the account a password for one sign-in, end its sessions, and return the password.

    Whoever signs in with it chooses her own before anything else. OwnAccountError for one's own,
    OfficeHeldError for an administrator's, BothKeysError after a reset of the second factor.
    """
    _not_own(account, by)
    keep_keys_apart(account=account, done=FACTOR_RESET, by=by, at=at)
    password = one_time_password()
    _remember(account, at)
    account.set_password(password)
    account.password_set_at, account.must_change_password = at, True
    account.failures, account.locked_until = 0, None
    account.save()
    sessions.end_sessions(account)
    record(verb="core.password_reset", by=by, at=at, thing=account)
    return password


@transaction.atomic
def unlock_account(*, account: Account, by: Account, at: datetime) -> None:
    """Let an account sign in again at once that rests after wrong passwords."""
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["failures", "locked_until"])
    record(verb="core.account_unlocked", by=by, at=at, thing=account)


@transaction.atomic
def close_account(*, account: Account, by: Account, at: datetime) -> None:
    """Let nobody sign in with the account any more; OfficeHeldError for an administrator's."""
    _not_own(account, by)
    _not_in_office(account, at)
    account.is_active = False
    account.save(update_fields=["is_active"])
    sessions.end_sessions(account)
    record(verb="core.account_closed", by=by, at=at, thing=account)


@transaction.atomic
def reopen_account(*, account: Account, by: Account, at: datetime) -> None:
    """Let the account sign in again."""
    _not_own(account, by)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(verb="core.account_reopened", by=by, at=at, thing=account)


@transaction.atomic
def sign_out_elsewhere(*, account: Account, keep: str | None, by: Account, at: datetime) -> int:
    """End the sessions of the account but the one kept; return how many."""
    ended = sessions.end_sessions(account, keep)
    record(verb="core.sessions_ended", by=by, at=at, thing=account, after={"ended": ended})
    return ended


def keep_keys_apart(*, account: Account, done: str, by: Account, at: datetime) -> None:
    """BothKeysError where `by` has done the other of the two resets to this account lately.

    OfficeHeldError for an administrator's account.
    """
    _not_in_office(account, at)
    if has_reset(account, by, (done,), at):
        raise BothKeysError(days=APART.days)


def one_time_password() -> str:
    """Return a password that is read out on the telephone easily: `kfwa-2849-HTRB`."""
    small = "".join(secrets.choice(_ONE_TIME) for _ in range(4))
    capitals = "".join(secrets.choice(_ONE_TIME) for _ in range(4)).upper()
    return f"{small}-{secrets.randbelow(10_000):04d}-{capitals}"


def _not_own(account: Account, by: Account) -> None:
    if account.pk == by.pk or account.username == SYSTEM:
        raise OwnAccountError


def _not_in_office(account: Account, at: datetime) -> None:
    """Refuse for an office holder; the row is held until the end: two at once take turns."""
    Account.objects.select_for_update().get(pk=account.pk)
    if offices_of(account, at):
        raise OfficeHeldError(account=account.username)


def _is_repeated(account: Account, password: str, rules: PasswordRules) -> bool:
    newest = account.old_passwords.order_by("-id").values_list("password", flat=True)
    old = [account.password, *newest[: max(rules.history - 1, 0)]]
    return any(check_password(password, one) for one in old if one)


def _remember(account: Account, at: datetime) -> None:
    if account.has_usable_password():
        set_at = account.password_set_at or account.created_at
        OldPassword.objects.create(account=account, password=account.password, set_at=set_at)
    rules = sign_in_rules(at).password
    kept = account.old_passwords.order_by("-id").values_list("pk", flat=True)
    barred = list(kept[: max(rules.history, 0)])
    account.old_passwords.exclude(pk__in=barred).delete()
