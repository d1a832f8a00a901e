"""The moves of a task of help (协同任务): how a helper's part of a case goes, and who may move it.

The lead of a case, its handler or dispatcher, asks others to help; each has a task with words and a
clock of its own. One small table, as of cases: the actions ask it, the pages show what it allows,
and the docs draw it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hequan.cases.kinds import CaseState


class HelpState(StrEnum):
    """How a task of help stands."""

    ASKED = "asked"
    TAKEN_ON = "taken_on"
    DONE = "done"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class HelpMoveName(StrEnum):
    """What may be done with a task of help; the course of the case calls it the same."""

    TAKE_ON = "help_take_on"
    DECLINE = "help_decline"
    FINISH = "help_finish"
    TAKE_BACK = "help_take_back"
    HAND_OVER = "help_hand_over"
    LAPSE = "help_lapse"


class HelpPart(StrEnum):
    """In what part somebody moves a task."""

    LEAD = "lead"  # handles or dispatches the case
    HELPER = "helper"
    CLOCK = "clock"  # what time, leaving or the end of the case brings


class VisitState(StrEnum):
    """How a joint visit to the place stands (联合踏勘)."""

    SET = "set"
    HELD = "held"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class HelpMove:
    """One row of the table; `target` is None where the task stays as it stands."""

    name: HelpMoveName
    sources: tuple[HelpState, ...]
    target: HelpState | None
    parts: tuple[HelpPart, ...]
    needs_words: bool = False


_S, _M, _P = HelpState, HelpMoveName, HelpPart
OPEN_HELP = (_S.ASKED, _S.TAKEN_ON)

HELP_MOVES: tuple[HelpMove, ...] = (
    HelpMove(_M.TAKE_ON, (_S.ASKED,), _S.TAKEN_ON, (_P.HELPER,)),
    HelpMove(_M.FINISH, OPEN_HELP, _S.DONE, (_P.HELPER,), needs_words=True),
    HelpMove(_M.DECLINE, OPEN_HELP, _S.DECLINED, (_P.HELPER,), needs_words=True),
    HelpMove(_M.TAKE_BACK, OPEN_HELP, _S.TAKEN_BACK, (_P.LEAD,), needs_words=True),
    HelpMove(_M.HAND_OVER, OPEN_HELP, None, (_P.CLOCK,)),  # to the heir of an ended post
    HelpMove(_M.LAPSE, OPEN_HELP, _S.TAKEN_BACK, (_P.CLOCK,)),  # no heir, or the case has ended
)
# where a case may stand while its lead asks for help, sets visits and lists works
MAY_ASK = (CaseState.TRIAGE, CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED)


def help_move_from(state: str, name: HelpMoveName) -> HelpMove | None:
    """Return the row of a move from a state, None where the table has none."""
    return next((one for one in HELP_MOVES if one.name == name and state in one.sources), None)


def help_moves_of(state: str, parts: Iterable[HelpPart]) -> tuple[HelpMove, ...]:
    """Return what somebody in these parts may do with a task in this state, in table order."""
    held = set(parts)
    return tuple(one for one in HELP_MOVES if state in one.sources and held & set(one.parts))
