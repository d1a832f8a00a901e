"""The one door to mediation records: only those in it, whatever else an account may do.

In a record are its mediators and the head who named them. Before anybody is named, whoever brought
it and the heads of the place; where everybody in an open record has lost the work, the heads of the
place again, so that no dispute lies forgotten. Administrators of the system are in none.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hequan.cases.dispute_errors import NoSuchDisputeError
from hequan.cases.dispute_kinds import OPEN_DISPUTES, DisputeState, MemberRole
from hequan.cases.dispute_moves import DisputeDoer
from hequan.cases.models import Dispute, DisputeMember
from hequan.core.accounts import Account
from hequan.core.grants import (
    Grant,
    inside,
    is_granted,
    organisations_granted,
    paths_granted,
)
from hequan.core.kinds import Capability

SEE, HEAD = Capability.SEE_CASES, Capability.SUPERVISE_CASES


def disputes_visible(user: object, at: datetime) -> QuerySet[Dispute]:
    """Return the records an account is in, in no order."""
    if not isinstance(user, Account) or not _works(user, at):
        return Dispute.objects.none()
    own = DisputeMember.objects.filter(dispute=OuterRef("pk"), account=user, until=None)
    waiting = Q(state=DisputeState.ASKED)
    found = Q(waiting, opened_by=user) | Q(Exists(own))
    if heads := paths_granted(user, HEAD, at):
        left = Q(~Exists(_at_work(at)), state__in=OPEN_DISPUTES)
        found |= inside(heads, "unit__path") & (waiting | left)
    return Dispute.objects.filter(found)


def _works(user: Account, at: datetime) -> bool:
    return bool(paths_granted(user, SEE, at) or organisations_granted(user, SEE, at))


def _at_work(at: datetime) -> QuerySet[DisputeMember]:
    """Return the members of a record who can still open it."""
    rows = DisputeMember.objects.filter(dispute=OuterRef("pk"), until=None)
    return rows.filter(Exists(_grants(at, "account")), account__is_active=True)


def _grants(at: datetime, account: str) -> QuerySet[Grant]:
    rows = Grant.objects.filter(account=OuterRef(account), capability=SEE, valid_from__lte=at)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=at))


def dispute_for(user: object, pk: int, at: datetime) -> Dispute:
    """Return a record the account is in; NoSuchDisputeError for others and for none at all."""
    rows = disputes_visible(user, at).select_related("unit", "case", "opened_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchDisputeError
    return found


def dispute_doers(user: Account, dispute: Dispute, at: datetime) -> frozenset[DisputeDoer]:
    """Return in which parts an account that is in a record stands to it."""
    rows = DisputeMember.objects.filter(dispute=dispute, account=user, until=None)
    roles = set(rows.values_list("role", flat=True))
    waits = dispute.state == DisputeState.ASKED
    left = not DisputeMember.objects.filter(dispute=dispute, until=None).exists()
    left = left or not Dispute.objects.filter(Exists(_at_work(at)), pk=dispute.pk).exists()
    leads = is_granted(user, HEAD, dispute.unit.path, at)
    parts = {
        DisputeDoer.OPENER: waits and dispute.opened_by_id == user.pk,
        DisputeDoer.HEAD: MemberRole.HEAD in roles or (leads and (waits or left)),
        DisputeDoer.MEDIATOR: MemberRole.MEDIATOR in roles,
    }
    return frozenset(part for part, stands in parts.items() if stands)


def may_mediate(account: Account, at: datetime) -> bool:
    """Tell whether an account can open the records it would be in: one query."""
    rows = Account.objects.filter(Exists(_grants(at, "pk")), pk=account.pk, is_active=True)
    return rows.exists()
