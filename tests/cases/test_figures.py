"""Figures: what counts as what, in hand-made histories; a share of nothing is no figure."""

from datetime import datetime, timedelta

import pytest

from hequan.cases.figures import (
    BY_NAME,
    FIGURES,
    MEANINGS,
    Clock,
    Counted,
    Fact,
    FigureName,
    Judged,
    Stood,
    counted,
    facts_of,
    weighted_set,
)
from hequan.cases.kinds import CaseState, ClockKind
from tests.world import AT

pytestmark = pytest.mark.once
HOUR = timedelta(hours=1)
GLAD = Judged(contacted=True, solved=True, kind=True, satisfied=True)
SORRY = Judged(contacted=True, solved=False, kind=True, satisfied=False)
K, S = ClockKind, CaseState


def clocks(**done: datetime) -> dict[ClockKind, Clock]:
    """Limits of 4, 8 and 40 hours."""
    limits = {K.ACCEPT: 4, K.CONTACT: 8, K.SOLVE: 40}
    return {kind: Clock(AT + n * HOUR, done.get(str(kind))) for kind, n in limits.items()}


def stood(state: CaseState = S.CLOSED, **more) -> Stood:
    """A case answered in time, solved and closed."""
    done = {"accept": AT + HOUR, "contact": AT + 2 * HOUR, "solve": AT + 20 * HOUR}
    facts = {"at": AT + 30 * HOUR, "clocks": clocks(**done), "result": "solved"}
    return Stood(state, **(facts | more))


def figure(name: str, *cases: Stood, now: datetime = AT + 100 * HOUR) -> Counted:
    """A figure of these cases."""
    return counted([facts_of(one, now) for one in cases], BY_NAME[FigureName(name)])


def test_a_share_of_nothing_is_no_figure():
    assert Counted(0, 0).share is None
    assert Counted(0, 4).share == 0
    assert figure("satisfied", stood()) == Counted(0, 0)
    assert Counted(1, 2) + Counted(2, 3) == Counted(3, 5)


def test_a_clock_counts_once_it_is_decided():
    waiting = stood(S.DISPATCHED, clocks=clocks(), result="", at=AT)

    assert figure("accepted_on_time", waiting, now=AT + HOUR) == Counted(0, 0)
    assert figure("accepted_on_time", waiting, now=AT + 5 * HOUR) == Counted(0, 1)
    assert figure("answered_on_time", waiting, now=AT + 5 * HOUR) == Counted(0, 0)
    assert figure("overdue", waiting, now=AT + 41 * HOUR) == Counted(1, 1)
    assert figure("answered_on_time", stood()) == Counted(1, 1)
    late = stood(clocks=clocks(accept=AT, contact=AT, solve=AT + 41 * HOUR))
    assert figure("answered_on_time", late, stood()) == Counted(1, 2)


def test_a_paused_clock_stands_still():
    rests = {"paused_at": AT + 3 * HOUR, "at": AT + 3 * HOUR, "result": ""}
    paused = stood(S.PAUSED, clocks=clocks(accept=AT + HOUR), **rests)
    spoken_to = stood(S.PAUSED, clocks=clocks(accept=AT, contact=AT + 20 * HOUR), **rests)

    assert figure("overdue", paused) == Counted(0, 0)
    assert figure("contacted_on_time", paused) == Counted(0, 0)
    assert figure("contacted_on_time", spoken_to) == Counted(1, 1)


@pytest.mark.parametrize("state", [S.REFUSED, S.WITHDRAWN])
def test_a_case_that_ended_unanswered_is_late_only_if_it_was_late_then(state):
    early = stood(state, clocks=clocks(accept=AT), result="not_ours", at=AT + 9 * HOUR)
    late = stood(state, clocks=clocks(accept=AT), result="", at=AT + 50 * HOUR)

    assert figure("overdue", early) == Counted(0, 0)
    assert figure("overdue", late) == Counted(1, 1)
    assert figure("received", early) == Counted(1, 1)
    assert figure("solved", early, late) == Counted(0, 0)
    assert figure("open", early) == Counted(0, 1)


def test_a_merged_case_counts_nowhere():
    assert facts_of(stood(S.MERGED), AT) == frozenset()


def test_a_reopened_case_is_not_solved_and_stays_late_where_it_was_late():
    missed = frozenset({ClockKind.SOLVE})
    again = stood(
        S.HANDLING, clocks=clocks(), result="", round=1, missed_before=missed, judged=SORRY
    )

    assert figure("reopened", again, stood()) == Counted(1, 2)
    assert figure("solved", again, stood()) == Counted(1, 1)
    assert figure("satisfied", again) == Counted(0, 1)
    assert figure("overdue", again, now=AT) == Counted(1, 1)
    anew = stood(round=1, missed_before=missed, judged=GLAD)
    assert figure("answered_on_time", anew) == Counted(0, 1)
    assert figure("satisfied", anew) == Counted(1, 1)


def test_whoever_asked_says_whether_it_is_solved():
    denied = stood(S.RETURN_VISIT, judged=SORRY)
    told = stood(S.PUBLISHED, result="explained")

    assert figure("solved_really", stood(), denied, told) == Counted(1, 3)
    assert figure("explained", stood(), denied, told) == Counted(1, 3)
    assert figure("solved", stood(), denied, told) == Counted(2, 3)
    assert figure("contacted", denied, told) == Counted(1, 1)
    assert figure("solved", stood(result="unsolvable")) == Counted(0, 1)


def test_a_case_sent_back_counts_once_however_often():
    assert figure("sent_back", stood(sent_back_times=2), stood()) == Counted(1, 2)


def test_a_set_gives_weights_and_has_no_score_where_a_share_is_missing():
    rows = {"case.figures.x.satisfied": 40, "case.figures.x.overdue": -5, "case.figures.x.odd": 1}
    chosen = weighted_set("x", rows)
    figures = {name: Counted(1, 2) for name in FigureName}

    assert chosen.unknown == ("odd",)
    assert chosen.score(figures) == 17.5
    assert chosen.score(figures | {FigureName.SATISFIED: Counted(0, 0)}) is None
    assert weighted_set("x", {}).score(figures) is None


def test_every_formula_is_named_once_and_every_fact_explained():
    assert [one.name for one in FIGURES] == list(FigureName)
    assert set(MEANINGS) == set(Fact)
