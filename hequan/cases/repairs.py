"""The rules of the repair desk (物管家): how a repair order goes, whose turn it is, what it costs.

A repair order 维修单 belongs to a case, which stays the one door: its clock, its asker's judgement,
her link. One table of moves, as of cases: the actions ask it, the pages show what it allows, and
the docs draw it. Money is whole fen, never a fraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

WHAT_LENGTH, UNIT_LENGTH = 80, 16
MOST_FEN = 100_000_000  # a million yuan
MOST_COUNT = 9_999
MOST_LINES = 30
MOST_CAP = 50
MOST_DAYS = 3_650


class RepairState(StrEnum):
    """How a repair order stands."""

    OFFERED = "offered"
    TAKEN = "taken"
    QUOTED = "quoted"
    REFUSED = "refused"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    DONE = "done"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class RepairMoveName(StrEnum):
    """What may be done with a repair order; the course of the case calls it the same."""

    TAKE = "repair_take"
    ASSIGN = "repair_assign"
    TURN = "repair_turn"
    GIVE_BACK = "repair_give_back"
    QUOTE = "repair_quote"
    AGREE = "repair_agree"
    REFUSE = "repair_refuse"
    START = "repair_start"
    FINISH = "repair_finish"
    ACCEPT = "repair_accept"
    RETURN = "repair_return"
    CANCEL = "repair_cancel"
    LAPSE = "repair_lapse"
    LEAVE = "repair_leave"


class RepairPart(StrEnum):
    """In what part somebody moves a repair order."""

    ASKER = "asker"
    DESK = "desk"  # handles or dispatches the case, or took it in; not of the provider
    DISPATCHER = "dispatcher"  # of the provider
    WORKER = "worker"
    CLOCK = "clock"  # what a turn, the end of a post or of the case brings


class DispatchMode(StrEnum):
    """How a provider's orders come to its workers (派单方式)."""

    GRAB = "grab"  # 抢单: the first taker has it
    ASSIGN = "assign"  # 派单: the dispatcher names who
    ROTATE = "rotate"  # 轮派: by turns


@dataclass(frozen=True)
class RepairMove:
    """One row of the table; `target` is None where the order stays as it stands.

    `returns`: only for a warranty return (True), never for one (False), or for both (None).
    `or_else` is where a quote leads that the asker need not agree to.
    """

    name: RepairMoveName
    sources: tuple[RepairState, ...]
    target: RepairState | None
    parts: tuple[RepairPart, ...]
    needs: tuple[str, ...] = ()
    returns: bool | None = None
    or_else: RepairState | None = None


_S, _M, _P = RepairState, RepairMoveName, RepairPart
WITH_WORKER = (_S.TAKEN, _S.QUOTED, _S.REFUSED, _S.AGREED, _S.UNDER_WAY)
OPEN_REPAIRS = (_S.OFFERED, *WITH_WORKER)
_BY_PROVIDER = (_P.WORKER, _P.DISPATCHER)
_BY_ASKER = (_P.ASKER, _P.DESK)
_IN_TURN = (_P.DISPATCHER, _P.CLOCK)

REPAIR_MOVES: tuple[RepairMove, ...] = (
    RepairMove(_M.TAKE, (_S.OFFERED,), _S.TAKEN, (_P.WORKER,), ("worker",)),
    RepairMove(
        _M.QUOTE, WITH_WORKER, _S.QUOTED, _BY_PROVIDER, ("lines", "before"), False, _S.AGREED
    ),
    RepairMove(_M.AGREE, (_S.QUOTED,), _S.AGREED, _BY_ASKER),
    RepairMove(_M.REFUSE, (_S.QUOTED,), _S.REFUSED, _BY_ASKER),
    RepairMove(_M.START, (_S.AGREED,), _S.UNDER_WAY, _BY_PROVIDER),
    RepairMove(_M.START, (_S.TAKEN,), _S.UNDER_WAY, _BY_PROVIDER, ("before",), True),
    RepairMove(_M.FINISH, (_S.UNDER_WAY,), _S.DONE, _BY_PROVIDER, ("after",)),
    RepairMove(_M.ACCEPT, (_S.DONE,), _S.ACCEPTED, _BY_ASKER),
    RepairMove(_M.TURN, (_S.OFFERED,), _S.TAKEN, _IN_TURN),
    RepairMove(_M.ASSIGN, (_S.OFFERED,), _S.TAKEN, (_P.DISPATCHER,), ("worker",)),
    RepairMove(_M.ASSIGN, WITH_WORKER, None, (_P.DISPATCHER,), ("worker",)),
    RepairMove(_M.GIVE_BACK, (_S.TAKEN,), _S.OFFERED, (_P.WORKER,), ("reason",)),
    RepairMove(_M.CANCEL, OPEN_REPAIRS, _S.CANCELLED, (_P.DISPATCHER, _P.DESK), ("reason",)),
    # a return is an order of its own, beside the one that did not hold
    RepairMove(_M.RETURN, (_S.DONE, _S.ACCEPTED), None, _BY_ASKER, ("reason",), False),
    RepairMove(_M.LEAVE, WITH_WORKER, None, (_P.CLOCK,)),  # the worker's post has ended
    RepairMove(_M.LAPSE, OPEN_REPAIRS, _S.CANCELLED, (_P.CLOCK,)),  # the case has ended
)


def repair_moves_of(
    state: str, parts: Iterable[RepairPart], is_return: bool
) -> tuple[RepairMove, ...]:
    """Return what somebody in these parts may do with an order as it stands, in table order."""
    held = set(parts)
    return tuple(
        one
        for one in REPAIR_MOVES
        if state in one.sources and held & set(one.parts) and one.returns in (None, is_return)
    )


def repair_move_from(state: str, name: RepairMoveName, is_return: bool) -> RepairMove | None:
    """Return the row of a move from a state, None where the table has none."""
    rows = repair_moves_of(state, RepairPart, is_return)
    return next((one for one in rows if one.name == name), None)


# --- whose turn it is


@dataclass(frozen=True)
class Turn:
    """A worker who is there today: how many orders are open, and when the last one came."""

    worker: int
    open: int
    last: tuple[datetime, int] | None = None  # moment, and the order for two at one moment


def choose_turn(turns: Iterable[Turn], cap: int) -> int | None:
    """Return the worker below the cap whose last order lies longest back; None for nobody free.

    Who never had one comes first; among equals whoever is longer in the books.
    """
    free = [one for one in turns if one.open < cap]
    if not free:
        return None
    first = min(free, key=lambda one: (one.last is not None, one.last or (), one.worker))
    return first.worker


# --- what it costs


@dataclass(frozen=True)
class PriceFacts:
    """One row of a price list (价目表): what and its unit, how many fen, covered how long."""

    what: str
    unit: str
    price: int
    warranty_days: int


@dataclass(frozen=True)
class LineFacts:
    """One line of a quote: how many of a price item, or a line of one's own with its reason."""

    count: int
    item: int | None = None
    what: str = ""
    unit: str = ""
    price: int = 0
    reason: str = ""


def total_of(lines: Iterable[tuple[int, int]]) -> int:
    """Return the sum in fen of lines given as price and count."""
    return sum(price * count for price, count in lines)


def must_agree(total: int, above: int) -> bool:
    """Tell whether the asker is to agree before work begins: to more than `above` fen."""
    return total > above


def covered_until(done_on: date, days: int) -> date | None:
    """Return the last day of a warranty of so many days, None for none."""
    return done_on + timedelta(days=days) if days > 0 else None
