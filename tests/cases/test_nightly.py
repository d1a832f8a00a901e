"""What time and leaving do: unrated answers close, an ended post's work goes to somebody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hequan.cases.actions import Given, close_unrated, hand_over_cases, make_move
from hequan.cases.jobs import OPEN_CASES
from hequan.cases.kinds import CaseState, TriageReason
from hequan.cases.models import Case
from hequan.cases.moves import Doer, MoveName
from hequan.core.jobs import run_next
from hequan.people.models import Message
from hequan.roster.actions import end_post
from hequan.roster.post_keys import followed_keys, keys_to_posts
from hequan.roster.queries import open_work_of
from tests.roster.list_cast import post
from tests.world import AT

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_an_answer_nobody_judges_closes_after_the_rules_days(desk):
    case = desk.published()

    assert close_unrated(by=desk.town.system, at=AT + WEEK - timedelta(seconds=1)) == 0
    assert close_unrated(by=desk.town.system, at=AT + WEEK) == 1
    assert close_unrated(by=desk.town.system, at=AT + WEEK) == 0
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (CaseState.CLOSED, AT + WEEK)


def test_the_work_of_an_ended_post_goes_to_the_heir_who_is_told(desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    heir = post("grid_worker", "新人", unit=desk.town.grids[0])

    hand_over_cases(post=desk.lists.head, heir=heir, by=desk.town.system, at=AT)

    case.refresh_from_db()
    assert (case.state, case.post) == (CaseState.HANDLING, heir)
    assert Message.objects.filter(person=heir.person, template="cases.dispatched").count() == 1


def test_without_an_heir_it_is_routed_anew(desk):
    case = desk.opened()
    desk.lists.head.valid_to = AT.date()
    desk.lists.head.save()

    hand_over_cases(post=desk.lists.head, heir=None, by=desk.town.system, at=AT)

    case.refresh_from_db()
    assert (case.state, case.post) == (CaseState.DISPATCHED, desk.lists.director)


def test_where_the_books_still_name_the_post_it_goes_to_triage(desk):
    case = desk.opened()

    hand_over_cases(post=desk.lists.head, heir=None, by=desk.town.system, at=AT)

    case.refresh_from_db()
    assert (case.state, case.triage_reason) == (CaseState.TRIAGE, TriageReason.POST_ENDED)


def test_a_paused_case_that_moves_on_gets_its_time_back(desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    solve = case.solve_due_at
    paused = Given(reason="等配件")
    make_move(case=case, name=MoveName.PAUSE, doers={Doer.HEAD}, given=paused, by=desk.chief, at=AT)

    hand_over_cases(post=desk.lists.head, heir=None, by=desk.town.system, at=AT + WEEK)

    case.refresh_from_db()
    assert (case.paused_at, case.solve_due_at) == (None, solve + WEEK)


@pytest.mark.parametrize("inherited", [True, False])
def test_a_paused_case_stays_paused_with_whoever_gets_it(desk, inherited):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    ends = case.accept_due_at, case.solve_due_at
    paused = Given(reason="等配件")
    make_move(case=case, name=MoveName.PAUSE, doers={Doer.HEAD}, given=paused, by=desk.chief, at=AT)
    head, heir = desk.lists.head, desk.lists.director
    head.valid_to = AT.date()
    head.save()
    receiver = heir if inherited else None
    hand_over_cases(post=head, heir=receiver, by=desk.town.system, at=AT + WEEK)

    case.refresh_from_db()
    assert (case.state, case.post, case.paused_at) == (CaseState.PAUSED, heir, AT)
    assert (case.accept_due_at, case.solve_due_at) == ends


def test_the_heir_has_the_whole_limit_to_accept_and_no_more_to_solve(desk):
    case, fresh = desk.opened(), desk.opened(at=AT + WEEK)
    solve = case.solve_due_at
    assert case.accept_due_at < AT + WEEK
    heir = desk.lists.director
    hand_over_cases(post=desk.lists.head, heir=heir, by=desk.town.system, at=AT + WEEK)

    case.refresh_from_db()
    assert (case.state, case.solve_due_at) == (CaseState.DISPATCHED, solve)
    assert case.accept_due_at == fresh.accept_due_at
    told = timezone.localtime(case.accept_due_at)
    assert f"{told:%Y-%m-%d %H:%M}" in case.steps.latest("pk").words


def test_doing_it_twice_moves_it_once(desk):
    case = desk.opened()
    for _ in range(2):
        hand_over_cases(post=desk.lists.head, heir=desk.lists.director, by=desk.town.system, at=AT)
    case.refresh_from_db()

    assert (case.post, case.version) == (desk.lists.director, 1)


def test_a_post_that_ends_starts_it_by_itself(desk):
    case = desk.opened()
    tomorrow = AT + timedelta(days=1)
    end_post(post=desk.lists.head, on=tomorrow.date(), by=desk.town.officer, at=AT)
    while run_next(tomorrow):
        pass

    case.refresh_from_db()
    assert case.post == desk.lists.director


def test_what_is_open_of_a_post_is_told_to_whoever_would_end_it(desk):
    case = desk.opened()
    told = open_work_of(desk.lists.head, AT).others

    assert told == (OPEN_CASES % {"n": 1},)
    case.state = CaseState.CLOSED
    case.save()
    assert open_work_of(desk.lists.head, AT).others == ()


def test_every_key_of_a_case_to_a_post_is_followed():
    ours = {one for one in keys_to_posts() if one.startswith("cases.")}

    assert ours <= set(followed_keys())
    assert Case._meta.get_field("post").remote_field is not None
