"""Repair orders (维修单): opened, given out, quoted, agreed to, done, and what ends them.

Locks are taken in one order, the case, its provider, the order: of several who take one order at
one moment one has it, and nobody comes above the cap. An order moves no clock of its case and
raises no version of it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from hequan.cases.actions.photos import keep_photos
from hequan.cases.actions.repair_effects import EFFECTS, NOTHING, RepairGiven, works_for
from hequan.cases.actions.repair_news import tell_of_move
from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import (
    LacksError,
    LongWordsError,
    MoveNotAllowedError,
    NotYourPartError,
    TooManyPhotosError,
)
from hequan.cases.field_words import FIELDS
from hequan.cases.helping import MAY_ASK
from hequan.cases.kinds import PhotoKind
from hequan.cases.models import Case, CasePhoto, CaseStep, Provider, Repair, RepairStep
from hequan.cases.photos import MOST as MOST_PHOTOS
from hequan.cases.queries.repair_turns import open_with, turns_of
from hequan.cases.repair_errors import (
    ConsentMissingError,
    PhotoMissingError,
    ProviderShutError,
    RepairGoneError,
    RepairMovedError,
    RepairMoveError,
    RepairStillOpenError,
)
from hequan.cases.repairs import (
    OPEN_REPAIRS,
    WITH_WORKER,
    DispatchMode,
    RepairMove,
    RepairMoveName,
    RepairPart,
    RepairState,
    choose_turn,
    repair_move_from,
)
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.roster.models import Post

_OPEN = "repair_open"
_M = RepairMoveName
# told to whoever asked, in the course on her page
PUBLIC = (_M.QUOTE, _M.AGREE, _M.REFUSE, _M.START, _M.FINISH, _M.ACCEPT, _M.CANCEL, _OPEN)
_TAKES = (_M.TAKE, _M.ASSIGN, _M.TURN)
_ANSWERS = (_M.AGREE, _M.REFUSE)
_ENDS = (RepairState.DONE, RepairState.CANCELLED)


@transaction.atomic
def open_repair(
    *, case: Case, provider: Provider, words: str, leads: bool, by: Account, at: datetime
) -> Repair:
    """Open an order of a case for a provider; the same words while one is open give that one.

    `leads`: whoever asks handles, dispatches or took in the case. Where orders go by turns it goes
    to whose turn it is; where nobody is free it waits on offer. NotYourPartError,
    MoveNotAllowedError where the case is past it, ProviderShutError, LacksError, LongWordsError.
    """
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not leads:
        raise NotYourPartError(number=row.number)
    if row.state not in MAY_ASK:
        raise MoveNotAllowedError(number=row.number)
    words = checked_words(words, str(FIELDS["repair"]))
    same = Repair.objects.filter(case=row, provider=provider, words=words, return_of=None)
    if found := same.filter(state__in=OPEN_REPAIRS).first():
        return found
    held = held_provider(provider.pk)
    if not held.is_open or held.organisation.closed_on is not None:
        raise ProviderShutError(name=held.organisation.name)
    return write_repair(row, held, words, None, by, at)


def write_repair(
    row: Case, provider: Provider, words: str, first: Repair | None, by: Account, at: datetime
) -> Repair:
    """Write an order on offer, with its step; what goes by turns is given out at once."""
    order = Repair.objects.create(
        number=f"{row.number}-{Repair.objects.filter(case=row).count() + 1}",
        case=row,
        provider=provider,
        return_of=first,
        state=RepairState.OFFERED,
        words=words,
        opened_by=by,
        opened_at=at,
    )
    _step(order, _OPEN, words, NOTHING, by, at)
    after = {"case": row.pk, "provider": provider.pk, "return_of": first.pk if first else None}
    record(verb=f"cases.{_OPEN}", by=by, at=at, thing=order, after=after)
    tell_of_move(order, _OPEN, by, at)
    if provider.mode == DispatchMode.ROTATE and first is None:
        give_in_turn(order, by, at)
    return order


def held_provider(pk: int) -> Provider:
    """Return a provider, locked: nobody else gives out its orders until the transaction ends."""
    rows = Provider.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=pk)


def checked_words(words: str, what: str) -> str:
    """Return words without blanks around; LacksError for none, LongWordsError for too many."""
    words = words.strip()
    if not words:
        raise LacksError(what=what)
    if len(words) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(words))
    return words


@transaction.atomic
def move_repair(
    *,
    repair: Repair,
    name: RepairMoveName,
    parts: Collection[RepairPart],
    given: RepairGiven = NOTHING,
    by: Account,
    at: datetime,
) -> Repair:
    """Make one move of an order as it was read; return it as it stands afterwards.

    RepairMovedError where somebody moved it since (RepairGoneError: took it first), RepairMoveError
    by the table, LacksError where something is missing; single moves raise their own. A warranty
    return is opened by `return_repair` alone.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=repair.case_id)
    provider = held_provider(repair.provider_id)
    row = Repair.objects.select_for_update(of=("self",)).get(pk=repair.pk)
    row.provider = provider
    move = repair_move_from(row.state, name, row.return_of_id is not None)
    if name == _M.TAKE and row.worker_id is not None:
        raise RepairGoneError(number=row.number)
    if row.version != repair.version:
        raise RepairMovedError
    if move is None or name == _M.RETURN or not set(parts) & set(move.parts):
        raise RepairMoveError(number=row.number)
    _check_given(row, move, parts, given)
    return _settle(row, move, given, by, at)


