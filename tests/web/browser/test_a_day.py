"""A day in the town, from report to rating (演示一天): five people, each at her own screen.

One story in one test, since each act stands on the one before. HEQUAN_SHOW=FOLDER keeps a picture
of every page that was looked at.
"""

import os
import re
from pathlib import Path

import pytest
from django.test import Client

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from tests.cases.test_photos import jpeg
from tests.world import AT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOW = os.environ.get("HEQUAN_SHOW")
PHOTO = {"name": "垃圾.jpg", "mimeType": "image/jpeg", "buffer": jpeg((640, 480))}
PHONE, WIDE = {"width": 375, "height": 812}, {"width": 1440, "height": 900}
SAID, ANSWER = "垃圾两天没人收，地上都是水，孩子上学绕着走。", "已清运并冲洗地面，今后每天两次。"


class Someone:
    """One of the five, signed in or not, at her own window."""

    def __init__(self, visitor, name):
        self.visitor, self.page, self.name, self.shown = visitor, visitor.page, name, 0
        self.page.set_default_timeout(15_000)

    def go(self, path):
        """Open a page."""
        self.visitor.go(path)
        return self.look()

    def look(self):
        """Return what she reads; keep a picture where they are asked for."""
        self.page.wait_for_load_state()
        self.shown += 1
        if SHOW:
            path = Path(SHOW) / f"{self.name}-{self.shown:02}.png"
            self.page.screenshot(path=path, full_page=True)
        return self.page.locator("main").inner_text()

    def sends(self, button, **entered):
        """Fill in the form of a button and press it; return what she reads then."""
        form = self.page.locator("form").filter(has=self.page.locator(button)).first
        for name, value in entered.items():
            field = form.locator(f"[name={name}]").first
            if isinstance(value, dict):
                field.set_input_files(value)
            elif field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value=value)
            elif name == "words" and self.page.locator("#class-hints").count():
                # what the words look like is asked meanwhile; the small database takes one at once
                with self.page.expect_response(re.compile("/hints/")):
                    field.fill(value)
            else:
                field.fill(value)
        with self.page.expect_navigation():
            form.locator(button).first.click()
        return self.look()

    def moves(self, name, **entered):
        """Make a move of the case she has open."""
        card = self.page.locator(f"details.move:has(input[name=move][value={name}])")
        if card.get_attribute("open") is None:
            card.locator("summary").click()
        return self.sends(f"input[value={name}] ~ button", **entered)


@pytest.fixture
def five(visit, desk):
    """The resident and the worker on phones; clerk, dispatcher and head at their desks."""
    clerk = Account.objects.create_user("counter", name="窗口")
    give_grants(
        account=clerk,
        capabilities=[Capability.SEE_CASES],
        path=desk.town.maple.path,
        by=desk.town.system,
        at=AT,
    )

    def at(name, account, size):
        visitor = visit(**size)
        if account is not None:
            client = Client()
            client.force_login(account)
            value = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": value, "url": visitor.address}
            visitor.context.add_cookies([cookie])
        return Someone(visitor, name)

    return {
        "resident": at("resident", None, PHONE),
        "worker": at("worker", desk.handler, PHONE),
        "clerk": at("clerk", clerk, WIDE),
        "dispatcher": at("dispatcher", desk.dispatcher, WIDE),
        "head": at("head", desk.chief, WIDE),
    }


def test_a_day_in_the_town_from_report_to_rating(five, desk):
    resident, worker, clerk, dispatcher, head = five.values()
    number, status = reports(resident, desk)
    board = dispatches(dispatcher, number, desk)
    accepts_and_asks_for_time(worker, board)
    serves_two_matters_at_the_counter(clerk, desk)
    approves_and_supervises(head, board)
    helps(worker, dispatcher, board, desk)
    answers(worker, board)
    verifies_and_publishes(dispatcher, board)
    judges(resident, status)
    visits_her(dispatcher, board)
    reads_how_it_ended(resident, status)


def reports(resident, desk):
    """Words, a photo, the place by the list; no class, name or number."""
    resident.go("/report/")
    resident.page.set_input_files("input[type=file]", PHOTO)
    place = {"committee": str(desk.town.maple.pk), "place_words": "3号楼门口"}
    read = resident.sends("button.wide", words=SAID, **place)
    assert "已收到" in read
    number = re.search(r"\d{6}-[0-9A-Z]{5}", read)[0]
    resident.page.click("main a.btn-primary")
    read = resident.look()
    assert number in read
    assert SAID in read
    assert resident.page.locator("main img").count() == 1
    return number, resident.page.url.removeprefix(resident.visitor.address)


