"""Making one of two cases, two of one (并案、撤销并案、拆分): moves of several cases at once.

Both cases of a merger are locked in the order of their ids, so that of two mergers in opposite
directions one waits for the other and is then told.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.cases.access import is_held
from hequan.cases.actions.clocks import give_back_pause
from hequan.cases.actions.moving import Given, allowed_move, locked, make_move, settle
from hequan.cases.actions.opening import open_case
from hequan.cases.actions.placing import find_handler, tell_joined
from hequan.cases.asking import Asking, Part
from hequan.cases.errors import (
    LacksError,
    LeadsOthersError,
    MergedAlreadyError,
    MergeLateError,
    MoveNotAllowedError,
    OtherTownError,
    SameCaseError,
    UnmergeLateError,
)
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import OPEN_STATES, CaseChannel, CaseState, TriageReason
from hequan.cases.models import Case
from hequan.cases.moves import Doer, MoveName, move_from
from hequan.cases.own_messages import MERGED, PARTED, SPLIT
from hequan.cases.queries.places import town_of
from hequan.core.accounts import Account
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of

NOTHING = Given()
_BY_ANOTHER = (Doer.ANOTHER_CASE,)


def make_any_move(*, name: MoveName, **asked: Any) -> Case:
    """Make a move with the arguments of `make_move`, those that move several cases included."""
    return _WITH_OTHERS.get(name, make_move)(name=name, **asked)


@transaction.atomic
def _merge(
    *,
    case: Case,
    name: MoveName,
    doers: Collection[Doer],
    given: Given = NOTHING,
    by: Account,
    at: datetime,
) -> Case:
    """Put a case under the one that leads; it keeps number, link, post and clocks.

    MovedMeanwhileError for a page that is behind, else a MergeError that says what stands against
    it; nothing is written then.
    """
    if given.lead is None:
        raise LacksError(what=str(FIELDS["lead"]))
    lead = _held_together(case.pk, given.lead.pk)[given.lead.pk]
    row = locked(case)
    _refuse_merger(row, lead)
    move = allowed_move(row, name, doers)
    took_up = allowed_move(lead, MoveName.TAKE_UP, _BY_ANOTHER)
    before = row.state
    row.lead, row.merged_at, row.closed_at = lead, at, at
    row.merged_from, row.merged_reason = row.state, row.triage_reason
    settle(row, move, before, Given(note=lead.number), by, at)
    settle(lead, took_up, lead.state, Given(note=row.number), by, at)
    tell_joined(row, MERGED.code, {"number": row.number, "lead": lead.number}, by, at)
    return row


def _held_together(*keys: int) -> dict[int, Case]:
    """Return the rows, locked in the order of their ids until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("unit")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _refuse_merger(row: Case, lead: Case) -> None:
    if row.pk == lead.pk:
        raise SameCaseError(number=row.number)
    for one in (row, lead):
        if one.lead is not None:
            raise MergedAlreadyError(number=one.number, lead=one.lead.number)
    if row.merged.exists():
        raise LeadsOthersError(number=row.number)
    if lead.state not in OPEN_STATES:
        raise MergeLateError(number=lead.number)
    if move_from(row.state, MoveName.MERGE) is None:
        raise MergeLateError(number=row.number)
    if town_of(row.unit) != town_of(lead.unit):
        raise OtherTownError(number=row.number, lead=lead.number)


@transaction.atomic
def _unmerge(
    *,
    case: Case,
    name: MoveName,
    doers: Collection[Doer],
    given: Given = NOTHING,
    by: Account,
    at: datetime,
) -> Case:
    """Let a merged case stand where it stood, with its post and its clocks; both are told of it.

    UnmergeLateError after the rule's days. Where its post has ended meanwhile it is routed anew.
    """
    lead_pk = Case.objects.filter(pk=case.pk).values_list("lead", flat=True).get()
    held = _held_together(case.pk, lead_pk or case.pk)
    row = locked(case)
    move = allowed_move(row, name, doers)
    if row.lead_id is None or row.merged_at is None:
        raise MoveNotAllowedError(number=row.number)
    days = rule_value("case.unmerge_days", day_of(at))
    if (at - row.merged_at).days >= days:
        raise UnmergeLateError(days=days, on=day_of(row.merged_at).isoformat())
    lead = held[row.lead_id]
    _stand_again(row, at)
    settle(row, move, CaseState.MERGED, Given(note=lead.number), by, at)
    let_go = allowed_move(lead, MoveName.LET_GO, _BY_ANOTHER)
    settle(lead, let_go, lead.state, Given(note=row.number), by, at)
    tell_joined(row, PARTED.code, {"number": row.number, "lead": lead.number}, by, at)
    return row


def _stand_again(row: Case, at: datetime) -> None:
    row.state, row.triage_reason = row.merged_from, row.merged_reason
    row.lead = row.merged_at = row.closed_at = None
    row.merged_from = row.merged_reason = ""
    if row.state != CaseState.TRIAGE and row.post is not None and not is_held(row.post, at):
        give_back_pause(row, at)
        find_handler(row, at)


@transaction.atomic
def _split(
    *,
    case: Case,
    name: MoveName,
    doers: Collection[Doer],
    given: Given = NOTHING,
    by: Account,
    at: datetime,
) -> Case:
    """Make a case of its own of every part, of the same asker and first responder.

    Each is routed by its own class; its limits run from when the asker came, as they would have.
    With `given.stays` those are the words of what stays; what was said whole is kept in the step.
    """
    row = locked(case)
    move = allowed_move(row, name, doers)
    if not given.parts:
        raise LacksError(what=str(FIELDS["parts"]))
    made = [
        open_case(
            asking=_asking_of(row, part),
            by=by,
            at=at,
            clock_from=row.opened_at,
            split_from=row,
        )
        for part in given.parts
    ]
    whole = row.words if given.stays.strip() else ""
    row.words = given.stays.strip() or row.words
    settle(row, move, row.state, Given(note=whole), by, at)
    numbers = "、".join(one.number for one in made)
    tell_joined(row, SPLIT.code, {"number": row.number, "parts": numbers}, by, at)
    return row


def _asking_of(row: Case, part: Part) -> Asking:
    """Return one matter as if its asker had said it alone."""
    knows_place = row.triage_reason != TriageReason.NO_PLACE
    return Asking(
        channel=CaseChannel(row.channel),
        words=part.words,
        at_unit=row.unit_id,
        matter_code=part.matter_code,
        unit=row.unit_id if knows_place else None,
        place_words=row.place_words,
        asker=row.asker_id,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone.open(),
        is_confidential=row.is_confidential,
    )


_WITH_OTHERS: dict[MoveName, Callable[..., Case]] = {
    MoveName.MERGE: _merge,
    MoveName.UNMERGE: _unmerge,
    MoveName.SPLIT: _split,
}
