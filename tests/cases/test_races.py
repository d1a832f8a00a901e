"""Two hands on one case at one moment: one wins, the other is told; real processes."""

import pytest
from django.db import connection

from hequan.cases.actions import Given, Judgement, make_any_move, make_move, rate_answer
from hequan.cases.actions import moving as moving_module
from hequan.cases.models import Case, CaseStep, Rating
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import system_account
from hequan.core.errors import HequanError
from tests.cases.cast import make_desk
from tests.forked import at_once
from tests.world import AT, make_world

HANDS = 4
pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture
def town(transactional_db):
    """The small town, committed."""
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    return make_desk(make_world())


def told(act):
    """Carry it out; return what was said."""
    try:
        act()
    except HequanError as error:
        return type(error).__name__
    return "done"


def supervise(case, by):
    """A move that leaves the state as it is, so that only the version can tell."""
    given = Given(note="请抓紧")
    make_move(case=case, name=MoveName.SUPERVISE, doers={Doer.HEAD}, given=given, by=by, at=AT)


def test_of_moves_at_one_moment_one_wins_and_the_others_are_told(town):
    case, by = town.opened(), system_account()
    said = at_once(HANDS, lambda _: told(lambda: supervise(case, by)))

    assert sorted(said) == ["MovedMeanwhileError"] * (HANDS - 1) + ["done"]
    assert CaseStep.objects.filter(case=case).count() == 2
    assert Case.objects.get(pk=case.pk).version == 1


def test_without_the_guard_all_of_them_would_move_it(town, monkeypatch):
    """The version is what holds: without asking it every hand makes its step."""
    case, by = town.opened(), system_account()
    monkeypatch.setattr(moving_module, "locked", lambda one: Case.objects.get(pk=one.pk))
    said = at_once(HANDS, lambda _: told(lambda: supervise(case, by)))

    assert said == ["done"] * HANDS
    assert CaseStep.objects.filter(case=case).count() == HANDS + 1


def test_of_mergers_in_opposite_directions_one_wins_and_the_other_is_told(town):
    cases, by = (town.opened(), town.opened()), system_account()

    def merge(hand):
        case, lead = cases[hand % 2], cases[1 - hand % 2]
        given = Given(lead=lead)
        doers = {Doer.DISPATCHER}
        make_any_move(case=case, name=MoveName.MERGE, doers=doers, given=given, by=by, at=AT)

    said = at_once(2, lambda hand: told(lambda: merge(hand)))

    assert sorted(said) == ["MovedMeanwhileError", "done"]
    assert Case.objects.filter(state="merged").count() == 1
    assert sorted(Case.objects.values_list("version", flat=True)) == [1, 1]


def test_one_form_sent_at_one_moment_by_many_is_one_case(town):
    found = at_once(HANDS, lambda _: town.opened(form_key="one-form").pk)

    assert len(set(found)) == 1
    assert Case.objects.count() == 1


def test_one_answer_is_judged_once(town):
    case, by = town.published(), system_account()
    judged = Judgement(True, True, True, True)
    said = at_once(
        HANDS, lambda _: told(lambda: rate_answer(case=case, judgement=judged, by=by, at=AT))
    )

    assert said.count("done") == 1
    assert Rating.objects.count() == 1
