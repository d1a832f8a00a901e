"""Requests about data written down and answered; an erasure is one, answered at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.rule_values import rule_values
from hequan.people.actions.erasure import Erased, erase_person
from hequan.people.actions.persons import locked_person
from hequan.people.data_requests import DAYS_RULE, due_answer_on
from hequan.people.models import DataRequest, Person
from hequan.people.protection_errors import RequestDoneError
from hequan.people.protection_kinds import ConsentChannel, RequestKind, RequestState


@transaction.atomic
def open_data_request(
    *,
    person: Person,
    kind: RequestKind,
    channel: ConsentChannel,
    note: str = "",
    by: Account,
    at: datetime,
) -> DataRequest:
    """Write down what somebody asks about her data, with the day an answer is due."""
    row = locked_person(person.pk)
    day = timezone.localdate(at)
    rules = rule_values(DAYS_RULE, day)
    days = {code.removeprefix(DAYS_RULE): int(rule.value) for code, rule in rules.items()}
    request = DataRequest.objects.create(
        person=row,
        kind=kind,
        channel=channel,
        asked_at=at,
        asked_by=by,
        due_on=due_answer_on(kind, day, days),
        note=note.strip()[:300],
    )
    _record("people.data_request_opened", request, by, at)
    return request


@transaction.atomic
def answer_data_request(
    *, request: DataRequest, state: RequestState, outcome: str, by: Account, at: datetime
) -> DataRequest:
    """Close a request with what came of it; RequestDoneError for one that is closed."""
    row = DataRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != RequestState.OPEN:
        raise RequestDoneError
    row.state, row.outcome = state, outcome.strip()[:300]
    row.done_at, row.done_by = at, by
    row.save(update_fields=["state", "outcome", "done_at", "done_by"])
    _record("people.data_request_answered", row, by, at)
    return row


@transaction.atomic
def note_own_request(
    *, person: Person, kind: RequestKind, by: Account, at: datetime
) -> DataRequest:
    """Write down what somebody did with her own data by herself: asked and done in one."""
    day = timezone.localdate(at)
    request = DataRequest.objects.create(
        person=person,
        kind=kind,
        channel=ConsentChannel.ONLINE,
        state=RequestState.DONE,
        asked_at=at,
        asked_by=by,
        due_on=day,
        done_at=at,
        done_by=by,
    )
    _record("people.data_request_answered", request, by, at)
    return request


@transaction.atomic
def erase_on_request(
    *,
    person: Person,
    channel: ConsentChannel,
    request: DataRequest | None = None,
    by: Account,
    at: datetime,
) -> Erased:
    """Erase a person and keep that it was asked and done, with the counts; twice is once.

    ErasureHeldError and RequestDoneError leave everything as it was.
    """
    if request is None:
        request = open_data_request(
            person=person, kind=RequestKind.ERASE, channel=channel, by=by, at=at
        )
    erased = erase_person(person=person, by=by, at=at)
    answer_data_request(request=request, state=RequestState.DONE, outcome="", by=by, at=at)
    counts = {"deleted": erased.deleted, "emptied": erased.emptied, "kept": erased.kept}
    DataRequest.objects.filter(pk=request.pk).update(counts=counts)
    return erased


def _record(verb: str, request: DataRequest, by: Account, at: datetime) -> None:
    after = {"kind": request.kind, "state": request.state, "due_on": request.due_on.isoformat()}
    record(
        verb=verb,
        by=by,
        at=at,
        thing=request,
        after=after,
        plain=after,
        on_behalf_of=request.person_id,
    )
