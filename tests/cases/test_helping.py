"""Handling together: tasks of help with words and clocks of their own, visits, counted works."""

from datetime import timedelta

import pytest

from hequan.cases.access import case_for, case_with_link, doers_of, may_see_contact, photo_for
from hequan.cases.actions import (
    Given,
    HelpWanted,
    VisitPlan,
    Work,
    add_work,
    ask_for_help,
    count_work,
    end_visit,
    hand_over_help,
    make_any_move,
    make_move,
    move_help,
    set_visit,
)
from hequan.cases.errors import (
    LacksError,
    MoveNotAllowedError,
    NoSuchCaseError,
    NotYourPartError,
    PostNotHeldError,
)
from hequan.cases.help_errors import (
    CountError,
    HelpMovedError,
    HelpStillOpenError,
    LimitError,
    OneHelperError,
    OwnHelpError,
    VisitGuestError,
    VisitPastError,
)
from hequan.cases.helping import (
    HelpMoveName,
    HelpPart,
    HelpState,
    VisitState,
)
from hequan.cases.kinds import CaseState, LimitUnit, Result
from hequan.cases.models import Case, CasePhoto, CaseStep, HelpTask
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries import course_of, public_course, queues_of
from hequan.cases.queries.helping import help_asked_of, help_waiting, together_of
from hequan.cases.sla import Limit
from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.jobs import run_next
from hequan.core.kinds import Capability
from hequan.core.outbox import tell
from hequan.people.models import Message
from hequan.roster.post_keys import NEWS
from tests.roster.list_cast import post
from tests.world import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TWO_DAYS = Limit(2, LimitUnit.WORK_DAY)
LEAD, HELPER = {HelpPart.LEAD}, {HelpPart.HELPER}
M = HelpMoveName
SOLVED = Given(result=Result.SOLVED, answer="已清运")


# --- tasks


@pytest.fixture
def helper(desk):
    """A grid worker of pine, who may see cases of her own grid only."""
    worker = post("grid_worker", "孙悦", unit=desk.town.grids[5])
    account = Account.objects.create_user("helper", name="孙悦")
    where = {"path": desk.town.grids[5].path}
    see = [Capability.SEE_CASES]
    give_grants(account=account, capabilities=see, by=desk.town.system, at=AT, **where)
    worker.person.account = account
    worker.person.save(update_fields=["account"])
    worker.account = account
    return worker


def asked(desk, case, *, at=AT, **more):
    wanted = {"words": "请派车清运", "limit": TWO_DAYS} | more
    doers = {Doer.HANDLER}
    return ask_for_help(case=case, wanted=HelpWanted(**wanted), doers=doers, by=desk.handler, at=at)


def moved(desk, task, name, words="", parts=HELPER):
    return move_help(task=task, name=name, parts=parts, words=words, by=desk.handler, at=AT)


def test_help_has_words_a_clock_and_a_course_of_its_own(desk, helper):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    due, version = case.due_at, case.version
    task = asked(desk, case, post=helper)
    task = moved(desk, task, M.TAKE_ON)
    task = moved(desk, task, M.FINISH, "两车，已清")
    case.refresh_from_db()

    assert (task.state, task.said) == (HelpState.DONE, "两车，已清")
    assert task.due_at == AT + 2 * DAY  # Tuesday ten, two working days of eight hours
    assert (case.due_at, case.version) == (due, version)
    told = [(one.move, one.post) for one in course_of(case)][-3:]
    assert told == [("help_ask", "孙悦"), ("help_take_on", "孙悦"), ("help_finish", "孙悦")]
    assert not any(one.move.startswith("help") for one in public_course(case))
    assert set(Message.objects.values_list("template", flat=True)) >= {
        "cases.help_asked",
        "cases.help_answered",
    }


def test_asking_the_same_again_gives_the_task_there_is(desk, helper):
    case = desk.opened()

    assert asked(desk, case, post=helper) == asked(desk, case, post=helper)
    assert CaseStep.objects.filter(case=case, move="help_ask").count() == 1


