"""The one door to the case library: what is published, one's own, and what one may review."""

from datetime import datetime

from django.db.models import Q, QuerySet

from hequan.cases.library import WriteUpState
from hequan.cases.library_errors import NoSuchWriteUpError
from hequan.cases.models import WriteUp
from hequan.core.accounts import Account
from hequan.core.grants import inside, is_granted, organisations_granted, paths_granted
from hequan.core.kinds import Capability

SEE, REVIEW = Capability.SEE_CASES, Capability.DISPATCH_CASES


def write_ups_readable(user: object, at: datetime) -> QuerySet[WriteUp]:
    """Return the write-ups an account may open: all published ones where it may see any cases."""
    if not isinstance(user, Account):
        return WriteUp.objects.none()
    if not (paths_granted(user, SEE, at) or organisations_granted(user, SEE, at)):
        return WriteUp.objects.none()
    reviewed = inside(paths_granted(user, REVIEW, at), "case__unit__path")
    own = Q(author=user)
    return WriteUp.objects.filter(Q(state=WriteUpState.PUBLISHED) | own | reviewed)


def write_up_for(user: object, pk: int, at: datetime) -> WriteUp:
    """Return a write-up the account may open; NoSuchWriteUpError otherwise."""
    rows = write_ups_readable(user, at).select_related("case__unit", "matter", "author", "reviewer")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchWriteUpError
    return found


def to_review(user: object, at: datetime) -> QuerySet[WriteUp]:
    """Return what waits for this account's review: of its part, and not its own; oldest first."""
    rows = WriteUp.objects.filter(state=WriteUpState.IN_REVIEW)
    rows = rows.filter(inside(paths_granted(user, REVIEW, at), "case__unit__path"))
    rows = rows.exclude(author=getattr(user, "pk", None))
    return rows.select_related("case__unit", "matter", "author").order_by("written_at", "pk")


def may_review(user: object, write_up: WriteUp, at: datetime) -> bool:
    """Tell whether an account may approve or send back a write-up: never its author."""
    if write_up.author_id == getattr(user, "pk", None):
        return False
    return is_granted(user, REVIEW, write_up.case.unit.path, at)
