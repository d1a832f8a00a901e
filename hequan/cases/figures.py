"""Figures of the one window (办件指标): what is counted of what, as rows; and their weights.

A figure is a count of cases, of so many, and the share; a share of nothing is no figure, never 0
or 100. What is counted are facts of a case as it stood at a moment: `facts_of` says which hold,
the query says the same to the database. A set such as the 12345 way (12345考核口径) gives figures
weights; the weights are rule values, so a town changes one by closing a row and opening another.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hequan.cases.kinds import OPEN_STATES, CaseState, ClockKind, Result

PREFIX = "case.figures."
CITY_SET = "12345"
OUT_STATES = (CaseState.PUBLISHED, CaseState.RETURN_VISIT, CaseState.CLOSED)
ENDED_STATES = (CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.MERGED)


class Fact(StrEnum):
    """What may be true of a case at a moment."""

    RECEIVED = "received"
    OPEN = "open"
    ACCEPT_DECIDED = "accept_decided"
    ACCEPT_KEPT = "accept_kept"
    CONTACT_DECIDED = "contact_decided"
    CONTACT_KEPT = "contact_kept"
    SOLVE_DECIDED = "solve_decided"
    SOLVE_KEPT = "solve_kept"
    SOLVE_MISSED = "solve_missed"
    ANSWERED = "answered"
    SOLVED_REALLY = "solved_really"
    EXPLAINED = "explained"
    SOLVED = "solved"
    JUDGED = "judged"
    SAID_CONTACTED = "said_contacted"
    SAID_KIND = "said_kind"
    SATISFIED = "satisfied"
    SENT_BACK = "sent_back"
    EVER_ANSWERED = "ever_answered"
    REOPENED = "reopened"


class FigureName(StrEnum):
    """Which figures there are."""

    RECEIVED = "received"
    OPEN = "open"
    ACCEPTED_ON_TIME = "accepted_on_time"
    CONTACTED_ON_TIME = "contacted_on_time"
    ANSWERED_ON_TIME = "answered_on_time"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    SOLVED = "solved"
    SOLVED_REALLY = "solved_really"
    EXPLAINED = "explained"
    CONTACTED = "contacted"
    KIND = "kind"
    SATISFIED = "satisfied"
    SENT_BACK = "sent_back"
    REOPENED = "reopened"


class Dimension(StrEnum):
    """By what figures are told apart."""

    CLASS = "class"
    MATTER = "matter"
    UNIT = "unit"
    POST_KIND = "post_kind"
    POST = "post"


@dataclass(frozen=True)
class Figure:
    """One formula: cases of which both facts hold, of those of which `of` holds."""

    name: FigureName
    count: Fact
    of: Fact


_F, _N = Fact, FigureName
FIGURES: tuple[Figure, ...] = (
    Figure(_N.RECEIVED, _F.RECEIVED, _F.RECEIVED),
    Figure(_N.OPEN, _F.OPEN, _F.RECEIVED),
    Figure(_N.ACCEPTED_ON_TIME, _F.ACCEPT_KEPT, _F.ACCEPT_DECIDED),
    Figure(_N.CONTACTED_ON_TIME, _F.CONTACT_KEPT, _F.CONTACT_DECIDED),
    Figure(_N.ANSWERED_ON_TIME, _F.SOLVE_KEPT, _F.SOLVE_DECIDED),
    Figure(_N.OVERDUE, _F.SOLVE_MISSED, _F.SOLVE_DECIDED),
    Figure(_N.ANSWERED, _F.ANSWERED, _F.RECEIVED),
    Figure(_N.SOLVED, _F.SOLVED, _F.ANSWERED),
    Figure(_N.SOLVED_REALLY, _F.SOLVED_REALLY, _F.ANSWERED),
    Figure(_N.EXPLAINED, _F.EXPLAINED, _F.ANSWERED),
    Figure(_N.CONTACTED, _F.SAID_CONTACTED, _F.JUDGED),
    Figure(_N.KIND, _F.SAID_KIND, _F.JUDGED),
    Figure(_N.SATISFIED, _F.SATISFIED, _F.JUDGED),
    Figure(_N.SENT_BACK, _F.SENT_BACK, _F.RECEIVED),
    Figure(_N.REOPENED, _F.REOPENED, _F.EVER_ANSWERED),
)
BY_NAME: Mapping[FigureName, Figure] = {one.name: one for one in FIGURES}
# of a post, which one person holds, only what its head needs to even out the work: never how well
OF_A_POST = (_N.OPEN, _N.ACCEPTED_ON_TIME, _N.CONTACTED_ON_TIME, _N.ANSWERED_ON_TIME)

# what each fact says, for the reference
MEANINGS: Mapping[Fact, str] = {
    _F.RECEIVED: "opened in the span, and not merged into another case",
    _F.OPEN: "not closed, refused, withdrawn or merged",
    _F.ACCEPT_DECIDED: "accepted, or the limit for accepting ran out",
    _F.ACCEPT_KEPT: "accepted within the limit, in every round",
    _F.CONTACT_DECIDED: "the asker contacted, or the limit for the first contact ran out",
    _F.CONTACT_KEPT: "the asker contacted within the limit, in every round",
    _F.SOLVE_DECIDED: "an answer written, or the limit for answering ran out",
    _F.SOLVE_KEPT: "an answer written within the limit, in every round",
    _F.SOLVE_MISSED: "the limit for answering ran out before an answer, in any round",
    _F.ANSWERED: "its answer is published (a reopened case has none until the next)",
    _F.SOLVED_REALLY: "answered with 实际解决, and the asker did not say it is not solved",
    _F.EXPLAINED: "answered with 解释说明, and the asker did not say it is not solved",
    _F.SOLVED: "one of the two",
    _F.JUDGED: "the asker judged the last answer published",
    _F.SAID_CONTACTED: "she said that she had been contacted",
    _F.SAID_KIND: "she said that the manner was kind",
    _F.SATISFIED: "she said that she was satisfied",
    _F.SENT_BACK: "sent back by a handler at least once",
    _F.EVER_ANSWERED: "an answer was published at least once",
    _F.REOPENED: "reopened at least once",
}


@dataclass(frozen=True)
class Counted:
    """So many of so many."""

    count: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Return the share, None where there is nothing to take a share of."""
        return self.count / self.of if self.of else None

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.count + other.count, self.of + other.of)