def test_what_cannot_be_asked_is_refused_before_anything_is_written(desk, helper):
    case = desk.opened()
    gone = post("grid_worker", "离任", unit=desk.town.grids[1], valid_to=AT.date())
    refused = [
        (LacksError, {"post": helper, "words": " "}),
        (OneHelperError, {}),
        (OneHelperError, {"post": helper, "organisation": desk.lists.firm}),
        (OwnHelpError, {"post": desk.lists.head}),
        (PostNotHeldError, {"post": gone}),
        (LimitError, {"post": helper, "limit": Limit(0, LimitUnit.WORK_DAY)}),
    ]
    for error, told in refused:
        with pytest.raises(error):
            asked(desk, case, **told)
    wanted = HelpWanted("帮忙", TWO_DAYS, post=helper)
    with pytest.raises(NotYourPartError):
        ask_for_help(case=case, wanted=wanted, doers={Doer.HELPER}, by=desk.handler, at=AT)
    done = desk.moved(case, MoveName.ACCEPT, MoveName.ANSWER)
    with pytest.raises(MoveNotAllowedError):
        asked(desk, done, post=helper)
    assert not HelpTask.objects.exists()


def test_a_case_is_not_answered_while_help_is_open_unless_the_lead_takes_it_back(desk, helper):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    task = asked(desk, case, post=helper)

    with pytest.raises(HelpStillOpenError, match="孙悦"):
        desk.moved(case, MoveName.ANSWER)
    with pytest.raises(LacksError):
        moved(desk, task, M.TAKE_BACK, parts=LEAD)
    task = moved(desk, task, M.TAKE_BACK, "已自行清运", parts=LEAD)

    assert task.state == HelpState.TAKEN_BACK
    assert desk.moved(case, MoveName.ANSWER).state == "answered"


def test_help_of_a_merged_case_holds_the_answer_of_its_lead_too(desk, helper):
    lead = desk.moved(desk.opened(), MoveName.ACCEPT)
    other = desk.opened()
    asked(desk, other, post=helper)
    joined = Given(lead=lead)
    doers = {Doer.DISPATCHER}
    make_any_move(
        case=other, name=MoveName.MERGE, doers=doers, given=joined, by=desk.dispatcher, at=AT
    )
    lead.refresh_from_db()

    with pytest.raises(HelpStillOpenError):
        desk.moved(lead, MoveName.ANSWER)
    lines = together_of(desk.handler, lead, {Doer.HANDLER}, AT).tasks
    assert [one.moves[0].name for one in lines] == [M.TAKE_BACK]


def test_a_task_is_moved_by_its_own_part_from_a_page_that_shows_it(desk, helper):
    task = asked(desk, desk.opened(), post=helper)

    with pytest.raises(NotYourPartError):
        moved(desk, task, M.TAKE_ON, parts=LEAD)
    with pytest.raises(NotYourPartError):
        moved(desk, task, M.TAKE_BACK, "不用了", parts=HELPER)
    with pytest.raises(LacksError):
        moved(desk, task, M.DECLINE)
    moved(desk, task, M.TAKE_ON)
    with pytest.raises(HelpMovedError):  # the page before
        moved(desk, task, M.DECLINE, "没有车")


def test_help_ends_with_its_case(desk, helper):
    case = desk.opened()
    task = asked(desk, case, post=helper)
    given = Given(reason="已解决")
    make_move(
        case=case, name=MoveName.WITHDRAW, doers={Doer.ASKER}, given=given, by=desk.handler, at=AT
    )
    task.refresh_from_db()

    assert task.state == HelpState.TAKEN_BACK
    assert not help_asked_of(helper.account, AT).exists()


def test_help_of_a_merged_case_ends_with_its_lead(desk, helper):
    lead, case = desk.opened(), desk.opened()
    task = asked(desk, case, post=helper)
    Case.objects.filter(pk=case.pk).update(state=CaseState.MERGED, lead=lead)
    given = Given(reason="已解决")
    make_move(
        case=lead, name=MoveName.WITHDRAW, doers={Doer.DISPATCHER}, given=given, by=desk.handler,
        at=AT,
    )  # fmt: skip
    task.refresh_from_db()

    assert task.state == HelpState.TAKEN_BACK


# --- who sees what


