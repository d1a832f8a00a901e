"""Moving a case (流转): every move by the one table, one at a time, each with its step."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.cases.access import is_held
from hequan.cases.actions.clocks import (
    give_back_pause,
    give_days,
    next_due,
    start_clocks,
    start_verifying,
)
from hequan.cases.actions.helping import end_help
from hequan.cases.actions.open_work import refuse_open_work
from hequan.cases.actions.photos import keep_photos
from hequan.cases.actions.placing import (
    find_handler,
    put_route,
    put_with,
    route_of,
    tell_askers,
    tell_handler,
)
from hequan.cases.actions.repairs import end_repairs
from hequan.cases.asking import WORDS_LENGTH, Part
from hequan.cases.errors import (
    EvidenceMissingError,
    LacksError,
    MovedMeanwhileError,
    MoveNotAllowedError,
    NotYourPartError,
    OthersWaitError,
    PostNotHeldError,
    ReopenLateError,
    SentBackTooOftenError,
    TooManyPhotosError,
    VerifyOwnError,
)
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import CaseState, Result, TriageReason
from hequan.cases.models import Case, CaseStep
from hequan.cases.moves import WITH_OTHERS, Doer, Move, MoveName, move_from
from hequan.cases.photos import MOST, Photo
from hequan.cases.queries.photos import lacks_evidence
from hequan.cases.queries.together import others_of
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.core.questions import Question, key
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of
from hequan.roster.models import Matter, Post
from hequan.territory.models import Unit

# what the asker sees on her page: that it moved, and the words meant for her
PUBLIC = {
    MoveName.ACCEPT,
    MoveName.DISPATCH,
    MoveName.CLASSIFY,
    MoveName.CONTACT,
    MoveName.REFUSE,
    MoveName.EXTEND,
    MoveName.PAUSE,
    MoveName.RESUME,
    MoveName.PUBLISH,
    MoveName.SETTLE,
    MoveName.RATE_GOOD,
    MoveName.RATE_BAD,
    MoveName.REOPEN,
    MoveName.WITHDRAW,
    MoveName.VISIT,
    MoveName.CLOSE_UNRATED,
    MoveName.MERGE,
    MoveName.UNMERGE,
    MoveName.SPLIT,
    MoveName.TAKE_UP,
    MoveName.LET_GO,
}
PUBLIC_WORDS = {MoveName.REFUSE}
WORDS_OF_A_MOVE = WORDS_LENGTH
_ENDS_HELP = (MoveName.REFUSE, MoveName.WITHDRAW)


@dataclass(frozen=True)
class Given:
    """What a move was given; which of it a move needs, the table says."""

    post: Post | None = None
    matter: Matter | None = None
    unit: Unit | None = None
    reason: str = ""
    ground: str = ""
    note: str = ""
    result: Result | None = None
    answer: str = ""
    days: int = 0
    photos: tuple[Photo, ...] = ()
    lead: Case | None = None
    parts: tuple[Part, ...] = ()
    stays: str = ""

    def words(self) -> str:
        """Return what the course of the case shows; an answer stands with the case itself."""
        return self.reason or self.ground or self.note

    def has(self, what: str) -> bool:
        """Tell whether something a move needs is there; blanks and days backwards are not."""
        value = getattr(self, what, None)
        if isinstance(value, str):
            return bool(value.strip())
        if isinstance(value, tuple):
            return bool(value)
        return value > 0 if isinstance(value, int) else value is not None


@transaction.atomic
def make_move(
    *,
    case: Case,
    name: MoveName,
    doers: Collection[Doer],
    given: Given = Given(),
    by: Account,
    at: datetime,
) -> Case:
    """Make one move of a case as it was read; return it as it stands afterwards.

    MovedMeanwhileError where somebody moved it since, MoveNotAllowedError and NotYourPartError by
    the table, LacksError where something is missing; the rules of single moves raise their own. An
    answer is judged by `rate_answer` alone, several cases at once are moved by `make_any_move`.
    """
    row = locked(case)
    _know_as_read(row, case)
    move = allowed_move(row, name, doers)
    if name in WITH_OTHERS:
        raise MoveNotAllowedError(number=row.number)
    if name == MoveName.WITHDRAW and Doer.DISPATCHER not in doers:
        _refuse_if_others_wait(row)
    for what in move.needs:
        if not given.has(what):
            raise LacksError(what=str(FIELDS[what]))
    if len(given.photos) > MOST:
        raise TooManyPhotosError(most=MOST, there=len(given.photos))
    before = row.state
    if effect := _EFFECTS.get(name):
        effect(row, given, by, at)
    settle(row, move, before, given, by, at)
    return row


def _refuse_if_others_wait(row: Case) -> None:
    if others := others_of(row):
        raise OthersWaitError(number=row.number, others=others)


_HELD = Question[Case](
    lambda pk: Case.objects.select_for_update(of=("self",)).filter(pk=pk), pk=key()
)


def locked(case: Case) -> Case:
    """Return the row, held until the transaction ends; MovedMeanwhileError if it was moved."""
    row = _HELD.first(pk=case.pk)
    if row is None or row.version != case.version:
        raise MovedMeanwhileError
    return row


def _know_as_read(row: Case, case: Case) -> None:
    """Take over what the case was read with, where the row still names the same."""
    for name in ("unit", "matter"):
        field: Any = Case._meta.get_field(name)
        if field.is_cached(case) and getattr(row, field.attname) == getattr(case, field.attname):
            field.set_cached_value(row, field.get_cached_value(case))


def allowed_move(row: Case, name: MoveName, doers: Collection[Doer]) -> Move:
    """Return the row of the table; raises where it has none or not for these."""
    move = move_from(row.state, name)
    if move is None:
        raise MoveNotAllowedError(number=row.number)
    if not set(doers) & set(move.doers):
        raise NotYourPartError(number=row.number)
    return move


def settle(row: Case, move: Move, before: str, given: Given, by: Account, at: datetime) -> None:
    """Put the case where the move leads, with its step, its audit entry and its news."""
    if row.state not in move.or_else:
        row.state = move.target or row.state
    row.triage_reason = row.triage_reason if row.state == CaseState.TRIAGE else ""
    row.version += 1
    row.due_at = next_due(row)
    row.save()
    step = CaseStep.objects.create(
        case=row,
        move=move.name,
        from_state=before,
        to_state=row.state,
        by=by,
        at=at,
        words=given.words()[:WORDS_OF_A_MOVE],
        post_id=row.post_id,
        organisation_id=row.organisation_id,
        is_public=move.name in PUBLIC,
        words_are_public=move.name in PUBLIC_WORDS,
    )
    keep_photos(case=row, step=step, photos=given.photos, by=by, at=at)
    verb = f"cases.{move.name}"
    told = {"state": row.state, "post": row.post_id}
    record(verb=verb, by=by, at=at, thing=row, before={"state": before}, after=told)
    tell("cases.moved", {"case": row.pk, "move": str(move.name), "step": step.pk}, at)
    _tell_people(row, move, by, at)
    if move.name in _ENDS_HELP:
        end_help(row, by, at)
        end_repairs(row, by, at)


def _tell_people(row: Case, move: Move, by: Account, at: datetime) -> None:
    if row.state == CaseState.DISPATCHED and (move.target or move.or_else):
        tell_handler(row, by, at)
    if move.target == CaseState.PUBLISHED:
        tell_askers(row, by, at)


def _classify(row: Case, given: Given, by: Account, at: datetime) -> None:
    """Say what it is about and where; the limits of the class hold from when it was opened."""
    row.matter, row.unit = given.matter, given.unit or row.unit
    put_route(row, route_of(row.matter, row.unit, at))
    start_clocks(row, row.opened_at)


def _dispatch(row: Case, given: Given, by: Account, at: datetime) -> None:
    if given.post is None or not is_held(given.post, at):
        raise PostNotHeldError
    put_with(row, given.post)
    row.routing = row.routing | {"by_hand": True}


def _send_back(row: Case, given: Given, by: Account, at: datetime) -> None:
    most = rule_value("case.sent_back_times", day_of(at))
    if row.sent_back_times >= most:
        raise SentBackTooOftenError(number=row.number, times=row.sent_back_times)
    row.sent_back_times += 1
    row.post = row.organisation = None
    row.triage_reason = TriageReason.SENT_BACK


def _accept(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.accepted_at = row.accepted_at or at


def _contact(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.contacted_at = row.contacted_at or at


def _pause(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.paused_at = at


def _resume(row: Case, given: Given, by: Account, at: datetime) -> None:
    give_back_pause(row, at)


def _extend(row: Case, given: Given, by: Account, at: datetime) -> None:
    give_days(row, given.days, at)


def _answer(row: Case, given: Given, by: Account, at: datetime) -> None:
    refuse_open_work(row)
    if not given.photos and lacks_evidence(row):
        raise EvidenceMissingError
    row.result, row.answer = str(given.result), given.answer.strip()
    row.answered_at, row.answered_by = at, by
    start_verifying(row, at)


def _settle(row: Case, given: Given, by: Account, at: datetime) -> None:
    """Answer while the asker is there: she was spoken to, and nobody else has it."""
    row.result, row.answer = str(given.result), given.answer.strip()
    row.answered_by = by
    row.accepted_at = row.contacted_at = row.answered_at = row.published_at = at
    row.post = row.organisation = None


def _verify(row: Case, given: Given, by: Account, at: datetime) -> None:
    if row.answered_by_id == by.pk:
        raise VerifyOwnError


def _send_again(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.result, row.answer, row.answered_at = "", "", None
    find_handler(row, at)


def _publish(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.published_at = at


def _refuse(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.ground, row.closed_at, row.result = given.ground.strip(), at, Result.NOT_OURS


def _close(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.closed_at = at


def _reopen(row: Case, given: Given, by: Account, at: datetime) -> None:
    """Begin a new round: every clock runs from now, and the asker is spoken to anew."""
    if row.state == CaseState.CLOSED and row.closed_at is not None:
        days = rule_value("case.reopen_days", day_of(at))
        if (at - row.closed_at).days >= days:
            raise ReopenLateError(days=days, on=day_of(row.closed_at).isoformat())
    row.reopened_times += 1
    row.closed_at = row.answered_at = row.published_at = row.contacted_at = None
    row.verify_due_at = None
    row.result = row.answer = ""
    start_clocks(row, at)
    find_handler(row, at)


def _supervise(row: Case, given: Given, by: Account, at: datetime) -> None:
    row.is_supervised = True


_EFFECTS: dict[MoveName, Callable[[Case, Given, Account, datetime], None]] = {
    MoveName.CLASSIFY: _classify,
    MoveName.DISPATCH: _dispatch,
    MoveName.HAND_OVER: _dispatch,
    MoveName.SEND_BACK: _send_back,
    MoveName.ACCEPT: _accept,
    MoveName.CONTACT: _contact,
    MoveName.PAUSE: _pause,
    MoveName.RESUME: _resume,
    MoveName.EXTEND: _extend,
    MoveName.ANSWER: _answer,
    MoveName.SETTLE: _settle,
    MoveName.VERIFY: _verify,
    MoveName.SEND_AGAIN: _send_again,
    MoveName.PUBLISH: _publish,
    MoveName.REFUSE: _refuse,
    MoveName.WITHDRAW: _close,
    MoveName.VISIT: _close,
    MoveName.CLOSE_UNRATED: _close,
    MoveName.REOPEN: _reopen,
    MoveName.SUPERVISE: _supervise,
}
