"""Grants (授权): which capability an account holds in which part of the territory, and when.

A part is a unit's path such as `/3/17/`; the path `/` is everywhere. The `access.py` of every app
reads grants and nothing else.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.kinds import Capability

EVERYWHERE = "/"


class Grant(models.Model):
    """One capability of one account in one part of the territory for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    capability = models.CharField(max_length=32)
    path = models.CharField(max_length=255, default=EVERYWHERE)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "capability"])]

    def __str__(self) -> str:
        return f"{self.account_id} {self.capability} {self.path}"


def paths_granted(account: object, capability: Capability, at: datetime) -> tuple[str, ...]:
    """Return the parts of the territory where the account holds the capability at that moment.

    Anybody who is not an active account holds nothing.
    """
    if not isinstance(account, Account) or not account.is_active:
        return ()
    held = Grant.objects.filter(account=account, capability=capability, valid_from__lte=at)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    return tuple(held.values_list("path", flat=True))


def capabilities_of(account: object, at: datetime) -> frozenset[Capability]:
    """Return all that the account may do somewhere at that moment: one query."""
    if not isinstance(account, Account) or not account.is_active:
        return frozenset()
    held = Grant.objects.filter(account=account, valid_from__lte=at)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    return frozenset(Capability(c) for c in held.values_list("capability", flat=True).distinct())


def is_granted(account: object, capability: Capability, path: str, at: datetime) -> bool:
    """Tell whether the account may do this in the part of the territory that `path` names."""
    return any(path.startswith(part) for part in paths_granted(account, capability, at))


@transaction.atomic
def give_grants(
    *,
    account: Account,
    capabilities: Iterable[Capability],
    path: str = EVERYWHERE,
    by: Account,
    at: datetime,
) -> None:
    """Give the account these capabilities in one part of the territory from now on."""
    for capability in capabilities:
        Grant.objects.create(account=account, capability=capability, path=path, valid_from=at)
        record(
            verb="core.capability_granted",
            by=by,
            at=at,
            thing=account,
            after={"capability": str(capability), "path": path},
        )
