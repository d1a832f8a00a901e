"""One visit, several matters: each its own case, all of one visitor, nothing half-written."""

from datetime import timedelta

import pytest

from hequan.cases.access import basket_for, basket_with_link
from hequan.cases.actions import OnTheSpot, take_in_matter
from hequan.cases.errors import LacksError, LinkUnknownError, NoSuchCaseError, VisitOverError
from hequan.cases.kinds import CaseChannel, CaseState, Result
from hequan.cases.models import Basket, BasketEntry, Case, Follower
from hequan.cases.moves import MoveName as M
from hequan.cases.queries import basket_sheet
from hequan.core.audit import AuditEntry
from tests.cases.cast import LIFT
from tests.world import AT

pytestmark = pytest.mark.django_db
WHO = {"contact_name": "李小四", "contact_phone": "13612340004"}
TOLD = OnTheSpot(Result.EXPLAINED, "带身份证")


def taken(desk, visit=None, told=None, follows=None, at=AT, **more):
    asking = desk.asking(channel=CaseChannel.COUNTER, **more)
    by = desk.dispatcher
    entry = take_in_matter(asking=asking, visit=visit, told=told, follows=follows, by=by, at=at)
    return entry.basket


def cases_of(visit):
    return [one.case for one in visit.entries.select_related("case")]


def test_three_matters_of_a_visit_are_three_cases_of_one_visitor(desk):
    other = desk.opened(words="电梯停了", matter_code=LIFT)
    visit = taken(desk, **WHO)
    again = taken(desk, visit, TOLD, words="居住证带什么")
    taken(desk, visit, follows=other, words="电梯我也遇到")
    first, second, third = cases_of(visit)

    assert again.pk == visit.pk
    assert (first.state, first.post) == (CaseState.DISPATCHED, desk.lists.head)
    assert (second.state, second.due_at) == (CaseState.PUBLISHED, None)
    assert third == other
    assert second.contact_name == Follower.objects.get().contact_name == "李小四"
    assert second.contact_phone.open() == WHO["contact_phone"]
    assert AuditEntry.objects.filter(verb="cases.visit_served").count() == 3


def test_whoever_is_known_comes_with_every_matter(desk):
    visit = taken(desk, asker=desk.town.cast.resident.pk)
    taken(desk, visit, words="还有一件")

    assert {one.asker for one in cases_of(visit)} == {desk.town.cast.resident}
    assert visit.asker == desk.town.cast.resident


def test_nobody_known_may_still_tell_her_name_with_the_next(desk):
    visit = taken(desk)
    taken(desk, visit, **WHO)

    assert [one.contact_name for one in cases_of(visit)] == ["", "李小四"]


def test_the_same_form_twice_is_one_matter_of_one_visit(desk):
    first, again = taken(desk, form_key="k"), taken(desk, form_key="k")
    taken(desk, first, form_key="next")
    taken(desk, first, form_key="next")
    followed = [taken(desk, follows=cases_of(first)[0], form_key="f") for _ in range(2)]

    assert first.pk == again.pk
    assert followed[0].pk == followed[1].pk != first.pk
    assert (Case.objects.count(), BasketEntry.objects.count()) == (2, 3)


def test_a_visit_of_hours_ago_takes_nothing_more_in(desk):
    visit = taken(desk)
    with pytest.raises(VisitOverError):
        taken(desk, visit, at=AT + timedelta(hours=4, seconds=1))

    taken(desk, visit, at=AT + timedelta(hours=4))
    assert Case.objects.count() == 2


def test_a_matter_that_cannot_be_taken_in_begins_no_visit(desk):
    with pytest.raises(LacksError):
        taken(desk, words=" ")

    assert not Basket.objects.exists()


def test_only_whoever_served_it_opens_a_visit_and_its_link_the_visitor(desk):
    visit = taken(desk)

    assert basket_for(desk.dispatcher, visit.pk) == visit == basket_with_link(visit.link)
    with pytest.raises(NoSuchCaseError):
        basket_for(desk.chief, visit.pk)
    with pytest.raises(LinkUnknownError):
        basket_with_link("nothing")


def test_the_sheet_masks_who_came_and_says_by_when(desk):
    visit = taken(desk, **WHO)
    taken(desk, visit, TOLD, words="居住证带什么")
    sheet = basket_sheet(visit, AT)
    routed, settled = sheet.lines

    assert (sheet.name, sheet.phone, sheet.town) == ("李*四", "136****0004", desk.town.town.name)
    assert routed.status.promised_at == Case.objects.earliest("pk").solve_due_at
    assert (routed.is_settled, settled.is_settled) == (False, True)
    assert settled.status.answer == "带身份证"


def test_an_answer_of_later_is_not_one_on_the_spot(desk):
    visit = taken(desk)
    case = cases_of(visit)[0]

    steps = (M.ACCEPT, M.CONTACT, M.ANSWER, M.VERIFY, M.PUBLISH)
    desk.moved(case, *steps, at=AT + timedelta(hours=1))

    assert not basket_sheet(visit, AT + timedelta(hours=2)).lines[0].is_settled
