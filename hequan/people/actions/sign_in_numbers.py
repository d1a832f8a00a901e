"""Guarding the number somebody signs in with (登录手机号): whoever changes it could become her.

Nobody but herself, by a code sent to the new one, changes the number of an account that holds
grants; a resident's may be corrected at the counter, and she is told and signed out everywhere.
The number before is told too: it may be all that is left to her.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.grants import is_granted_anything
from hequan.core.sealed import Sealed
from hequan.core.sign_in.changes import sign_out_elsewhere
from hequan.people.deliveries import notify, tell_former_number
from hequan.people.errors import BadPersonError, PostMergedError, StaffMergedError
from hequan.people.merger_holds import held_back
from hequan.people.models import Person
from hequan.people.own_messages import PHONE_CHANGED

_HERS = _(
    "Whoever signs in with this number holds a post: she changes it herself under “My data”, with "
    "a code sent to the new one. Nothing was saved."
)
_WAITING = _(
    "A post waits for her first sign-in with this number: whoever may give that post changes it. "
    "Nothing was saved."
)


def guard_numbers(changes: Iterable[tuple[Person, str]], by: Account | None, at: datetime) -> None:
    """BadPersonError where another than she would change the number staff sign in with.

    `changes` are rows with the number each is to have. Somebody who holds a post and has never
    signed in will do so with her number: it is changed by whoever may give that post. `by` is None
    where it is not known yet, as before an import.
    """
    rows = [row for row, phone in changes if row.pk is not None and row.phone.open() != phone]
    if any(_is_staff(row, at) for row in rows):
        raise BadPersonError("phone", _HERS)
    waiting = tuple(row.pk for row in rows if row.account_id is None)
    if waiting and held_back(waiting, (), by, at) is not None:
        raise BadPersonError("phone", _WAITING)


def guard_merger(
    winner: Person, loser: Person, changed: Collection[str], by: Account, at: datetime
) -> None:
    """StaffMergedError where a merger would hand a staff account or its number to somebody else.

    PostMergedError where it would hand on a post that waits for its holder to sign in, by somebody
    who may not give that post. `changed` names the fields that the winner takes from the loser.
    """
    handed_on = [loser]
    if {"phone", "account_id"} & set(changed):
        handed_on.append(winner)
    accounts = tuple(row.account_id for row in (winner, loser) if row.account_id is not None)
    for row in handed_on:
        if _is_staff(row, at):
            raise StaffMergedError(name=row.name)
        posts = held_back((row.pk,), accounts, by, at)
        if posts is not None:
            raise PostMergedError(name=row.name, posts=posts)


def tell_number_changed(
    row: Person,
    before: Sealed,
    *,
    account: Account | None = None,
    keep: str | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Tell whoever signs in with a number that it was changed; end her sessions but `keep`.

    `before` is the number it was, which gets an SMS of its own; `account` is the one it signed in
    where that is not the row's. Nothing is to be done for somebody without an account.
    """
    account = account or row.account
    if account is None:
        return
    sign_out_elsewhere(account=account, keep=keep, by=by, at=at)
    moment = timezone.localtime(at)
    values = {"before": str(before), "after": str(row.phone)}
    values |= {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"}
    messages = notify(row, PHONE_CHANGED.code, values, by=by, at=at)
    for message in messages[:1]:  # a child's guardians are told each, her old number once
        tell_former_number(message, before, at)


def _is_staff(row: Person, at: datetime) -> bool:
    return row.account is not None and is_granted_anything(row.account, at)