def test_a_helper_opens_the_case_while_her_task_stands_and_no_longer(desk, helper):
    case = desk.opened()
    photo = CasePhoto.objects.create(
        case=case, kind="report", stored_as="x", width=1, height=1, size=1,
        added_by=desk.handler, added_at=AT,
    )  # fmt: skip
    with pytest.raises(NoSuchCaseError):
        case_for(helper.account, case.pk, AT)
    task = asked(desk, case, post=helper)

    assert case_for(helper.account, case.pk, AT) == case
    assert photo_for(helper.account, photo.pk, AT) == photo
    assert doers_of(helper.account, case, AT) == {Doer.HELPER}
    moved(desk, task, M.DECLINE, "不在我处")
    with pytest.raises(NoSuchCaseError):
        case_for(helper.account, case.pk, AT)
    with pytest.raises(NoSuchCaseError):
        photo_for(helper.account, photo.pk, AT)
    assert doers_of(helper.account, case, AT) == frozenset()


def test_a_helper_who_has_done_her_part_reads_on_until_the_case_is_closed(desk, helper):
    case = desk.opened()
    moved(desk, asked(desk, case, post=helper), M.FINISH, "好了")
    assert case_for(helper.account, case.pk, AT) == case
    case.state = "closed"
    case.save()
    with pytest.raises(NoSuchCaseError):
        case_for(helper.account, case.pk, AT)


def test_who_helps_with_a_confidential_case_learns_nobodys_number(desk, helper):
    case = desk.opened(is_confidential=True, contact_phone="13612340004")
    asked(desk, case, post=desk.lists.director)  # who is its dispatcher

    parts = doers_of(desk.dispatcher, case, AT)
    assert {Doer.HELPER, Doer.DISPATCHER} <= parts
    assert not may_see_contact(desk.dispatcher, case, parts)
    assert not may_see_contact(desk.dispatcher, desk.opened(), {Doer.HELPER})


def test_an_organisation_helps_too(desk):
    case = desk.opened()
    firm = Account.objects.create_user("firm")
    body = {"organisation": desk.lists.firm.pk, "path": ""}
    see = [Capability.SEE_CASES]
    give_grants(account=firm, capabilities=see, by=desk.town.system, at=AT, **body)
    task = asked(desk, case, organisation=desk.lists.firm)

    assert list(help_asked_of(firm, AT)) == [task]
    assert doers_of(firm, case_for(firm, case.pk, AT), AT) == {Doer.HELPER}


def test_the_oldest_due_is_asked_first(desk, helper):
    late = asked(desk, desk.opened(), post=helper, limit=Limit(3, LimitUnit.WORK_DAY))
    soon = asked(desk, desk.opened(), post=helper, limit=Limit(1, LimitUnit.URGENT_HOUR))

    assert list(help_asked_of(helper.account, AT)) == [soon, late]
    assert help_waiting(queues_of(helper.account, AT)) == 2
    assert help_waiting(queues_of(desk.town.stranger, AT)) == 0
    assert not help_asked_of(desk.neighbour, AT).exists()


# --- a post that ends


def test_help_goes_to_the_heir_of_a_post_and_without_one_back_to_the_lead(desk, helper):
    heir = post("grid_worker", "接任", unit=desk.town.grids[5])
    first = asked(desk, desk.opened(), post=helper)
    tell(NEWS, {"post": helper.pk, "heir": heir.pk, "on": AT.date().isoformat()}, AT)
    while run_next(AT):
        pass
    first.refresh_from_db()
    assert (first.post, first.state) == (heir, HelpState.ASKED)

    assert hand_over_help(post=heir, heir=None, by=desk.town.system, at=AT) == 1
    assert hand_over_help(post=heir, heir=None, by=desk.town.system, at=AT) == 0
    first.refresh_from_db()
    assert first.state == HelpState.TAKEN_BACK


# --- visits and works


