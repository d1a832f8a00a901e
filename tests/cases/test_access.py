"""Who may open a case: where it lies, or whoever handles it; to all others it is not there."""

from datetime import timedelta

import pytest

from hequan.cases.access import (
    ONLY_OF_WHO_HANDLES,
    case_for,
    case_with_link,
    cases_visible,
    doers_of,
    may_open,
    may_see_contact,
)
from hequan.cases.actions import Given, make_move
from hequan.cases.errors import LinkUnknownError, NoSuchCaseError
from hequan.cases.models import Case, Follower
from hequan.cases.moves import Doer, MoveName
from hequan.cases.numbers import LETTERS, new_link, new_number
from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.roster.models import Leave, Post
from tests.roster.list_cast import person, post
from tests.world import AT

pytestmark = pytest.mark.django_db


def sees(account, case):
    """Whether she finds it among many; whether she may open the one must say the same."""
    found = cases_visible(account, AT).filter(pk=case.pk).exists()
    assert may_open(account, Case.objects.get(pk=case.pk), AT) is found
    return found


def account_of(desk, holder, capabilities=(Capability.SEE_CASES,), **where):
    account = Account.objects.create_user(f"account-{holder.pk}")
    give_grants(account=account, capabilities=capabilities, by=desk.town.system, at=AT, **where)
    holder.account = account
    holder.save(update_fields=["account"])
    return account


def test_by_the_part_of_the_territory(desk):
    case = desk.opened()

    assert sees(desk.handler, case)
    assert sees(desk.dispatcher, case)
    assert not sees(desk.neighbour, case)
    assert not sees(desk.town.stranger, case)
    assert not sees(None, case)
    with pytest.raises(NoSuchCaseError):
        case_for(desk.neighbour, case.pk, AT)


def test_by_the_post_that_handles_it_wherever_it_lies(desk):
    worker = post("grid_worker", "借调", unit=desk.town.grids[5])
    account = account_of(desk, worker.person, path=desk.town.grids[5].path)
    case = desk.opened()
    assert not sees(account, case)

    case.post = worker
    case.save()

    assert sees(account, case)
    assert doers_of(account, case, AT) == {Doer.HANDLER}


def test_not_by_a_post_she_holds_no_more(desk):
    worker = post("grid_worker", "离任", unit=desk.town.grids[5], valid_to=AT.date())
    account = account_of(desk, worker.person, path=desk.town.grids[5].path)
    case = desk.opened()
    case.post = worker
    case.save()

    assert not sees(account, case)


def test_by_the_body_it_was_given_to(desk):
    liaison = person("联络员")
    account = account_of(desk, liaison, path="", organisation=desk.lists.firm.pk)
    case = desk.opened()
    assert not sees(account, case)

    case.post, case.organisation = None, desk.lists.firm
    case.save()

    assert sees(account, case)
    assert doers_of(account, case, AT) == {Doer.HANDLER}


def test_a_stand_in_does_the_work_of_whoever_is_away_and_only_then(desk):
    stand_in = person("孙代班")
    account = account_of(desk, stand_in, path=desk.town.grids[5].path)
    today = AT.date()
    Leave.objects.create(
        person=desk.lists.head.person,
        stand_in=stand_in,
        first_on=today,
        until_on=today + timedelta(days=1),
    )
    case = desk.opened()

    assert doers_of(account, case, AT) == {Doer.HANDLER}
    assert doers_of(account, case, AT + timedelta(days=1)) == frozenset()


def test_in_which_part_each_stands(desk):
    case = desk.opened()

    assert doers_of(desk.handler, case, AT) == {Doer.HANDLER}
    assert doers_of(desk.dispatcher, case, AT) == {Doer.DISPATCHER}
    assert doers_of(desk.chief, case, AT) == {Doer.HEAD}
    assert doers_of(desk.neighbour, case, AT) == frozenset()


def test_who_asked_in_confidence_is_hidden_from_whoever_handles_it(desk):
    plain, hidden = desk.opened(), desk.opened(is_confidential=True)

    assert may_see_contact(desk.dispatcher, plain, {Doer.HANDLER})
    assert not may_see_contact(desk.dispatcher, plain, {Doer.HEAD})
    assert not may_see_contact(desk.dispatcher, hidden, {Doer.HANDLER})
    assert may_see_contact(desk.dispatcher, hidden, {Doer.DISPATCHER})
    assert not may_see_contact(desk.dispatcher, hidden, {Doer.HANDLER, Doer.DISPATCHER})


def test_whoever_once_had_a_confidential_case_hands_it_over_and_still_learns_nobodys_name(desk):
    case, parts = desk.opened(is_confidential=True), {Doer.DISPATCHER}
    given = Given(post=desk.lists.director)
    case = make_move(
        case=case,
        name=MoveName.HAND_OVER,
        doers={Doer.HANDLER},
        given=given,
        by=desk.handler,
        at=AT,
    )
    follower = Follower.objects.create(case=case, link="f", since=AT, is_confidential=True)

    for had_it in (desk.handler, desk.dispatcher):  # made a handler's move; was given it
        assert not may_see_contact(had_it, case, parts)
        assert not may_see_contact(had_it, follower, parts)
    assert may_see_contact(desk.neighbour, case, parts)
    Post.objects.filter(pk=desk.lists.director.pk).update(valid_to=AT.date() + timedelta(days=1))
    assert not may_see_contact(desk.dispatcher, case, parts)


def test_a_stand_ins_moves_count_and_only_those_of_a_handler_or_helper():
    assert {"accept", "hand_over", "contact", "answer", "help_finish"} < set(ONLY_OF_WHO_HANDLES)
    assert not {"dispatch", "resume", "publish", "help_take_back"} & set(ONLY_OF_WHO_HANDLES)


def test_who_asked_is_hidden_with_one_query_more(desk, django_assert_num_queries):
    plain, hidden = desk.opened(), desk.opened(is_confidential=True)
    with django_assert_num_queries(0):
        may_see_contact(desk.dispatcher, plain, {Doer.DISPATCHER})
    with django_assert_num_queries(1):
        may_see_contact(desk.dispatcher, hidden, {Doer.DISPATCHER})


def test_a_link_opens_its_case_and_no_other(desk):
    case = desk.opened()

    assert case_with_link(case.link) == case
    with pytest.raises(LinkUnknownError):
        case_with_link(case.link[:-1])


def test_links_and_numbers_cannot_be_mistaken_or_guessed():
    assert len({new_link() for _ in range(1000)}) == 1000
    assert len(new_link()) >= 22
    assert not set("01OIL") & set(LETTERS) - {"L"}
    assert new_number(AT.date()).startswith("260310-")


def test_accepting_is_not_for_the_dispatcher(desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)

    assert Doer.HANDLER not in doers_of(desk.dispatcher, case, AT)
