"""A resident reports something on her phone, follows it by its link, and judges the answer."""

import re

import pytest

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, Rating
from hequan.cases.moves import MoveName
from hequan.core.accounts import Account, system_account
from tests.cases.cast import RUBBISH
from tests.world import place

pytestmark = pytest.mark.django_db


def filled(client, **more):
    """What the form sends, with the key the page gave it."""
    page = client.get("/report/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    return {"words": "垃圾两天没人收", "matter": RUBBISH, "form_key": key} | more


def rated(answer="yes", satisfied="yes"):
    asked = ("was_contacted", "is_solved", "was_kind")
    return {"do": "rate", "is_satisfied": satisfied} | dict.fromkeys(asked, answer)


def test_the_form_is_in_chinese_and_asks_for_little(client, desk):
    page = client.get("/report/").content.decode()

    assert "发生了什么？" in page
    assert "不清楚" in page
    assert "垃圾未清运" in page
    assert 'required id="id_words"' in page or "required" in page


def test_a_report_becomes_a_case_with_a_number_and_a_link(client, desk):
    sent = client.post("/report/", filled(client, committee=desk.town.maple.pk), follow=True)
    case = Case.objects.get()
    page = sent.content.decode()

    assert case.unit == desk.town.maple
    assert case.first_responder == system_account()
    assert case.number in page
    assert f"/case/{case.link}/" in page
    assert "已收到" in page


def test_a_double_send_is_one_case_and_leads_to_the_same_page(client, desk):
    said = filled(client, committee=desk.town.maple.pk)
    first, second = client.post("/report/", said), client.post("/report/", said)

    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1


def test_a_place_sent_along_finds_its_micro_grid(client, desk):
    lon, lat = place(100, 100)
    client.post("/report/", filled(client, here=f"{lon:.5f},{lat:.5f}"))

    assert Case.objects.get().post == desk.lists.head


@pytest.mark.parametrize("here", ["NaN,NaN", "1,2,3", "abc", "1e400,5", "31.33,121.47", ","])
def test_a_place_that_cannot_be_read_is_told_and_not_sent_again(client, desk, here):
    page = client.post("/report/", filled(client, here=here)).content.decode()

    assert "随附的位置无法识别" in page
    assert here not in re.findall(r'name="here"[^>]*', page)[0]
    assert not Case.objects.exists()


def test_without_a_place_a_report_is_taken_in(client, desk):
    client.post("/report/", filled(client, here=""))

    assert Case.objects.get().state == CaseState.TRIAGE


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"words": ""}, "这一项还没有填"),
        ({"words": "长" * 5001}, "5000"),
        ({"matter": "99999"}, "这类事项已停用"),
        ({"here": "0.0,0.0"}, "不在本街镇范围内"),
        ({"contact_phone": "12345"}, "号"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_words_are_kept(client, desk, more, said):
    page = client.post("/report/", filled(client, place_words="北门口") | more)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert "北门口" in page.content.decode()
    assert Case.objects.count() == 0


def test_without_a_town_the_page_says_so(client):
    Account.objects.create_user("somebody")  # the first start is over
    assert "街镇资料还没有录入" in client.get("/report/").content.decode()


def test_a_signed_in_resident_is_known_as_the_asker(client, desk):
    client.force_login(desk.town.resident)
    client.post("/report/", filled(client))

    assert Case.objects.get().asker == desk.town.cast.resident


def test_the_status_page_says_how_it_stands_and_names_nobody(client, desk):
    case = desk.published(contact_name="李四", contact_phone="13612340004")
    page = client.get(f"/case/{case.link}/").content.decode()

    assert "已有答复" in page
    assert "已清运" in page
    assert "实际解决" in page
    for name in ("handler", "director", "王丽", "赵强", "李四", "已电话联系"):
        assert name not in page


def test_an_answer_is_not_shown_before_it_is_published(client, desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT, MoveName.ANSWER)

    assert "已清运" not in client.get(f"/case/{case.link}/").content.decode()


def test_a_wrong_link_shows_nothing(client, desk):
    assert client.get("/case/nothing/").status_code == 404
    assert client.get("/case/nothing/sent/").status_code == 404


def test_she_judges_the_answer_once(client, desk):
    case = desk.published()
    said = rated() | {"version": case.version}
    client.post(f"/case/{case.link}/", said)
    again = client.post(f"/case/{case.link}/", said | {"is_satisfied": "no"}, follow=True)

    assert Rating.objects.get(case=case).is_satisfied
    assert "已经评价过" in again.content.decode()
    assert Case.objects.get(pk=case.pk).state == CaseState.CLOSED


def test_a_judgement_with_a_question_left_out_is_asked_for_again(client, desk):
    case = desk.published()
    said = {"do": "rate", "version": case.version, "is_solved": "yes"}
    page = client.post(f"/case/{case.link}/", said)

    assert page.status_code == 200
    assert not Rating.objects.exists()


def test_she_reopens_it_within_the_window(client, desk):
    case = desk.published()
    client.post(f"/case/{case.link}/", rated() | {"version": case.version})
    case.refresh_from_db()
    assert "没有办好？" in client.get(f"/case/{case.link}/").content.decode()
    said = {"do": "reopen", "version": case.version, "reason": "又堆起来了"}
    client.post(f"/case/{case.link}/", said)

    assert Case.objects.get(pk=case.pk).state == CaseState.HANDLING


def test_she_withdraws_what_she_no_longer_needs(client, desk):
    case = desk.opened()
    said = {"do": "withdraw", "version": case.version, "reason": "已经好了"}
    client.post(f"/case/{case.link}/", said)

    assert Case.objects.get(pk=case.pk).state == CaseState.WITHDRAWN


def test_a_page_that_is_behind_is_told_so_and_changes_nothing(client, desk):
    case = desk.opened()
    desk.moved(case, MoveName.ACCEPT)
    said = {"do": "withdraw", "version": 0, "reason": "已经好了"}
    page = client.post(f"/case/{case.link}/", said, follow=True)

    assert "已被他人处理" in page.content.decode()
    assert Case.objects.get(pk=case.pk).state == CaseState.HANDLING
