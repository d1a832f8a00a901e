"""What happens next to a case of the demo (演示工单的走向): one act and its moment.

Plain values in and out, drawn from the case's key and how it stands, from nothing that is kept
elsewhere: whoever was killed half-way through a year goes on as if she had not been. Those who
work act in office hours, some of them late; residents act when they are awake.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from hequan.cases.helping import HelpMoveName
from hequan.cases.kinds import CaseState, TriageReason
from hequan.cases.moves import MoveName
from hequan.cases.working_time import OfficeHours
from hequan.demo.chance import stream

HELP_ASKED = "help_ask"
_M, _S = MoveName, CaseState
_SHORT = 1800  # seconds of office time below which a limit runs around the clock
_LATE, _SUPERVISED, _AGAIN, _VISITED_ONLY = 0.06, 0.5, 0.03, 0.65
_RATED, _BAD, _REOPENED = 0.48, 0.09, 0.015
_QUICK = (_M.PUBLISH, _M.RESUME, _M.EXTEND)


class Twist(StrEnum):
    """What is not usual about the course of a case."""

    NONE = "none"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SENT_BACK = "sent_back"
    PAUSED = "paused"
    LONGER = "longer"
    HELPED = "helped"
    HANDED_OVER = "handed_over"


_TWISTS = (
    (Twist.REFUSED, 0.015),
    (Twist.WITHDRAWN, 0.015),
    (Twist.MERGED, 0.04),
    (Twist.SENT_BACK, 0.025),
    (Twist.PAUSED, 0.02),
    (Twist.LONGER, 0.03),
    (Twist.HELPED, 0.04),
    (Twist.HANDED_OVER, 0.01),
)
_IN_HAND = {
    Twist.PAUSED: _M.PAUSE,
    Twist.LONGER: _M.ASK_FOR_TIME,
    Twist.HANDED_OVER: _M.HAND_OVER,
    Twist.HELPED: HELP_ASKED,
}
_AT_FIRST = {
    Twist.REFUSED: _M.REFUSE,
    Twist.WITHDRAWN: _M.WITHDRAW,
    Twist.MERGED: _M.MERGE,
    Twist.SENT_BACK: _M.SEND_BACK,
}
_AFTER = {_M.ASK_FOR_TIME: _M.EXTEND, HELP_ASKED: HelpMoveName.FINISH}
_OF_RESIDENTS = (_M.WITHDRAW, _M.RATE_GOOD, _M.RATE_BAD)


@dataclass(frozen=True)
class Standing:
    """How a case stands: what the next act is told from; `last` names the last step."""

    state: CaseState
    last: str
    since: datetime
    due_at: datetime | None
    version: int
    has_post: bool
    triage_reason: str = ""
    was_contacted: bool = False
    was_reopened: bool = False
    is_supervised: bool = False


@dataclass(frozen=True)
class Act:
    """What is done next, and when."""

    name: str
    when: datetime


def twist_of(seed: int, key: str) -> Twist:
    """Return what is unusual about a case, mostly nothing; the same for the same key."""
    drawn = float(stream(seed, f"{key}/twist").random())
    for twist, share in _TWISTS:
        if drawn < share:
            return twist
        drawn -= share
    return Twist.NONE


def next_act(now: Standing, key: str, seed: int, hours: OfficeHours) -> Act | None:
    """Return what happens next to a case, None where nobody does anything any more."""
    rng = stream(seed, f"{key}/{now.version}/{now.last}")
    name = _name(now, twist_of(seed, key), rng)
    if name is None:
        return None
    when = _moment(name, now, rng, hours)
    told = None if now.due_at is None else now.due_at + timedelta(days=1)
    is_late = told is not None and when > told > now.since
    if is_late and told and not now.is_supervised and rng.random() < _SUPERVISED:
        return Act(_M.SUPERVISE, hours.after(told, int(rng.integers(600, 7200))))
    return Act(name, when)


def _name(now: Standing, twist: Twist, rng: np.random.Generator) -> str | None:
    if now.state == _S.TRIAGE:
        return _in_triage(now, twist)
    if now.state == _S.DISPATCHED:
        if not now.has_post:
            return _M.DISPATCH
        return _AT_FIRST.get(twist, _M.ACCEPT) if now.last == "open" else _M.ACCEPT
    if now.state == _S.HANDLING:
        return _in_hand(now, twist)
    if now.state == _S.ANSWERED:
        return _M.SEND_AGAIN if rng.random() < _AGAIN else _M.VERIFY
    if now.state == _S.RETURN_VISIT:
        return _M.VISIT if rng.random() < _VISITED_ONLY else _M.REOPEN
    if now.state == _S.PUBLISHED:
        return None if now.last == _M.RATE_GOOD else _judged(rng)
    if now.state == _S.CLOSED:
        reopened = now.last == _M.RATE_GOOD and not now.was_reopened and rng.random() < _REOPENED
        return _M.REOPEN if reopened else None
    return {_S.PAUSED: _M.RESUME, _S.VERIFIED: _M.PUBLISH}.get(now.state)


def _in_triage(now: Standing, twist: Twist) -> str:
    if twist == Twist.REFUSED:
        return _M.REFUSE
    unknown = now.triage_reason in (TriageReason.NO_CLASS, TriageReason.NO_PLACE)
    return _M.CLASSIFY if unknown else _M.DISPATCH


def _in_hand(now: Standing, twist: Twist) -> str:
    if not now.was_contacted:
        return _M.CONTACT
    if now.last == _M.CONTACT and not now.was_reopened:
        return _IN_HAND.get(twist, _M.ANSWER)
    return _AFTER.get(now.last, _M.ANSWER)


def _judged(rng: np.random.Generator) -> str | None:
    if rng.random() >= _RATED:
        return None  # closed by the night, unrated
    return _M.RATE_BAD if rng.random() < _BAD else _M.RATE_GOOD


def _moment(name: str, now: Standing, rng: np.random.Generator, hours: OfficeHours) -> datetime:
    if name in _OF_RESIDENTS or (name == _M.REOPEN and now.state == _S.CLOSED):
        return _awake(now.since + timedelta(days=0.05 + 5 * float(rng.random()) ** 2), hours)
    if name == _M.RESUME:
        return hours.after(now.since, int(rng.integers(8, 60)) * 3600)
    if name in _QUICK or now.due_at is None or now.due_at <= now.since:
        return hours.after(now.since, int(rng.integers(900, 5 * 3600)))
    share = 0.03 + 0.8 * float(rng.random()) ** 1.5
    if rng.random() < _LATE:
        share = 1.05 + float(rng.random())
    worked = hours.worked(now.since, now.due_at)
    if worked < _SHORT:
        left = (now.due_at - now.since).total_seconds()
        return now.since + timedelta(seconds=round(left * share))
    return hours.after(now.since, round(worked * share))


def _awake(when: datetime, hours: OfficeHours) -> datetime:
    local = when.astimezone(hours.zone)
    return local.replace(hour=min(max(local.hour, 8), 21))
