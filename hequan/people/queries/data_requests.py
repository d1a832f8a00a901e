"""Requests about data as officers and the person herself see them."""

from datetime import date, datetime

from django.db.models import QuerySet

from hequan.core.grants import EVERYWHERE, paths_granted
from hequan.core.kinds import Capability
from hequan.people.access import persons_visible
from hequan.people.models import DataRequest, Person, RetentionProof
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import RequestState


def data_requests(user: object, at: datetime, state: str = "") -> QuerySet[DataRequest]:
    """Return the requests of people in the account's part of the territory, the most urgent first.

    Those of people erased since are for whoever protects data everywhere: nobody knows any longer
    where they lived.
    """
    found = DataRequest.objects.all()
    if EVERYWHERE not in paths_granted(user, Capability.PROTECT_DATA, at):
        people = persons_visible(user, at, Capability.PROTECT_DATA)
        found = found.filter(person__in=people.values("pk"))
    if state:
        found = found.filter(state=state)
    return found.select_related("person", "done_by").order_by("done_at", "due_on", "pk")


def data_request_for(user: object, pk: int, at: datetime) -> DataRequest:
    """Return one of those; NoSuchRequestError for any other."""
    found = data_requests(user, at).filter(pk=pk).first()
    if found is None:
        raise NoSuchRequestError
    return found


def data_requests_of(person: Person) -> list[DataRequest]:
    """Return what somebody asked about her data, the newest first."""
    return list(DataRequest.objects.filter(person=person).order_by("-asked_at"))


def data_requests_overdue(user: object, on: date, at: datetime) -> int:
    """Return how many open requests are past their day."""
    return data_requests(user, at, RequestState.OPEN).filter(due_on__lt=on).count()


def retention_proofs(limit: int = 200) -> list[RetentionProof]:
    """Return the newest proofs that rows past their time are gone."""
    return list(RetentionProof.objects.order_by("-at", "table")[:limit])
