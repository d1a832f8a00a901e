"""Approvals to read a child's data, as whoever asked and whoever decides see them."""

from datetime import datetime

from django.db.models import QuerySet

from hequan.core.accounts import Account
from hequan.core.kinds import Capability
from hequan.people.access import persons_visible
from hequan.people.models import ChildAccessRequest, Person
from hequan.people.protection_errors import NoSuchRequestError


def child_access_open(person: Person, account: Account, at: datetime) -> bool:
    """Tell whether this account may read this child's data now."""
    held = ChildAccessRequest.objects.filter(person=person, by=account, until__gt=at)
    return held.exists()


def child_access_waiting(person: Person, account: Account) -> bool:
    """Tell whether this account has asked and nobody has decided yet."""
    return ChildAccessRequest.objects.filter(person=person, by=account, decided_at=None).exists()


def child_access_requests(user: object, at: datetime) -> QuerySet[ChildAccessRequest]:
    """Return the requests for children this account may decide about, the open ones first."""
    children = persons_visible(user, at, Capability.APPROVE_CHILD_ACCESS)
    found = ChildAccessRequest.objects.filter(person__in=children.values("pk"))
    return found.select_related("person__unit", "by", "approved_by").order_by(
        "decided_at", "-asked_at"
    )


def child_access_request(user: object, pk: int, at: datetime) -> ChildAccessRequest:
    """Return one this account may decide about; NoSuchRequestError for any other."""
    found = child_access_requests(user, at).filter(pk=pk).first()
    if found is None:
        raise NoSuchRequestError
    return found