def dispatches(dispatcher, number, desk):
    """It waits for want of a class; she reads it, says which, and sees who got it and why."""
    read = dispatcher.go("/board/cases/?queue=to_dispatch")
    assert number in read
    dispatcher.page.click(f"main a:has-text('{number}')")
    read = dispatcher.look()
    assert "类别不明" in read
    read = dispatcher.moves("classify", matter="垃圾未清运", unit=desk.town.grids[0].name)
    assert desk.lists.head.person.name in read
    return dispatcher.page.url.removeprefix(dispatcher.visitor.address)


def accepts_and_asks_for_time(worker, board):
    """It is the first of her list; she accepts, calls, and asks for two days more."""
    read = worker.go("/board/cases/")
    assert "3号楼门口" in read
    worker.page.click(f"main a[href='{board}']")
    worker.look()
    worker.moves("accept")
    read = worker.moves("contact", note="已上门看过，需要冲洗车。")
    assert "需要冲洗车" in read
    worker.moves("ask_for_time", reason="冲洗车后天才到")


def serves_two_matters_at_the_counter(clerk, desk):
    """Somebody else, one visit: one matter is handled, one answered at once; one receipt."""
    clerk.go("/board/cases/new/")
    who = {"contact_name": "李小四", "contact_phone": "13612340004"}
    matter = {"matter": "51998", "place": desk.town.grids[1].name}
    clerk.sends("button[data-send-next]", words="电梯停了两天。", **matter, **who)
    assert "李*四" in clerk.page.locator("main").inner_text()
    read = clerk.sends(
        "button[data-send]",
        words="办居住证带什么材料？",
        matter="垃圾",
        place=desk.town.grids[1].name,
        result="explained",
        answer="带身份证和租房合同，一门窗口可办。",
    )
    assert len(set(re.findall(r"\d{6}-[0-9A-Z]{5}", read))) == 2
    assert "当场答复" in read
    assert "李小四" not in read
    assert clerk.page.locator("svg.receipt-code").is_visible()
    assert clerk.page.locator("button[data-print]").is_visible()


def approves_and_supervises(head, board):
    """She gives two days more, and says that she looks at it."""
    read = head.go(board)
    assert "冲洗车后天才到" in read
    head.moves("extend", reason="同意，等冲洗车", days="2")
    read = head.moves("supervise", note="这里上月也满过，办好后告诉我。")
    assert "督办" in read


def helps(worker, dispatcher, board, desk):
    """Her director is asked to help, and has done it before she answers."""
    worker.go(f"{board}together/")
    asked = {"words": "请联系清运公司加一班车", "post": str(desk.lists.director.pk)}
    read = worker.sends("button[value=ask]", **asked, amount="1", unit="work_day")
    assert desk.lists.director.person.name in read
    read = dispatcher.go("/board/cases/help/")
    assert "加一班车" in read
    dispatcher.go(f"{board}together/")
    read = dispatcher.sends("input[value=help_finish] ~ button", words="公司每天傍晚加一班。")
    assert "每天傍晚加一班" in read


def answers(worker, board):
    """With a photo of how it looks now."""
    worker.go(board)
    read = worker.moves("answer", result="solved", answer=ANSWER, after=PHOTO)
    assert ANSWER in read


def verifies_and_publishes(dispatcher, board):
    """Nobody but her lets the asker read it."""
    dispatcher.go("/board/cases/?queue=to_check")
    dispatcher.page.click(f"main a[href='{board}']")
    dispatcher.look()
    dispatcher.moves("verify")
    read = dispatcher.moves("publish")
    assert "已发布" in read or "答复" in read


def judges(resident, status):
    """She reads the answer with its photo, and is not satisfied."""
    read = resident.go(status)
    assert ANSWER in read
    assert resident.page.locator("main img").count() == 2
    for name, value in (("was_contacted", 1), ("is_solved", 0), ("was_kind", 1)):
        tick(resident.page, name, value)
    tick(resident.page, "is_satisfied", 0)
    read = resident.sends("input[value=rate] ~ button", words="傍晚又满了。")
    assert "会有人与您联系" in read


def tick(page, name, yes):
    page.locator(f"input[name={name}]").nth(0 if yes else 1).check()


def visits_her(dispatcher, board):
    """Unsatisfied opens a return visit; what she heard there closes the case."""
    read = dispatcher.go(board)
    assert "傍晚又满了" in read
    read = dispatcher.moves("visit", note="傍晚到场看过，加班车已到，居民认可。")
    assert "已办结" in read or "已关闭" in read or "办结" in read


def reads_how_it_ended(resident, status):
    """The whole course stands on her page, without a word that was not meant for her."""
    read = resident.go(status)
    assert "冲洗车后天才到" not in read
    assert "这里上月也满过" not in read
    assert ANSWER in read
