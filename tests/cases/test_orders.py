"""Orders of the city's hotline: one case each; sent again with changes, the course says what."""

from datetime import timedelta

import pytest

from hequan.cases.actions import take_order
from hequan.cases.actions.clocks import give_days
from hequan.cases.actions.moving import Given, make_move
from hequan.cases.kinds import CaseChannel
from hequan.cases.models import Case, CaseStep
from hequan.cases.moves import Doer, MoveName
from hequan.cases.orders import Order, OrderFate
from hequan.core.api_keys import make_api_key
from tests.cases.cast import RUBBISH
from tests.import_steps import csv_file, fates, plan, run  # noqa: F401 - fixtures
from tests.world import AT, MAPLE, place

DUE = AT + timedelta(hours=30)


@pytest.fixture
def sent(desk):
    """Send the order, with what a test says otherwise."""

    def take(at=AT, due=DUE, **more):
        asking = desk.asking(channel=CaseChannel.HOTLINE, **more)
        order = Order("12345", "SH-1", asking, due)
        return take_order(order=order, by=desk.town.system, at=at)

    return take


def test_an_order_keeps_the_citys_number_and_deadline(sent):
    case, fate = sent()

    assert (fate, case.channel, case.state) == (OrderFate.OPENED, "hotline", "dispatched")
    assert (case.solve_due_at, case.source.number) == (DUE, "SH-1")
    assert sent() == (case, OrderFate.SAME)
    assert Case.objects.count() == 1


def test_changes_are_taken_over_and_told_in_the_course(sent):
    case, _ = sent()
    later = DUE + timedelta(days=1)
    again, fate = sent(at=AT + timedelta(hours=1), due=later, words="垃圾三天没人收")

    assert (again.pk, fate) == (case.pk, OrderFate.CHANGED)
    assert (again.words, again.solve_due_at) == ("垃圾三天没人收", later)
    step = CaseStep.objects.get(case=case, move="order_changed")
    assert "垃圾两天没人收" in step.words
    assert not step.is_public


def test_the_same_order_again_takes_back_no_time_our_own_people_gave(sent, desk):
    case, _ = sent()
    give_days(case, 3, AT)
    case.save()

    assert sent()[1] == OrderFate.SAME
    assert Case.objects.get().solve_due_at > DUE


def test_an_order_whose_case_is_over_changes_nothing(sent, desk):
    case, _ = sent()
    signed = {"by": desk.dispatcher, "at": AT, "doers": {Doer.DISPATCHER}}
    make_move(case=case, name=MoveName.WITHDRAW, given=Given(reason="重复"), **signed)

    assert sent(words="别的")[1] == OrderFate.ENDED
    assert Case.objects.get().words == case.words


def test_a_class_chosen_late_moves_no_deadline_of_the_city(sent, desk):
    case, _ = sent(matter_code="")
    given = Given(matter=desk.opened().matter)
    signed = {"by": desk.dispatcher, "at": AT, "doers": {Doer.DISPATCHER}}

    assert make_move(case=case, name=MoveName.CLASSIFY, given=given, **signed).solve_due_at == DUE


def test_a_file_of_orders_opens_each_once(desk, csv_file, run):  # noqa: F811
    head = ["工单号", "截止时间", "事项", "内容", "居村代码", "联系电话"]
    row = ["SH-1", "2099-03-12 18:00", RUBBISH, "垃圾没收", MAPLE, "13800138000"]
    assert fates(run("hotline-orders", csv_file(head, row, ["SH-2", "", "", "", MAPLE, ""]))) == {
        "new": 1,
        "refused": 1,
    }
    assert fates(run("hotline-orders", csv_file(head, row))) == {"same": 1}
    newer = [*row[:3], "垃圾还没收", *row[4:]]
    assert fates(run("hotline-orders", csv_file(head, newer))) == {"changed": 1}
    assert Case.objects.get().words == "垃圾还没收"


def test_an_order_is_posted_through_open311(client, desk):
    key = make_api_key(name="市热线", by=desk.town.sysadmin, at=AT)
    lon, lat = place(100, 100)
    said = {"api_key": key.text, "service_code": RUBBISH, "lat": lat, "long": lon}
    said |= {"order_number": "SH-9", "due_datetime": "2099-01-01T10:00:00+08:00"}

    for words in ("垃圾没收", "垃圾没收", "垃圾还没收"):
        answer = client.post("/open311/v2/requests.json", said | {"description": words})
        assert answer.status_code == 200, answer.content.decode()
    case = Case.objects.get()
    assert (case.words, case.source.source, case.channel) == ("垃圾还没收", "市热线", "hotline")