@dataclass(frozen=True)
class Clock:
    """A limit and whether what it waits for was done."""

    due_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True)
class Judged:
    """What the asker said of the last answer published."""

    contacted: bool
    solved: bool
    kind: bool
    satisfied: bool


@dataclass(frozen=True)
class Stood:
    """A case as it stood after its last step by a moment; `at` is that step's."""

    state: CaseState
    at: datetime
    clocks: Mapping[ClockKind, Clock]
    round: int = 0
    result: str = ""
    sent_back_times: int = 0
    paused_at: datetime | None = None
    missed_before: frozenset[ClockKind] = frozenset()  # in an earlier round
    judged: Judged | None = None


def facts_of(case: Stood, now: datetime) -> frozenset[Fact]:
    """Return what is true of a case at a moment; nothing of one that was merged into another."""
    if case.state == CaseState.MERGED:
        return frozenset()
    found = {Fact.RECEIVED, *_clock_facts(case, now), *_answer_facts(case), *_asker_facts(case)}
    if case.state in OPEN_STATES:
        found.add(Fact.OPEN)
    if case.sent_back_times:
        found.add(Fact.SENT_BACK)
    return frozenset(found)


_CLOCK_FACTS = {
    ClockKind.ACCEPT: (Fact.ACCEPT_DECIDED, Fact.ACCEPT_KEPT),
    ClockKind.CONTACT: (Fact.CONTACT_DECIDED, Fact.CONTACT_KEPT),
    ClockKind.SOLVE: (Fact.SOLVE_DECIDED, Fact.SOLVE_KEPT),
}


def _clock_facts(case: Stood, now: datetime) -> set[Fact]:
    """A clock stands still in a pause, and stops where a case ends without an answer."""
    stops = case.at if case.state in ENDED_STATES else now
    found = set()
    for kind, (decided, kept) in _CLOCK_FACTS.items():
        clock = case.clocks[kind]
        ran_out = clock.due_at < (case.paused_at or stops)
        missed = kind in case.missed_before
        if clock.done_at is not None or ran_out or missed:
            found.add(decided)
            if not missed and _done_in_time(clock, case.paused_at):
                found.add(kept)
    if Fact.SOLVE_DECIDED in found and Fact.SOLVE_KEPT not in found:
        found.add(Fact.SOLVE_MISSED)
    return found


def _done_in_time(clock: Clock, paused_at: datetime | None) -> bool:
    """What is done while the case rests is in time if the limit had not run out before."""
    if clock.done_at is None:
        return False
    rested = paused_at is not None and paused_at <= min(clock.due_at, clock.done_at)
    return rested or clock.done_at <= clock.due_at


def _answer_facts(case: Stood) -> set[Fact]:
    found = {Fact.EVER_ANSWERED, Fact.REOPENED} if case.round else set()
    if case.state not in OUT_STATES:
        return found
    found |= {Fact.ANSWERED, Fact.EVER_ANSWERED}
    denied = case.judged is not None and not case.judged.solved
    if case.result == Result.SOLVED and not denied:
        found |= {Fact.SOLVED, Fact.SOLVED_REALLY}
    if case.result == Result.EXPLAINED and not denied:
        found |= {Fact.SOLVED, Fact.EXPLAINED}
    return found


def _asker_facts(case: Stood) -> set[Fact]:
    if case.judged is None:
        return set()
    said = {
        Fact.SAID_CONTACTED: case.judged.contacted,
        Fact.SAID_KIND: case.judged.kind,
        Fact.SATISFIED: case.judged.satisfied,
    }
    return {Fact.JUDGED, *(fact for fact, holds in said.items() if holds)}


def counted(cases: Collection[frozenset[Fact]], figure: Figure) -> Counted:
    """Return a figure of cases whose facts are known."""
    among = [facts for facts in cases if figure.of in facts]
    return Counted(sum(figure.count in facts for facts in among), len(among))


@dataclass(frozen=True)
class WeightedSet:
    """The weights of a set on a day; what the rules name and nobody knows is told apart."""

    name: str
    weights: Mapping[FigureName, float]
    unknown: tuple[str, ...] = ()

    def score(self, figures: Mapping[FigureName, Counted]) -> float | None:
        """Return weight times share summed up, None where any weighted share is no figure."""
        points = 0.0
        for name, weight in self.weights.items():
            share = figures[name].share
            if share is None:
                return None
            points += weight * share
        return points if self.weights else None


def weighted_set(name: str, rows: Mapping[str, float]) -> WeightedSet:
    """Return a set from its rule values, {code: weight}."""
    start = f"{PREFIX}{name}."
    told = {code.removeprefix(start): weight for code, weight in rows.items()}
    known = {FigureName(one): weight for one, weight in told.items() if one in set(FigureName)}
    return WeightedSet(name, known, tuple(sorted(one for one in told if one not in known)))