def _check_given(
    row: Repair, move: RepairMove, parts: Collection[RepairPart], given: RepairGiven
) -> None:
    """Refuse a move that lacks what the table asks for, before anything is written."""
    if "reason" in move.needs and not given.reason.strip():
        raise LacksError(what=str(FIELDS["reason"]))
    if len(given.words()) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(given.words()))
    if len(given.photos) > MOST_PHOTOS:
        raise TooManyPhotosError(most=MOST_PHOTOS, there=len(given.photos))
    if "worker" in move.needs and given.worker is None:
        raise LacksError(what=str(FIELDS["worker"]))
    for need, kind in (("before", PhotoKind.BEFORE), ("after", PhotoKind.AFTER)):
        if need in move.needs and not _has_photo(row, given, kind):
            raise PhotoMissingError
    for_the_asker = RepairPart.ASKER in move.parts and RepairPart.ASKER not in parts
    if for_the_asker and given.basis is None:
        raise ConsentMissingError


def _has_photo(row: Repair, given: RepairGiven, kind: PhotoKind) -> bool:
    if any(one.kind == kind for one in given.photos):
        return True
    return CasePhoto.objects.filter(step__repair__repair=row, kind=kind).exists()


def _settle(row: Repair, move: RepairMove, given: RepairGiven, by: Account, at: datetime) -> Repair:
    """Put the order where the move leads, with its step, its audit entry and its news."""
    before, left = row.state, row.worker
    row.state = move.target or row.state
    if effect := EFFECTS.get(move.name):
        effect(row, given, by, at)
    row.version += 1
    if row.state in (RepairState.ACCEPTED, RepairState.CANCELLED):
        row.ended_at = at
    row.save()
    _step(row, move.name, given.words(), given, by, at, before)
    after = {"state": row.state, "worker": row.worker_id}
    record(
        verb=f"cases.{move.name}", by=by, at=at, thing=row, before={"state": before}, after=after
    )
    tell_of_move(row, move.name, by, at, left)
    if row.state in _ENDS and row.provider.mode == DispatchMode.ROTATE:
        _give_next(row.provider, by, at)
    return row


