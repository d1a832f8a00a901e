"""What each move of a repair order does to it (维修单各步): who has it, what it costs, its end.

Called with the provider's row locked: the count of open orders it reads cannot grow meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hequan.cases.access import is_held
from hequan.cases.models import PriceItem, Provider, Quote, QuoteLine, Repair
from hequan.cases.photos import Photo
from hequan.cases.queries.repair_turns import is_at_work, open_with, turns_of
from hequan.cases.repair_errors import (
    AmountError,
    CapReachedError,
    LineError,
    NobodyFreeError,
    PriceUnknownError,
    QuoteMissingError,
    WorkerUnfitError,
)
from hequan.cases.repairs import (
    MOST_COUNT,
    MOST_FEN,
    MOST_LINES,
    LineFacts,
    RepairMoveName,
    RepairState,
    choose_turn,
    must_agree,
    total_of,
)
from hequan.core.accounts import Account
from hequan.core.rule_values import rule_value
from hequan.people.kinds import BehalfBasis
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post

_M = RepairMoveName


@dataclass(frozen=True)
class RepairGiven:
    """What a move was given; which of it a move needs, the table says.

    `basis` is on what ground somebody answers for the asker; she herself gives none.
    """

    worker: Post | None = None
    lines: tuple[LineFacts, ...] = ()
    reason: str = ""
    note: str = ""
    photos: tuple[Photo, ...] = ()
    basis: BehalfBasis | None = None

    def words(self) -> str:
        """Return what the course shows."""
        return (self.reason or self.note).strip()


NOTHING = RepairGiven()


def is_free(row: Repair, post: Post, at: datetime) -> bool:
    """Tell whether a post may have the order now: at work for its provider, below the cap."""
    return (
        works_for(post, row.provider)
        and is_held(post, at)
        and is_at_work(post, at)
        and open_with(post, but=row) < row.provider.cap
    )


def works_for(post: Post, provider: Provider) -> bool:
    """Tell whether a post repairs for a provider."""
    is_theirs = post.organisation_id == provider.organisation_id
    return is_theirs and post.kind == PostKind.REPAIR_WORKER


def _give(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    """Give the order to a post; WorkerUnfitError, CapReachedError."""
    post = given.worker
    if post is None:
        raise NobodyFreeError
    if not (works_for(post, row.provider) and is_held(post, at) and is_at_work(post, at)):
        raise WorkerUnfitError(name=post.person.name)
    if open_with(post, but=row) >= row.provider.cap:
        raise CapReachedError(name=post.person.name, cap=row.provider.cap)
    row.worker, row.taken_at = post, at


def _turn(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    chosen = choose_turn(turns_of(row.provider, at), row.provider.cap)
    post = Post.objects.select_related("person").filter(pk=chosen or 0).first()
    _give(row, RepairGiven(worker=post), by, at)


def _give_back(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    row.worker = row.taken_at = None


# --- what it costs


def _quote(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    """Write a quote; where the asker need not agree, it stands at once."""
    if not 1 <= len(given.lines) <= MOST_LINES:
        raise QuoteMissingError(most=MOST_LINES)
    on = day_of(at)
    rows = [_line(row, number, one, at) for number, one in enumerate(given.lines, start=1)]
    total = total_of((one.price, one.count) for one in rows)
    if total > MOST_FEN:
        raise AmountError(most=MOST_FEN // 100)
    asks = must_agree(total, rule_value("repair.agree_above", on))
    quote = Quote.objects.create(
        repair=row, total=total, made_by=by, made_at=at, is_agreed=None if asks else True
    )
    for one in rows:
        one.quote = quote
    QuoteLine.objects.bulk_create(rows)
    row.state = RepairState.QUOTED if asks else RepairState.AGREED


def _line(row: Repair, number: int, facts: LineFacts, at: datetime) -> QuoteLine:
    on = day_of(at)
    if not 1 <= facts.count <= MOST_COUNT:
        raise LineError(line=number, most=MOST_COUNT)
    if facts.item is not None:
        in_force = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
        item = PriceItem.objects.filter(in_force, pk=facts.item, provider=row.provider).first()
        if item is None:
            raise PriceUnknownError
        told = (item.what, item.unit, item.price, item.warranty_days, "")
    else:
        item, said = None, (facts.what, facts.unit, facts.reason)
        if not all(one.strip() for one in said) or not 0 < facts.price <= MOST_FEN:
            raise LineError(line=number, most=MOST_COUNT)
        days = rule_value("repair.warranty_days", on)
        told = (facts.what.strip(), facts.unit.strip(), facts.price, days, facts.reason.strip())
    what, unit, price, days, reason = told
    return QuoteLine(
        item=item,
        what=what,
        unit=unit,
        price=price,
        count=facts.count,
        warranty_days=days,
        reason=reason,
    )


def _answer(is_agreed: bool) -> Callable[[Repair, RepairGiven, Account, datetime], None]:
    def answer(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
        quote = row.quotes.latest("pk")
        quote.is_agreed, quote.answered_by, quote.answered_at = is_agreed, by, at
        quote.basis = str(given.basis or "")
        quote.save()

    return answer


def _done(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    row.done_at, row.said = at, given.words()


def _ended(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    row.said = given.words() or row.said


def _leave(row: Repair, given: RepairGiven, by: Account, at: datetime) -> None:
    row.worker = given.worker


EFFECTS: dict[RepairMoveName, Callable[[Repair, RepairGiven, Account, datetime], None]] = {
    _M.TAKE: _give,
    _M.ASSIGN: _give,
    _M.TURN: _turn,
    _M.GIVE_BACK: _give_back,
    _M.QUOTE: _quote,
    _M.AGREE: _answer(True),
    _M.REFUSE: _answer(False),
    _M.FINISH: _done,
    _M.CANCEL: _ended,
    _M.LEAVE: _leave,
}
