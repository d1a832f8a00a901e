"""Cases on the board: queues, one case, its moves, the counter, what is hidden from whom."""

import re
from datetime import timedelta

import pytest

from hequan.cases.kinds import CaseChannel, CaseState
from hequan.cases.models import Basket, Case
from hequan.cases.moves import MoveName
from hequan.core.audit import AuditEntry
from tests.cases.cast import LIFT, RUBBISH
from tests.world import place

pytestmark = pytest.mark.django_db
PHONE = "13612340004"


def page_of(client, case, by):
    client.force_login(by)
    return client.get(f"/board/cases/{case.pk}/").content.decode()


def made(client, case, move, by, **more):
    """Send the form of a move from a page that shows the case as it is."""
    client.force_login(by)
    version = Case.objects.get(pk=case.pk).version
    said = {"move": move, "version": version} | more
    return client.post(f"/board/cases/{case.pk}/", said, follow=True)


def test_a_queue_lists_what_is_due_first(client, desk):
    case = desk.opened(words="垃圾成堆", place_words="北门口")
    client.force_login(desk.handler)
    page = client.get("/board/cases/").content.decode()

    assert case.number in page
    assert "待签收" in page
    assert "北门口" in page
    assert 'aria-current="page">我的' in page
    assert "垃圾未清运" in page


@pytest.mark.parametrize("queue", ["mine", "to_dispatch", "to_check", "late", "open", "nonsense"])
def test_every_queue_opens_empty_and_full(client, desk, queue):
    client.force_login(desk.dispatcher)
    assert client.get("/board/cases/", {"queue": queue, "page": "9"}).status_code == 200
    desk.opened()
    assert client.get("/board/cases/", {"queue": queue}).status_code == 200


def test_a_stranger_learns_of_nothing(client, desk):
    case = desk.opened()
    client.force_login(desk.neighbour)

    assert client.get(f"/board/cases/{case.pk}/").status_code == 404
    assert client.post(f"/board/cases/{case.pk}/", {"move": "supervise"}).status_code == 404
    assert client.post(f"/board/cases/{case.pk}/contact/").status_code == 404
    client.force_login(desk.town.stranger)
    assert client.get("/board/cases/").status_code == 404


def test_a_day_of_one_case_from_report_to_publishing(client, desk):
    case = desk.opened(asker=desk.town.cast.resident.pk)
    made(client, case, "accept", desk.handler)
    made(client, case, "contact", desk.handler, note="已电话联系")
    made(client, case, "answer", desk.handler, result="solved", answer="已清运")
    made(client, case, "verify", desk.dispatcher)
    made(client, case, "publish", desk.dispatcher)
    case.refresh_from_db()

    assert case.state == CaseState.PUBLISHED
    page = page_of(client, case, desk.dispatcher)
    for said in ("已受理" if "已受理" in page else "已收到", "已签收", "答复已发布", "已电话联系"):
        assert said in page


def test_each_sees_the_forms_of_her_own_part_only(client, desk):
    case = desk.opened()
    offered = {
        who: set(re.findall(r'name="move" value="(\w+)"', page_of(client, case, who)))
        for who in (desk.handler, desk.dispatcher, desk.chief)
    }

    assert "accept" in offered[desk.handler]
    assert "dispatch" not in offered[desk.handler]
    assert {"dispatch", "refuse", "withdraw"} <= offered[desk.dispatcher]
    assert "accept" not in offered[desk.dispatcher]
    assert offered[desk.chief] >= {"supervise", "extend"}
    assert not any("rate" in one for moves in offered.values() for one in moves)


def test_a_move_of_another_part_is_refused_though_its_form_is_made_up(client, desk):
    case = desk.opened()
    page = made(client, case, "accept", desk.dispatcher)

    assert "不由您办理" in page.content.decode()
    assert Case.objects.get(pk=case.pk).state == CaseState.DISPATCHED


def test_a_stale_page_is_told_and_shows_the_case_as_it_stands(client, desk):
    case = desk.opened()
    desk.moved(case, MoveName.ACCEPT)
    client.force_login(desk.handler)
    said = {"move": "send_back", "version": 0, "reason": "不在本网格"}
    page = client.post(f"/board/cases/{case.pk}/", said, follow=True).content.decode()

    assert "已被他人处理" in page
    assert "办理中" in page


