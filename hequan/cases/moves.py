"""The moves of a case (流转): which there are, from where to where, who may, and what each needs.

One table; the actions ask it, the pages show what it allows, and the docs draw it. Several rows of
one move say that it leads elsewhere from elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hequan.cases.kinds import OPEN_STATES, CaseState


class MoveName(StrEnum):
    """What may be done with a case."""

    CLASSIFY = "classify"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    CONTACT = "contact"
    HAND_OVER = "hand_over"
    ASK_FOR_TIME = "ask_for_time"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    ANSWER = "answer"
    SETTLE = "settle"  # answered on the spot
    VERIFY = "verify"
    SEND_AGAIN = "send_again"
    PUBLISH = "publish"
    RATE_GOOD = "rate_good"
    RATE_BAD = "rate_bad"
    VISIT = "visit"
    REOPEN = "reopen"
    CLOSE_UNRATED = "close_unrated"
    WITHDRAW = "withdraw"
    SUPERVISE = "supervise"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    TAKE_UP = "take_up"  # another case was merged into this one
    LET_GO = "let_go"  # and taken out again


class Doer(StrEnum):
    """In what part somebody moves a case."""

    ASKER = "asker"
    FIRST = "first"  # the first responder, while the asker is there
    HANDLER = "handler"
    HELPER = "helper"  # was asked to help: opens the case, moves nothing but her own task
    DISPATCHER = "dispatcher"
    HEAD = "head"
    CLOCK = "clock"  # the nightly job
    ANOTHER_CASE = "another_case"  # whoever moves another case, and this one with it


@dataclass(frozen=True)
class Move:
    """One row of the table; `target` is None where the case stays as it stands.

    `or_else` is where it may go instead: where nobody holds the post any more it is routed anew,
    an answer that others have still to judge stays out, what was merged goes back where it stood.
    """

    name: MoveName
    sources: tuple[CaseState, ...]
    target: CaseState | None
    doers: tuple[Doer, ...]
    needs: tuple[str, ...] = ()
    or_else: tuple[CaseState, ...] = ()


_S, _M, _D = CaseState, MoveName, Doer
_WITH_HANDLER = (_S.DISPATCHED, _S.HANDLING)
_ROUTED_ANEW = (_S.DISPATCHED, _S.TRIAGE)
_BEFORE_ANSWER = (_S.TRIAGE, *_WITH_HANDLER, _S.PAUSED)
_BUT_MERGED = tuple(one for one in CaseState if one != _S.MERGED)

MOVES: tuple[Move, ...] = (
    Move(
        *(_M.CLASSIFY, (_S.TRIAGE,), _S.DISPATCHED, (_D.DISPATCHER,), ("matter",)),
        or_else=(_S.TRIAGE,),
    ),
    Move(_M.DISPATCH, (_S.TRIAGE, *_WITH_HANDLER), _S.DISPATCHED, (_D.DISPATCHER,), ("post",)),
    Move(_M.ACCEPT, (_S.DISPATCHED,), _S.HANDLING, (_D.HANDLER,)),
    Move(_M.SEND_BACK, _WITH_HANDLER, _S.TRIAGE, (_D.HANDLER,), ("reason",)),
    Move(_M.REFUSE, (_S.TRIAGE, _S.DISPATCHED), _S.REFUSED, (_D.DISPATCHER,), ("ground",)),
    Move(_M.CONTACT, (*_WITH_HANDLER, _S.PAUSED), None, (_D.HANDLER,), ("note",)),
    Move(_M.HAND_OVER, _WITH_HANDLER, _S.DISPATCHED, (_D.HANDLER,), ("post",)),
    Move(_M.ASK_FOR_TIME, _WITH_HANDLER, None, (_D.HANDLER,), ("reason",)),
    Move(_M.PAUSE, (_S.HANDLING,), _S.PAUSED, (_D.HEAD,), ("reason",)),
    Move(_M.RESUME, (_S.PAUSED,), _S.HANDLING, (_D.HANDLER, _D.HEAD)),
    Move(_M.EXTEND, _WITH_HANDLER, None, (_D.HEAD,), ("reason", "days")),
    Move(_M.ANSWER, (_S.HANDLING,), _S.ANSWERED, (_D.HANDLER,), ("result", "answer")),
    Move(
        *(_M.SETTLE, (_S.TRIAGE, _S.DISPATCHED), _S.PUBLISHED, (_D.FIRST,)),
        needs=("result", "answer"),
    ),
    Move(_M.VERIFY, (_S.ANSWERED,), _S.VERIFIED, (_D.DISPATCHER,)),
    Move(
        *(_M.SEND_AGAIN, (_S.ANSWERED, _S.VERIFIED), _S.HANDLING, (_D.DISPATCHER,), ("reason",)),
        or_else=_ROUTED_ANEW,
    ),
    Move(_M.PUBLISH, (_S.VERIFIED,), _S.PUBLISHED, (_D.HANDLER, _D.DISPATCHER)),
    Move(
        *(_M.RATE_GOOD, (_S.PUBLISHED,), _S.CLOSED, (_D.ASKER,), ("rating",)),
        or_else=(_S.PUBLISHED,),  # others have still to judge it
    ),
    Move(_M.RATE_BAD, (_S.PUBLISHED,), _S.RETURN_VISIT, (_D.ASKER,), ("rating",)),
    Move(_M.RATE_GOOD, (_S.RETURN_VISIT,), None, (_D.ASKER,), ("rating",)),
    Move(_M.RATE_BAD, (_S.RETURN_VISIT,), None, (_D.ASKER,), ("rating",)),
    Move(_M.VISIT, (_S.RETURN_VISIT,), _S.CLOSED, (_D.DISPATCHER,), ("note",)),
    Move(
        *(_M.REOPEN, (_S.RETURN_VISIT,), _S.HANDLING, (_D.DISPATCHER,), ("reason",)),
        or_else=_ROUTED_ANEW,
    ),
    Move(
        *(_M.REOPEN, (_S.CLOSED,), _S.HANDLING, (_D.ASKER, _D.DISPATCHER), ("reason",)),
        or_else=_ROUTED_ANEW,
    ),
    Move(_M.CLOSE_UNRATED, (_S.PUBLISHED,), _S.CLOSED, (_D.CLOCK,)),
    Move(_M.WITHDRAW, _BEFORE_ANSWER, _S.WITHDRAWN, (_D.ASKER, _D.DISPATCHER), ("reason",)),
    Move(_M.SUPERVISE, OPEN_STATES, None, (_D.HEAD,), ("note",)),
    Move(_M.MERGE, _BEFORE_ANSWER, _S.MERGED, (_D.DISPATCHER,), ("lead",)),
    Move(
        *(_M.UNMERGE, (_S.MERGED,), _S.HANDLING, (_D.DISPATCHER,)),
        or_else=(_S.DISPATCHED, _S.TRIAGE, _S.PAUSED),  # where it stood before
    ),
    Move(_M.SPLIT, _BEFORE_ANSWER, None, (_D.DISPATCHER,), ("parts",)),
    Move(_M.TAKE_UP, OPEN_STATES, None, (_D.ANOTHER_CASE,)),
    Move(_M.LET_GO, _BUT_MERGED, None, (_D.ANOTHER_CASE,)),
)
WITH_OTHERS = (_M.MERGE, _M.UNMERGE, _M.SPLIT, _M.TAKE_UP, _M.LET_GO)


def move_from(state: str, name: MoveName) -> Move | None:
    """Return the row of a move from a state, None where the table has none."""
    return next((one for one in MOVES if one.name == name and state in one.sources), None)


def moves_of(state: str, doers: Iterable[Doer]) -> tuple[Move, ...]:
    """Return what somebody in these parts may do with a case in this state, in table order."""
    parts = set(doers)
    return tuple(one for one in MOVES if state in one.sources and parts & set(one.doers))
