"""Handled together on the board: the helper's queue, the page of tasks, visits and works; load."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.actions import HelpWanted, ask_for_help
from hequan.cases.kinds import LimitUnit
from hequan.cases.models import Case, HelpTask, SiteVisit, WorkItem
from hequan.cases.moves import Doer
from hequan.cases.sla import Limit
from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from tests.roster.list_cast import post
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(desk):
    """A grid worker of pine with an account."""
    worker = post("grid_worker", "孙悦", unit=desk.town.grids[5])
    account = Account.objects.create_user("helper", name="孙悦")
    where = {"path": desk.town.grids[5].path, "by": desk.town.system, "at": AT}
    give_grants(account=account, capabilities=[Capability.SEE_CASES], **where)
    worker.person.account = account
    worker.person.save(update_fields=["account"])
    worker.account = account
    return worker


def asked(desk, case, worker):
    wanted = HelpWanted("请派车清运", Limit(2, LimitUnit.WORK_DAY), post=worker)
    doers = {Doer.HANDLER}
    return ask_for_help(case=case, wanted=wanted, doers=doers, by=desk.handler, at=AT)


def sent(client, case, by, **said):
    client.force_login(by)
    return client.post(f"/board/cases/{case.pk}/together/", said, follow=True).content.decode()


def page_of(client, case, by):
    client.force_login(by)
    return client.get(f"/board/cases/{case.pk}/together/")


def test_the_lead_asks_and_the_case_shows_it(client, desk):
    case = desk.opened()
    said = {"do": "ask", "words": "请修灯", "amount": "1.5", "unit": "work_day"}
    page = sent(client, case, desk.handler, **said, post=desk.lists.director.pk)

    assert "赵强" in page
    assert HelpTask.objects.get().limit == [1.5, "work_day"]
    case_page = client.get(f"/board/cases/{case.pk}/").content.decode()
    assert "请修灯" in case_page
    assert "请求协同" in case_page  # the step of its course


def test_a_form_that_lacks_something_comes_back_with_what_was_typed(client, desk):
    case = desk.opened()
    said = {"do": "ask", "words": "请修灯", "amount": "1", "unit": "work_day"}
    page = sent(client, case, desk.handler, **said)

    assert "请修灯" in page
    assert "请选择一个岗位或一个单位" in page
    page = sent(client, case, desk.handler, do="visit", place_words="路口", starts_at="")
    assert "路口" in page
    assert not HelpTask.objects.exists()


def test_the_helper_finds_her_task_and_reports_it_done(client, desk, helper):
    case = desk.opened(is_confidential=True, contact_name="李阿姨", contact_phone="13612340004")
    task = asked(desk, case, helper)
    client.force_login(helper.account)
    queue = client.get("/board/cases/help/").content.decode()
    assert case.number in queue
    assert "请派车清运" in queue
    assert "请我协同" in client.get("/board/cases/").content.decode()
    page = page_of(client, case, helper.account).content.decode()
    assert set(re.findall(r'name="move" value="(\w+)"', page)) == {
        *("help_take_on", "help_finish", "help_decline")
    }
    assert 'value="ask"' not in page
    opened = client.get(f"/board/cases/{case.pk}/").content.decode()
    assert "李阿姨" not in opened + page
    assert client.post(f"/board/cases/{case.pk}/contact/").status_code == 404

    move = {"do": "help", "task": task.pk, "version": 0, "move": "help_finish"}
    assert "两车" not in sent(client, case, helper.account, **move)  # without words: refused
    sent(client, case, helper.account, **move, words="两车，已清")
    task.refresh_from_db()
    assert task.said == "两车，已清"
    stale = sent(client, case, helper.account, **move, words="再清")
    assert "现已不能这样办理" in stale


def test_a_stranger_learns_of_nothing(client, desk, helper):
    case = desk.opened()
    asked(desk, case, desk.lists.director)

    assert page_of(client, case, helper.account).status_code == 404
    assert client.post(f"/board/cases/{case.pk}/together/", {"do": "ask"}).status_code == 404
    client.force_login(desk.town.stranger)
    assert client.get("/board/cases/help/").status_code == 404
    assert client.get("/board/cases/load/").status_code == 404


def test_a_visit_is_set_and_its_outcome_noted(client, desk, helper):
    case = desk.opened()
    task = asked(desk, case, helper)
    when = (AT + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    said = {"do": "visit", "starts_at": when, "place_words": "路口", "guests": [task.pk]}
    sent(client, case, desk.handler, **said)
    visit = SiteVisit.objects.get()
    assert visit.guests.get().task == task
    page = sent(
        client, case, desk.handler, do="outcome", visit=visit.pk, held="", outcome="划线三十组"
    )
    assert "划线三十组" in page
    assert "已举行" in page


def test_works_are_listed_and_counted_by_the_helper(client, desk, helper):
    case = desk.opened()
    task = asked(desk, case, helper)
    work = {"what": "车架", "asked": "30", "counted_in": "组", "task": task.pk}
    sent(client, case, desk.handler, do="work", **work)
    item = WorkItem.objects.get()
    page = sent(client, case, helper.account, do="count", work=item.pk, version=0, done="12")
    assert 'value="12"' in page
    # a number asked for that the page never offered her changes nothing
    sent(client, case, helper.account, do="count", work=item.pk, version=1, done="13", asked="1")
    item.refresh_from_db()
    assert (item.done, item.asked) == (13, 30)
    assert "no such" not in sent(client, case, helper.account, do="count", work=0, done="1")


# --- the dispatcher's load and bulk assignment


def test_ticked_cases_go_to_the_chosen_post_and_the_rest_says_why(client, desk):
    one, two = desk.opened(matter_code=""), desk.opened(matter_code="")
    client.force_login(desk.dispatcher)
    page = client.get("/board/cases/load/").content.decode()
    assert f'value="{one.pk}:0"' in page
    assert "王丽" in page
    told = {"case": [f"{one.pk}:0", f"{two.pk}:7"], "post": desk.lists.director.pk}
    page = client.post("/board/cases/load/", told, follow=True).content.decode()

    assert "已派 1 件" in page
    assert "已被他人处理" in page
    assert [Case.objects.get(pk=x.pk).post for x in (one, two)] == [desk.lists.director, None]
    assert "请勾选" in client.post("/board/cases/load/", follow=True).content.decode()


def test_the_page_of_load_costs_the_same_however_full_it_is(client, desk):
    client.force_login(desk.dispatcher)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/board/cases/load/").status_code == 200
        return len(queries)

    desk.opened(matter_code="")
    cost()
    one = cost()
    for _ in range(5):
        desk.opened(matter_code="")

    assert cost() == one <= 16