def test_a_form_that_lacks_something_is_shown_again_with_what_was_typed(client, desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    page = made(client, case, "answer", desk.handler, result="solved", answer="")

    assert Case.objects.get(pk=case.pk).state == CaseState.HANDLING
    assert "fault" in page.content.decode()


def test_the_dispatcher_gives_it_a_class_and_it_goes_its_way(client, desk):
    case = desk.opened(matter_code="")
    made(client, case, "classify", desk.dispatcher, matter="电梯故障")
    case.refresh_from_db()

    assert (case.matter.code, case.post) == (LIFT, desk.lists.director)


def test_the_dispatcher_gives_it_to_a_post_by_hand(client, desk):
    case = desk.opened(matter_code="")
    made(client, case, "dispatch", desk.dispatcher, post=desk.lists.director.pk)
    case.refresh_from_db()

    assert case.post == desk.lists.director
    assert "人工派出" in page_of(client, case, desk.dispatcher)


@pytest.mark.parametrize(
    ("channel", "who"), [(CaseChannel.PHONE_PAGE, "反映人"), (CaseChannel.HOTLINE, "系统自动")]
)
def test_what_the_asker_did_herself_is_told_as_hers(client, desk, channel, who):
    case = desk.moved(desk.opened(channel=channel), MoveName.ACCEPT)
    page = page_of(client, case, desk.dispatcher)
    course = page[page.index('class="course"') :]
    first, second = re.findall(r"</span> · ([^<→]+?) ?(?:→|<)", course)[:2]

    assert first == who
    assert second not in ("反映人", "系统自动")


def test_why_it_went_there_is_said_in_words(client, desk):
    page = page_of(client, desk.opened(), desk.handler)

    assert "派单理由" in page
    assert "环境卫生" in page
    assert "选中" in page


def test_a_number_is_masked_until_asked_for_and_the_reading_is_recorded(client, desk):
    case = desk.opened(contact_name="李四", contact_phone=PHONE)
    assert PHONE not in page_of(client, case, desk.handler)
    shown = client.post(f"/board/cases/{case.pk}/contact/").content.decode()

    assert PHONE in shown
    assert AuditEntry.objects.filter(verb="cases.personal_read", thing_id=str(case.pk)).exists()


def test_who_asked_in_confidence_is_hidden_from_the_handler(client, desk):
    case = desk.opened(contact_name="李四", contact_phone=PHONE, is_confidential=True)
    page = page_of(client, case, desk.handler)

    assert "李四" not in page
    assert PHONE[-4:] not in page
    assert "保密" in page
    assert client.post(f"/board/cases/{case.pk}/contact/").status_code == 404
    assert "李四" in page_of(client, case, desk.dispatcher)


def test_what_was_done_after_its_limit_is_marked_late_and_nothing_else(client, desk):
    late = re.compile(r'class="state state-closure">已超期<')
    case = desk.opened()
    moment = case.accept_due_at
    Case.objects.update(accepted_at=moment, contacted_at=case.contact_due_at)
    assert not late.search(page_of(client, case, desk.handler))
    Case.objects.update(accepted_at=moment + timedelta(seconds=1))

    assert len(late.findall(page_of(client, case, desk.handler))) == 1


def test_the_counter_takes_in_a_matter_and_prints_its_receipt(client, desk):
    client.force_login(desk.dispatcher)
    page = client.get("/board/cases/new/").content.decode()
    assert "autofocus" in page
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    said = {"matter": "垃圾", "place": desk.town.grids[0].name, "words": "没人收"}
    said |= {"channel": "counter", "form_key": key, "contact_phone": PHONE}
    taken = client.post("/board/cases/new/", said, follow=True)
    case = Case.objects.get()

    assert (case.matter.code, case.post) == (RUBBISH, desk.lists.head)
    assert case.first_responder == desk.dispatcher
    assert case.number in taken.content.decode()
    assert f"/basket/{Basket.objects.get().link}/" in taken.content.decode()


def test_what_is_answered_on_the_spot_is_published_at_once(client, desk):
    client.force_login(desk.dispatcher)
    said = {"words": "居住证带什么", "channel": "counter", "result": "explained"}
    client.post("/board/cases/new/", said | {"answer": "带身份证"})

    assert Case.objects.get().state == CaseState.PUBLISHED


def test_an_answer_without_a_result_is_asked_for(client, desk):
    client.force_login(desk.dispatcher)
    said = {"words": "居住证带什么", "channel": "counter", "answer": "带身份证"}
    page = client.post("/board/cases/new/", said)

    assert "答复要同时有结果和内容" in page.content.decode()
    assert Case.objects.count() == 0


def test_a_point_outside_the_place_that_is_named_is_not_taken_silently(client, desk):
    client.force_login(desk.dispatcher)
    lon, lat = place(100, 100)
    said = {"words": "没人收", "channel": "counter", "here": f"{lon},{lat}", "looked": "1"}
    page = client.post("/board/cases/new/", said | {"place": desk.town.grids[1].name})

    assert "随附的位置不在这个单元里" in page.content.decode()
    assert Case.objects.count() == 0
    taken = client.post("/board/cases/new/", said | {"place": desk.town.maple.name})
    assert taken.status_code == 302
