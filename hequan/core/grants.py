"""Grants (授权): which capability an account holds, where or for which organisation, and when.

There are two axes. A part of the territory is a unit's path such as `/3/17/`; the path `/` is
everywhere. An organisation is named by its id, and such a grant opens only what that organisation
handles. The roster writes each post out as grants, named by `source`; the `access.py` of every app
reads grants and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.kinds import ADMINISTRATORS, Capability
from hequan.core.questions import Question, key

EVERYWHERE = "/"
NOWHERE = "-"  # no unit's path begins with it
_NOT_PERSONAL = ("capability", "path", "organisation", "valid_from", "valid_to")


class AdministratorsApartError(HequanError):
    """One account would hold the work of two of the three administrators."""

    text = _(
        "The system, security and audit administrators are three people (三员分立): "
        "%(account)s is one of them already. Choose another account."
    )


class OwnGrantError(HequanError):
    """Somebody would give herself what she does not hold."""

    text = _("Nobody gives rights to herself: ask another officer or administrator.")


class Grant(models.Model):
    """One capability of one account, somewhere or for an organisation, for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    capability = models.CharField(max_length=32)
    path = models.CharField(max_length=255, default=EVERYWHERE, blank=True)
    organisation = models.BigIntegerField(null=True)
    source = models.CharField(max_length=64, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "capability"]),
            models.Index(fields=["source"], condition=~Q(source=""), name="grants_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(path="", organisation=None), name="grant_reaches_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.capability} {self.path or self.organisation}"


@dataclass(frozen=True)
class HeldGrant:
    """One grant as the account holds it: a path, or no path and an organisation."""

    capability: str
    path: str
    organisation: int | None
    valid_from: datetime
    valid_to: datetime | None

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the grant is in force at that moment."""
        return self.valid_from <= at and (self.valid_to is None or self.valid_to > at)


_OF_ACCOUNT = Question[tuple[Any, ...]](
    lambda account: Grant.objects.filter(account=account).values_list(
        "capability", "path", "organisation", "valid_from", "valid_to"
    ),
    account=key(),
)


def grants_held(account: object, at: datetime) -> tuple[HeldGrant, ...]:
    """Return all grants of the account in force: one query for the life of the object given.

    A request has one account object, so a page asks the database once however often it asks here.
    Anybody who is not an active account holds nothing.
    """
    if not isinstance(account, Account) or not account.is_active or account.pk is None:
        return ()
    if account.grants_withheld:
        return ()
    held: tuple[HeldGrant, ...] | None = account.grants_kept
    if held is None:
        rows = _OF_ACCOUNT.all(account=account.pk)
        held = account.grants_kept = tuple(HeldGrant(*row) for row in rows)
    return tuple(one for one in held if one.holds_at(at))


def forget_grants(account: Account) -> None:
    """Let the account object ask the database again; actions that change its grants do."""
    account.grants_kept = None


def withhold_grants(account: Account) -> None:
    """Let the account object hold nothing, whatever is granted: its session lacks a step."""
    account.grants_withheld = True


def is_granted_anything(account: Account, at: datetime) -> bool:
    """Tell whether the account is staff, its grants withheld or not: one query."""
    rows = Grant.objects.filter(account=account.pk, valid_from__lte=at)
    return account.is_active and rows.filter(Q(valid_to=None) | Q(valid_to__gt=at)).exists()


def paths_granted(account: object, capability: Capability, at: datetime) -> tuple[str, ...]:
    """Return the parts of the territory where the account holds the capability at that moment."""
    held = grants_held(account, at)
    return tuple(one.path for one in held if one.capability == capability and one.path)


def organisations_granted(account: object, capability: Capability, at: datetime) -> tuple[int, ...]:
    """Return the organisations for which the account holds the capability at that moment."""
    held = grants_held(account, at)
    return tuple(
        one.organisation
        for one in held
        if one.capability == capability and one.organisation is not None and not one.path
    )


def capabilities_of(account: object, at: datetime) -> frozenset[Capability]:
    """Return all that the account may do somewhere at that moment."""
    return frozenset(Capability(one.capability) for one in grants_held(account, at))


def inside(paths: Iterable[str], lookup: str) -> Q:
    """Return the filter for rows whose path, reached by `lookup`, lies in any of these parts.

    No parts fit no rows.
    """
    wanted = Q(pk__in=[])
    for path in paths:
        if path == EVERYWHERE:
            return Q()
        wanted |= Q(**{f"{lookup}__startswith": path})
    return wanted


def is_granted(account: object, capability: Capability, path: str, at: datetime) -> bool:
    """Tell whether the account may do this in the part of the territory that `path` names."""
    return any(path.startswith(part) for part in paths_granted(account, capability, at))


def is_granted_for(
    account: object, capability: Capability, path: str, organisation: int | None, at: datetime
) -> bool:
    """Tell whether the account may do this to what lies at `path` or this organisation handles."""
    if is_granted(account, capability, path, at):
        return True
    return organisation in organisations_granted(account, capability, at)


@transaction.atomic
def give_grants(
    *,
    account: Account,
    capabilities: Iterable[Capability],
    path: str = EVERYWHERE,
    organisation: int | None = None,
    source: str = "",
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Give the account these capabilities in one part of the territory, from now on or for a time.

    With an organisation and an empty path they reach what that organisation handles.
    AdministratorsApartError when the account would be two of the three administrators,
    OwnGrantError when somebody would give herself what she does not hold.
    """
    wanted = list(capabilities)
    _keep_administrators_apart(account, wanted, at)
    if by.pk == account.pk and not all(
        is_granted_for(by, one, path or NOWHERE, organisation, at) for one in wanted
    ):
        raise OwnGrantError
    for capability in wanted:
        Grant.objects.create(
            account=account,
            capability=capability,
            path=path,
            organisation=organisation,
            source=source,
            valid_from=begins_at or at,
            valid_to=ends_at,
        )
        said = {"organisation": organisation, "valid_from": begins_at, "valid_to": ends_at}
        after = {"capability": str(capability), "path": path}
        after |= {name: str(value) for name, value in said.items() if value is not None}
        record(
            verb="core.capability_granted",
            by=by,
            at=at,
            thing=account,
            after=after,
            plain=_NOT_PERSONAL,
        )
    forget_grants(account)


@transaction.atomic
def end_grants(*, source: str, by: Account, at: datetime) -> int:
    """End all grants of one source, such as `roster.post/17`; return how many were in force."""
    open_ones = Grant.objects.filter(source=source).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    )
    ended = list(open_ones.select_related("account"))
    for grant in ended:
        grant.valid_to = at
        grant.save(update_fields=["valid_to"])
        record(
            verb="core.capability_ended",
            by=by,
            at=at,
            thing=grant.account,
            before={
                "capability": grant.capability,
                "path": grant.path,
                **({"organisation": str(grant.organisation)} if grant.organisation else {}),
            },
            plain=_NOT_PERSONAL,
        )
    return len(ended)


def _keep_administrators_apart(account: Account, wanted: list[Capability], at: datetime) -> None:
    # the account's row is the lock: two security officers cannot give one half each
    Account.objects.select_for_update().filter(pk=account.pk).first()
    forget_grants(account)
    offices = {one for one in wanted if one in ADMINISTRATORS}
    # those that begin later count too: they would meet one day
    open_ones = Grant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), account=account)
    held = open_ones.filter(capability__in=ADMINISTRATORS).values_list("capability", flat=True)
    offices |= {Capability(one) for one in held}
    if len(offices) > 1:
        raise AdministratorsApartError(account=account.username)
