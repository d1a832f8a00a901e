"""The moves of a mediation record (调解流转): from where to where, who may, what each needs.

One small table, as for cases; the actions ask it and the pages show what it allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hequan.cases.dispute_kinds import DisputeState


class DisputeMoveName(StrEnum):
    """What may be done with a mediation record."""

    ASSIGN = "assign"
    SIT = "sit"
    AGREE = "agree"
    NO_AGREEMENT = "no_agreement"
    WITHDRAW = "withdraw"
    HAND_ON = "hand_on"
    KEEP_TERM = "keep_term"
    VISIT = "visit"
    CLOSE = "close"
    ADD_PARTY = "add_party"


class DisputeDoer(StrEnum):
    """In what part somebody moves a record."""

    OPENER = "opener"  # while nobody is named
    HEAD = "head"
    MEDIATOR = "mediator"


@dataclass(frozen=True)
class DisputeMove:
    """One row of the table; `target` is None where the record stays as it stands."""

    name: DisputeMoveName
    sources: tuple[DisputeState, ...]
    target: DisputeState | None
    doers: tuple[DisputeDoer, ...]
    needs: tuple[str, ...] = ()


_S, _M, _D = DisputeState, DisputeMoveName, DisputeDoer
_BEFORE_AGREEMENT = (_S.ASKED, _S.MEDIATING)

DISPUTE_MOVES: tuple[DisputeMove, ...] = (
    DisputeMove(_M.SIT, (_S.MEDIATING,), None, (_D.MEDIATOR,), ("held_at", "place", "said")),
    DisputeMove(
        *(_M.AGREE, (_S.MEDIATING,), _S.AGREED, (_D.MEDIATOR,)),
        needs=("agreement", "signed_on", "terms"),
    ),
    DisputeMove(_M.KEEP_TERM, (_S.AGREED,), None, (_D.MEDIATOR,), ("term", "on")),
    DisputeMove(_M.VISIT, (_S.AGREED,), None, (_D.MEDIATOR,), ("visit", "on", "said")),
    DisputeMove(_M.CLOSE, (_S.AGREED,), _S.CLOSED, (_D.MEDIATOR,)),
    DisputeMove(_M.ASSIGN, (_S.ASKED,), _S.MEDIATING, (_D.HEAD,), ("mediators",)),
    DisputeMove(_M.ASSIGN, (_S.MEDIATING, _S.AGREED), None, (_D.HEAD,), ("mediators",)),
    DisputeMove(_M.ADD_PARTY, _BEFORE_AGREEMENT, None, tuple(_D), ("parties",)),
    DisputeMove(_M.NO_AGREEMENT, (_S.MEDIATING,), _S.CLOSED, (_D.MEDIATOR,), ("reason",)),
    DisputeMove(_M.WITHDRAW, _BEFORE_AGREEMENT, _S.CLOSED, tuple(_D), ("reason",)),
    DisputeMove(
        *(_M.HAND_ON, (_S.MEDIATING, _S.AGREED), _S.CLOSED, (_D.MEDIATOR, _D.HEAD)),
        needs=("ending", "reason"),
    ),
)


def dispute_move_from(state: str, name: DisputeMoveName) -> DisputeMove | None:
    """Return the row of a move from a state, None where the table has none."""
    return next((one for one in DISPUTE_MOVES if one.name == name and state in one.sources), None)


def dispute_moves_of(state: str, doers: Iterable[DisputeDoer]) -> tuple[DisputeMove, ...]:
    """Return what somebody in these parts may do with a record, in table order."""
    parts = set(doers)
    return tuple(one for one in DISPUTE_MOVES if state in one.sources and parts & set(one.doers))