def test_a_joint_visit_invites_helpers_and_tells_what_came_of_it(desk, helper):
    case = desk.opened()
    task = asked(desk, case, post=helper)
    lead = {"doers": {Doer.HANDLER}, "by": desk.handler, "at": AT}
    plan = VisitPlan(AT + DAY, "路口", "定设车位", (task.pk,))
    with pytest.raises(VisitPastError):
        set_visit(case=case, plan=VisitPlan(AT, "路口"), **lead)
    with pytest.raises(VisitGuestError):
        set_visit(case=case, plan=VisitPlan(AT + DAY, "路口", guests=(task.pk + 1,)), **lead)
    visit = set_visit(case=case, plan=plan, **lead)

    assert set_visit(case=case, plan=plan, **lead) == visit
    assert Message.objects.filter(template="cases.visit_set").count() == 1
    with pytest.raises(LacksError):
        end_visit(visit=visit, was_held=True, outcome="", **lead)
    held = end_visit(visit=visit, was_held=True, outcome="划线三十组", **lead)
    assert held.state == VisitState.HELD
    with pytest.raises(HelpMovedError):
        end_visit(visit=visit, was_held=False, outcome="下雨", **lead)
    (line,) = together_of(desk.handler, case, {Doer.HANDLER}, AT).visits
    assert (line.guests, line.may_end) == (("孙悦",), False)


def test_works_are_counted_by_whose_they_are(desk, helper):
    case = desk.opened()
    task = asked(desk, case, post=helper)
    lead = {"doers": {Doer.HANDLER}, "by": desk.handler, "at": AT}
    hers = {"doers": {Doer.HELPER}, "by": helper.account, "at": AT}
    racks = add_work(case=case, work=Work("非机动车架", "组", 30, task.pk), **lead)
    pits = add_work(case=case, work=Work("树穴", "个", 40), **lead)

    assert add_work(case=case, work=Work("树穴", "个", 40), **lead) == pits
    counted = count_work(item=racks, done=12, parts=HELPER, **hers)
    assert (counted.done, counted.asked) == (12, 30)
    with pytest.raises(HelpMovedError):  # the page before
        count_work(item=racks, done=13, parts=HELPER, **hers)
    for item, asked_for, parts in ((pits, None, set()), (counted, 31, HELPER)):
        with pytest.raises(NotYourPartError):
            count_work(item=item, done=1, asked=asked_for, parts=parts, **hers)
    with pytest.raises(CountError):
        count_work(item=pits, done=-1, parts=LEAD, **lead)
    assert count_work(item=pits, done=41, asked=42, parts=LEAD, **lead).asked == 42
    assert course_of(case)[-1].words == "树穴 41/42 个"


def test_the_asker_reads_nothing_of_it(desk, helper):
    case = desk.opened()
    asked(desk, case, post=helper)

    assert [one.move for one in public_course(case_with_link(case.link))] == ["open"]


def told_of(code):
    return [one.person for one in Message.objects.filter(template=code).order_by("pk")]


def test_who_helped_hears_that_it_is_taken_back_and_the_lead_that_nobody_helps_any_more(
    desk, helper
):
    task = asked(desk, desk.opened(), post=helper)
    moved(desk, task, M.TAKE_BACK, "自己办了", {HelpPart.LEAD})
    assert told_of("cases.help_ended") == [helper.person]

    asked(desk, desk.opened(), post=helper)
    hand_over_help(post=helper, heir=None, by=desk.town.system, at=AT)
    assert told_of("cases.help_ended") == [helper.person, desk.lists.head.person]
    assert told_of("cases.help_answered") == []


def test_the_same_help_by_another_time_is_not_the_same(desk, helper):
    case = desk.opened()
    first = asked(desk, case, post=helper)
    other = asked(desk, case, post=helper, limit=Limit(1, LimitUnit.WORK_DAY))
    assert first.pk != other.pk


def test_who_was_invited_reads_that_a_visit_is_called_off_not_that_it_is_set(desk, helper):
    case = desk.opened()
    task = asked(desk, case, post=helper)
    lead = {"doers": {Doer.HANDLER}, "by": desk.handler, "at": AT}
    visit = set_visit(case=case, plan=VisitPlan(AT + DAY, "路口", "", (task.pk,)), **lead)
    end_visit(visit=visit, was_held=False, outcome="下雨", **lead)

    assert told_of("cases.visit_off") == told_of("cases.visit_set") == [helper.person]
    words = Message.objects.get(template="cases.visit_off")
    assert "取消" in words.subject
    assert "请不要前往" in words.body
