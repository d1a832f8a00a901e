"""Accounts as the security administrator reads them: what they are, never what they do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hequan.core.accounts import SYSTEM, Account
from hequan.core.errors import HequanError
from hequan.core.grants import Grant, is_granted
from hequan.core.kinds import ADMINISTRATORS, AccountState, Capability


class NoSuchAccountError(HequanError):
    """There is no such account, or one may not see it: the two look alike."""


@dataclass(frozen=True)
class AccountRow:
    """One account in the list: `offices` are those of the three administrators it holds."""

    pk: int
    username: str
    name: str
    state: AccountState
    is_staff: bool
    is_demo: bool
    last_signed_in_at: datetime | None
    offices: tuple[Capability, ...]


def account_for(user: object, pk: int, at: datetime) -> Account:
    """Return an account for whoever administers security everywhere; the system's is nobody's."""
    found = Account.objects.filter(pk=pk).exclude(username=SYSTEM).first()
    if found is None or not is_granted(user, Capability.ADMINISTER_SECURITY, "/", at):
        raise NoSuchAccountError
    return found


def accounts_matching(words: str, kind: str, at: datetime) -> QuerySet[Account]:
    """Return accounts whose names hold the words; `kind` is staff, locked, closed or all."""
    in_force = Grant.objects.filter(account=OuterRef("pk"), valid_from__lte=at)
    in_force = in_force.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    found = Account.objects.exclude(username=SYSTEM).annotate(is_staff=Exists(in_force))
    for word in words.split():
        found = found.filter(Q(username__icontains=word) | Q(name__icontains=word))
    narrowed = {
        "staff": found.filter(is_staff=True),
        "locked": found.filter(locked_until__gt=at),
        "closed": found.filter(is_active=False),
    }
    return narrowed.get(kind, found).order_by("name", "pk")


def account_rows(accounts: list[Account], at: datetime) -> list[AccountRow]:
    """Return what the list shows of these accounts: one query for all their offices."""
    held = Grant.objects.filter(account__in=accounts, capability__in=ADMINISTRATORS)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    offices: dict[int, list[Capability]] = {}
    for account_id, capability in held.values_list("account_id", "capability"):
        offices.setdefault(account_id, []).append(Capability(capability))
    return [
        AccountRow(
            one.pk,
            one.username,
            one.name,
            state_of(one, at),
            bool(getattr(one, "is_staff", False)),
            one.is_demo,
            one.last_login,
            tuple(offices.get(one.pk, ())),
        )
        for one in accounts
    ]


def state_of(account: Account, at: datetime) -> AccountState:
    """Return how the account stands."""
    if not account.is_active:
        return AccountState.CLOSED
    return AccountState.LOCKED if account.is_locked(at) else AccountState.OPEN