def _step(
    row: Repair,
    name: str,
    words: str,
    given: RepairGiven,
    by: Account,
    at: datetime,
    before: str = "",
) -> None:
    """Leave a step in the course of the case, with the photos that came with it."""
    case = row.case
    step = CaseStep.objects.create(
        case=case,
        move=name,
        from_state=case.state,
        to_state=case.state,
        by=by,
        at=at,
        words=words[:WORDS_LENGTH],
        post_id=row.worker_id,
        organisation_id=row.provider.organisation_id,
        is_public=name in PUBLIC,
    )
    RepairStep.objects.create(repair=row, step=step)
    keep_photos(case=case, step=step, photos=given.photos, by=by, at=at)
    tell("cases.repair_moved", {"repair": row.pk, "move": name, "from": before}, at)


# --- who has it


def give_in_turn(row: Repair, by: Account, at: datetime) -> bool:
    """Give an order on offer to whose turn it is; tell whether anybody was free."""
    if choose_turn(turns_of(row.provider, at), row.provider.cap) is None:
        return False
    move = repair_move_from(row.state, _M.TURN, row.return_of_id is not None)
    if move is not None:
        _settle(row, move, NOTHING, by, at)
    return True


def give_to(row: Repair, post: Post, by: Account, at: datetime) -> None:
    """Give an order on offer to a post that is free: a return to who repaired it."""
    move = repair_move_from(row.state, _M.ASSIGN, row.return_of_id is not None)
    if move is not None:
        _settle(row, move, RepairGiven(worker=post), by, at)


def _give_next(provider: Provider, by: Account, at: datetime) -> None:
    """Give what waits longest to whose turn it is, now that somebody may be free."""
    waits = Repair.objects.filter(provider=provider, state=RepairState.OFFERED)
    for row in waits.select_related("case").order_by("opened_at", "pk"):
        row.provider = provider
        if not give_in_turn(row, by, at):
            return


# --- what holds an answer back, and what ends orders


def refuse_open_repairs(row: Case) -> None:
    """Raise RepairStillOpenError while an order of the case is open: part of answering."""
    found = open_repairs_of(row).order_by("pk").first()
    if found is not None:
        raise RepairStillOpenError(number=row.number, repair=found.number)


def end_repairs(row: Case, by: Account, at: datetime) -> None:
    """Let the open orders lapse, also of cases merged into it: nobody need do anything more."""
    for pk, provider in (
        open_repairs_of(row).order_by("provider", "pk").values_list("pk", "provider")
    ):
        _by_clock(pk, held_provider(provider), _M.LAPSE, NOTHING, by, at)


def open_repairs_of(row: Any) -> QuerySet[Repair]:
    """Return the open orders of a case (or its key), and of those merged into it, in no order."""
    return Repair.objects.filter(Q(case=row) | Q(case__lead=row), state__in=OPEN_REPAIRS)


def hand_over_repairs(*, post: Post, heir: Post | None, by: Account, at: datetime) -> int:
    """Give the orders of an ended post to the heir, else leave them to the dispatcher; how many."""
    rows = Repair.objects.filter(worker=post, state__in=WITH_WORKER).order_by("pk")
    keys = list(rows.values_list("pk", "case_id", "provider_id"))
    return sum(_hand_over_one(*key, post, heir, by, at) for key in keys)


@transaction.atomic
def _hand_over_one(
    pk: int,
    case: int,
    provider: int,
    post: Post,
    heir: Post | None,
    by: Account,
    at: datetime,
) -> bool:
    Case.objects.select_for_update(of=("self",)).get(pk=case)
    held = held_provider(provider)
    if Repair.objects.get(pk=pk).worker_id != post.pk:
        return False
    fits = heir is not None and works_for(heir, held) and open_with(heir) < held.cap
    return _by_clock(pk, held, _M.LEAVE, RepairGiven(worker=heir if fits else None), by, at)


def _by_clock(
    pk: int,
    provider: Provider,
    name: RepairMoveName,
    given: RepairGiven,
    by: Account,
    at: datetime,
) -> bool:
    row = Repair.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
    row.provider = provider
    move = repair_move_from(row.state, name, row.return_of_id is not None)
    if move is None:
        return False
    _settle(row, move, given, by, at)
    return True
