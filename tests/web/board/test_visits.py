"""A visit at the counter: matter after matter with the same person, one receipt, one code."""

import re

import pytest
from django.utils.timezone import localtime

from hequan.cases.models import Basket, Case, Follower
from hequan.web.qr import qr_picture

pytestmark = pytest.mark.django_db
PHONE = "13612340004"


def sent(client, desk, address="/board/cases/new/", **more):
    said = {"words": "垃圾没人收", "channel": "counter", "place": desk.town.grids[0].name}
    return client.post(address, said | {"matter": "垃圾"} | more, follow=True)


def test_the_next_matter_asks_nothing_about_the_person_again(client, desk):
    client.force_login(desk.dispatcher)
    page = sent(client, desk, contact_name="李小四", contact_phone=PHONE, then="next")
    address = page.redirect_chain[-1][0]
    text = page.content.decode()

    assert address.endswith("/next/?channel=counter")
    assert "李*四" in text
    assert "136****0004" in text
    assert PHONE not in text
    assert 'name="contact_name"' not in text
    assert 'name="person"' not in text

    receipt = sent(client, desk, address, words="居住证带什么", result="explained", answer="带证件")
    numbers = Case.objects.values_list("number", flat=True)
    assert all(one in receipt.content.decode() for one in numbers)
    assert len(numbers) == 2
    assert set(Case.objects.values_list("contact_name", flat=True)) == {"李小四"}


def test_who_asked_in_confidence_is_taken_to_ask_the_next_matter_so(client, desk):
    ticked = re.compile(r'<input[^>]*name="is_confidential"[^>]*checked')
    client.force_login(desk.dispatcher)
    page = sent(client, desk, then="next")
    assert not ticked.search(page.content.decode())
    address = page.redirect_chain[-1][0]
    page = sent(client, desk, address, is_confidential="on", then="next", looked="1")

    assert ticked.search(page.content.decode())


def test_beside_what_is_near_the_clerk_reads_her_own_words_and_still_chooses_what_follows(
    client, desk
):
    client.force_login(desk.dispatcher)
    desk.opened()
    page = sent(client, desk, then="next").content.decode()
    assert "为来访人登记跟进" in page
    assert not any(one in page for one in ("我也遇到", "您会得到", "提交我的反映"))
    assert re.search(r'name="looked" value="next"', page)

    wanted = {"next": "/next/", "receipt": "/visits/", "1": "/next/"}  # as first sent
    for looked, there in wanted.items():
        last = sent(client, desk, then="next", looked=looked).redirect_chain[-1][0]
        assert there in last
        assert ("/next/" in last) is (there == "/next/")


def test_the_receipt_says_what_comes_next_and_nothing_that_is_private(client, desk):
    client.force_login(desk.dispatcher)
    page = sent(client, desk, contact_name="李小四", contact_phone=PHONE, words="三楼张家的垃圾")
    text = page.content.decode()
    due = Case.objects.get().solve_due_at

    assert f"{localtime(due):%Y-%m-%d %H:%M}" in text
    assert f"/basket/{Basket.objects.get().link}/" in text
    assert "<svg" in text
    assert not any(one in text for one in ("李小四", PHONE, "136****", "三楼张家"))


def test_nobody_else_sees_the_receipt_or_goes_on_with_the_visit(client, desk):
    client.force_login(desk.dispatcher)
    sent(client, desk)
    visit = Basket.objects.get()
    client.force_login(desk.chief)

    for address in (f"/board/cases/visits/{visit.pk}/", f"/board/cases/visits/{visit.pk}/next/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"words": "x"}).status_code in (404, 405)


def test_a_visit_that_is_over_leads_to_a_new_one(client, desk):
    client.force_login(desk.dispatcher)
    sent(client, desk)
    Basket.objects.update(opened_at="2026-01-01T00:00Z")
    page = client.get(f"/board/cases/visits/{Basket.objects.get().pk}/next/", follow=True)

    assert page.redirect_chain[-1][0] == "/board/cases/new/"
    assert "已经结束" in page.content.decode()


def test_following_what_others_reported_is_on_the_receipt_too(client, desk):
    case = desk.opened()
    client.force_login(desk.dispatcher)
    shown = sent(client, desk, then="next").content.decode()
    assert 'name="then" value="next"' in shown
    page = sent(client, desk, follow=case.number)

    assert Follower.objects.get().case == case
    assert case.number in page.content.decode()


def test_no_hidden_entry_has_a_label_and_the_cursor_is_where_one_types(client, desk):
    client.force_login(desk.dispatcher)
    text = client.get("/board/cases/new/").content.decode()

    assert 'for="id_form_key"' not in text
    assert 'name="form_key"' in text
    assert re.search(r'<textarea[^>]*name="words"[^>]*autofocus', text)
    wrong = sent(client, desk, contact_phone="12").content.decode()
    assert re.search(r'<input[^>]*name="contact_phone"[^>]*autofocus', wrong)
    assert wrong.count("autofocus") == 1


def test_the_visitors_page_lists_her_matters_without_an_account(client, desk):
    client.force_login(desk.dispatcher)
    sent(client, desk, contact_name="李小四", words="三楼张家的垃圾")
    visit, case = Basket.objects.get(), Case.objects.get()
    client.logout()
    text = client.get(f"/basket/{visit.link}/").content.decode()

    assert case.number in text
    assert f"/case/{case.link}/" in text
    assert "李" not in text
    assert "三楼" not in text
    assert client.get("/basket/nothing/").status_code == 404


@pytest.mark.once
def test_the_code_is_drawn_square_by_square():
    from qrcode import QRCode, constants

    address = "https://town.example/basket/AbCdEfGhIjKlMnOpQrStUv/"
    code = QRCode(error_correction=constants.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    wanted = {
        (x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark
    }
    picture = qr_picture(address)
    drawn = [
        (int(x) + step, int(y))
        for x, y, n in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture.path)
        for step in range(int(n))
    ]

    assert set(drawn) == wanted
    assert len(drawn) == len(wanted)
    assert picture.side == len(code.get_matrix())
