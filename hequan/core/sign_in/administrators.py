"""The three administrators (三员分立): system, security and audit, given and ended by four eyes.

One of the administrators proposes who becomes or ceases to be one, and another decides: nobody on
her own, and nobody about herself. The first three come with the first start, which is recorded.
"""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.grants import Grant, capabilities_of, forget_grants, give_grants
from hequan.core.kinds import ADMINISTRATORS, Capability
from hequan.core.sign_in.keys_apart import APART, FACTOR_RESET, PASSWORD_RESET, has_reset

SOURCE = "core.administrator"


class NotAnAdministratorRoleError(HequanError):
    """A capability that is no administrator's."""

    text = _("That is not one of the three administrators' roles.")


class FourEyesError(HequanError):
    """The same person would propose and decide, or decide about herself."""

    text = _(
        "Another administrator decides this: neither who proposed it nor whom it is about. "
        "Ask one of the others."
    )


class ResetByProposerError(HequanError):
    """The proposer had a key to the account that would decide."""

    text = _(
        "Whoever proposed this reset your password or second factor within the last %(days)s days: "
        "another administrator decides it."
    )


class ProposalDecidedError(HequanError):
    """A second decision on the same proposal."""

    text = _("This proposal has been decided already.")


class LastAdministratorError(HequanError):
    """The office would stand empty, with nobody left to fill it."""

    text = _("%(account)s is the only one in this office. Give it to another account first.")


class RoleProposal(models.Model):
    """That an account take up, or lay down, the office of an administrator."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    capability = models.CharField(max_length=32)
    is_end = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "capability"],
                condition=Q(decided_at__isnull=True),
                name="role_proposal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("proposed_by")) & ~Q(decided_by=models.F("account")),
                name="role_proposal_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.capability}"


def open_proposals() -> list[RoleProposal]:
    """Return what waits for a decision, the oldest first."""
    rows = RoleProposal.objects.filter(decided_at=None).select_related("account", "proposed_by")
    return list(rows.order_by("proposed_at", "id"))


def proposal_with_id(pk: int) -> RoleProposal | None:
    """Return a proposal, decided or not."""
    return RoleProposal.objects.select_related("account", "proposed_by").filter(pk=pk).first()


def offices_of(account: Account, at: datetime) -> frozenset[Capability]:
    """Return which of the three offices the account holds, as the tables say now."""
    return frozenset(office for who, office in administrators(at) if who.pk == account.pk)


def administrators(at: datetime) -> list[tuple[Account, Capability]]:
    """Return who holds which of the three offices at that moment."""
    rows = Grant.objects.filter(capability__in=ADMINISTRATORS, valid_from__lte=at)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at)).select_related("account")
    return [(row.account, Capability(row.capability)) for row in rows.order_by("capability", "id")]


@transaction.atomic
def propose_role(
    *, account: Account, capability: Capability, is_end: bool = False, by: Account, at: datetime
) -> RoleProposal:
    """Propose that the account take up the office, or lay it down; FourEyesError for oneself."""
    if capability not in ADMINISTRATORS:
        raise NotAnAdministratorRoleError
    if account.pk == by.pk:
        raise FourEyesError
    held = RoleProposal.objects.filter(account=account, capability=capability, decided_at=None)
    waiting = held.first()
    if waiting is not None:
        return waiting
    proposal = RoleProposal.objects.create(
        account=account, capability=capability, is_end=is_end, proposed_by=by, proposed_at=at
    )
    after = {"account": account.pk, "capability": str(capability), "is_end": is_end}
    record(verb="core.role_proposed", by=by, at=at, thing=proposal, after=after)
    return proposal


@transaction.atomic
def decide_role(*, proposal: RoleProposal, accept: bool, by: Account, at: datetime) -> None:
    """Accept or refuse; an accepted proposal is in force at once.

    FourEyesError for the proposer and for the account itself, ResetByProposerError for one whose
    password or factor the proposer reset lately, AdministratorsApartError where the account would
    hold two offices, LastAdministratorError where an office would stand empty.
    """
    if by.pk in (proposal.proposed_by_id, proposal.account_id):
        raise FourEyesError
    if has_reset(by, proposal.proposed_by, (PASSWORD_RESET, FACTOR_RESET), at):
        raise ResetByProposerError(days=APART.days)
    decided = {"decided_by": by, "decided_at": at, "is_accepted": accept}
    # the conditional write is the lock: of two who decide at once one does
    if not RoleProposal.objects.filter(pk=proposal.pk, decided_at=None).update(**decided):
        raise ProposalDecidedError
    if accept and proposal.is_end:
        _end_role(proposal, by, at)
    elif accept:
        give_grants(
            account=proposal.account,
            capabilities=[Capability(proposal.capability)],
            source=f"{SOURCE}/{proposal.pk}",
            by=by,
            at=at,
        )
    record(verb="core.role_decided", by=by, at=at, thing=proposal, after={"accepted": accept})


def _end_role(proposal: RoleProposal, by: Account, at: datetime) -> None:
    office = Grant.objects.select_for_update().filter(capability=proposal.capability)
    in_force = office.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    if not in_force.exclude(account=proposal.account).filter(account__is_active=True).exists():
        raise LastAdministratorError(account=proposal.account.username)
    for grant in in_force.filter(account=proposal.account):
        grant.valid_to = at
        grant.save(update_fields=["valid_to"])
        before = {"capability": grant.capability, "path": grant.path}
        record(verb="core.capability_ended", by=by, at=at, thing=proposal.account, before=before)
    forget_grants(proposal.account)


def is_administrator(account: object, at: datetime) -> bool:
    """Tell whether the account holds one of the three offices."""
    return any(one in ADMINISTRATORS for one in capabilities_of(account, at))
