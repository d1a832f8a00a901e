"""Load by post, and several cases given to one post: one that cannot go stops no other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.actions.bulk import Ticked, dispatch_many
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseStep
from hequan.cases.moves import MoveName
from hequan.cases.queries.load import load_of
from tests.roster.list_cast import post
from tests.world import AT

pytestmark = pytest.mark.django_db


def ticked(*cases):
    return [Ticked(one.pk, one.version) for one in cases]


def test_all_go_to_the_post_each_by_its_own_move(desk):
    cases = [desk.opened(matter_code="") for _ in range(3)]
    director = desk.lists.director
    fates = dispatch_many(ticked=ticked(*cases), post=director.pk, by=desk.dispatcher, at=AT)

    assert [(one.number, one.why_not) for one in fates] == [(one.number, "") for one in cases]
    assert set(Case.objects.values_list("post", flat=True)) == {director.pk}
    assert CaseStep.objects.filter(move=MoveName.DISPATCH).count() == 3


def test_what_cannot_go_says_why_and_the_others_go(desk):
    fine = desk.opened(matter_code="")
    moved = desk.opened()
    behind = ticked(moved)
    desk.moved(moved, MoveName.ACCEPT)
    answered = desk.moved(desk.opened(), MoveName.ACCEPT, MoveName.ANSWER)
    elsewhere = desk.opened(unit=desk.town.grids[5].pk)
    wanted = [*behind, *ticked(answered, elsewhere, fine)]
    fates = dispatch_many(ticked=wanted, post=desk.lists.director.pk, by=desk.dispatcher, at=AT)

    told = {one.number: one.why_not for one in fates}
    assert told[fine.number] == ""
    assert "已被他人处理" in told[moved.number]
    assert answered.number in told[answered.number]
    assert elsewhere.number not in told  # nobody learns the number of a case she may not open
    assert [one.number for one in fates].count("") == 1
    assert Case.objects.get(pk=elsewhere.pk).state == CaseState.TRIAGE


def test_a_handler_who_is_no_dispatcher_assigns_nothing(desk):
    case = desk.opened()
    fates = dispatch_many(ticked=ticked(case), post=desk.lists.director.pk, by=desk.handler, at=AT)

    assert fates[0].why_not
    assert Case.objects.get(pk=case.pk).post == desk.lists.head


def test_a_post_that_does_not_reach_the_place_gets_nothing(desk):
    case = desk.opened(matter_code="")
    away = post("grid_worker", "青松", unit=desk.town.grids[5])
    fates = dispatch_many(ticked=ticked(case), post=away.pk, by=desk.dispatcher, at=AT)

    assert fates[0].why_not
    assert Case.objects.get(pk=case.pk).post is None


def test_load_counts_what_is_open_near_due_and_overdue(desk):
    desk.opened(at=AT - timedelta(days=9))
    desk.opened()
    Case.objects.filter(pk=desk.opened().pk).update(due_at=AT + timedelta(days=3))
    desk.published()
    found = load_of(desk.dispatcher, None, AT)

    by_post = {one.post.pk: (one.open, one.soon, one.late) for one in found.posts()}
    assert by_post[desk.lists.head.pk] == (3, 1, 1)
    assert by_post[desk.lists.director.pk] == (0, 0, 0)
    assert found.counts() == {CaseState.TRIAGE: 0, CaseState.DISPATCHED: 3}
    assert load_of(desk.neighbour, None, AT).counts()[CaseState.DISPATCHED] == 0


def test_load_costs_the_same_however_much_there_is(desk):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            found = load_of(desk.dispatcher, None, AT)
            found.counts(), found.posts(), list(found.waiting(CaseState.DISPATCHED)[:25])
        return len(asked)

    desk.opened()
    cost()
    one = cost()
    for _ in range(5):
        desk.opened()
    post("grid_worker", "新来", unit=desk.town.grids[1])

    assert cost() == one <= 5
