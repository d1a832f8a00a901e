"""The repair desk as pages: a case orders, a worker takes and quotes, the asker agrees by link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hequan.cases.models import PriceItem, Provider, Repair
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from tests.cases.test_repairs import make_shop
from tests.files.test_images import jpeg
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(desk):
    return make_shop(desk)


def sent(client, row, by, **said):
    client.force_login(by)
    told = {"version": Repair.objects.get(pk=row.pk).version} | said
    return client.post(f"/board/repairs/{row.pk}/", told, follow=True).content.decode()


def picture():
    return SimpleUploadedFile("a.jpg", jpeg(), content_type="image/jpeg")


def test_who_handles_a_case_orders_a_repair_and_the_case_shows_it(client, shop):
    case = shop.desk.opened()
    client.force_login(shop.desk.handler)
    page = f"/board/cases/{case.pk}/repair/"
    assert "看不到反映人的姓名和电话" in client.get(page).content.decode()
    client.post(page, {"provider": shop.provider.pk, "words": "水龙头滴水"})

    row = Repair.objects.get()
    assert f"/board/repairs/{row.pk}/" in client.get(f"/board/cases/{case.pk}/").content.decode()
    client.force_login(shop.desk.neighbour)
    assert client.get(page).status_code == 404


def test_a_worker_takes_quotes_and_finishes_from_her_pages(client, shop):
    row, item = shop.ordered(), PriceItem.objects.get(what="换水龙头")
    client.force_login(shop.worker)
    assert row.number in client.get("/board/repairs/").content.decode()
    assert "已接单" in sent(client, row, shop.worker, move="repair_take")
    told = {"move": "repair_quote", "item1": item.pk, "count1": 2}
    assert "请添加照片" in sent(client, row, shop.worker, **told)
    assert "170.00" in sent(client, row, shop.worker, **told, photos=picture())

    photo = row.case.photos.get()
    own = client.get(f"/board/repairs/{row.pk}/photos/{photo.pk}/?small")
    assert own.headers["Content-Type"] == "image/jpeg"
    client.force_login(shop.desk.neighbour)
    assert client.get(f"/board/repairs/{row.pk}/photos/{photo.pk}/").status_code == 404


def test_a_line_of_ones_own_needs_its_reason_and_keeps_what_was_typed(client, shop):
    row = shop.taken()
    told = {"move": "repair_quote", "what": "定制门", "unit": "扇", "price": "1000", "count": "1"}
    page = sent(client, row, shop.worker, **told, photos=picture())
    assert "价目表外的项目还需写明" in page
    assert "定制门" in page
    assert not row.quotes.exists()


def test_the_asker_reads_the_quote_and_answers_by_her_link(client, shop):
    row = shop.quoted()
    page = f"/case/{row.case.link}/"
    shown = client.get(page).content.decode()
    assert "85.00" in shown
    assert "甲工" not in shown  # nothing of who works on it
    to = f"{page}repairs/{row.pk}/"
    stale = client.post(to, {"do": "agree", "version": "0"}, follow=True).content.decode()
    assert "已被他人更新" in stale
    client.post(to, {"do": "agree", "version": str(row.version)})
    row.refresh_from_db()
    assert row.state == "agreed"
    assert client.post(f"/case/other/repairs/{row.pk}/", {"do": "agree"}).status_code == 404
    assert client.post(to, {"do": "quote"}).status_code == 404


def test_the_asker_accepts_and_has_it_put_right_in_the_warranty(client, shop, monkeypatch):
    row = shop.done()
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)
    page = f"/case/{row.case.link}/"
    to = f"{page}repairs/{row.pk}/"
    client.post(to, {"do": "accept", "version": str(row.version)})
    assert "又出了什么问题" in client.post(to, {"do": "return"}, follow=True).content.decode()
    assert not row.returns.exists()
    client.post(to, {"do": "return", "words": "又漏了"})
    assert row.returns.get().worker == shop.posts[0]
    assert "不收费" in client.get(page).content.decode()


def test_the_desk_answers_for_the_asker_with_a_ground(client, shop):
    row = shop.quoted()
    sent(client, row, shop.desk.handler, move="repair_agree")
    assert row.quotes.get().is_agreed is None
    assert "代为答复" in sent(client, row, shop.desk.handler, move="repair_agree", basis="spoken")


def test_a_dispatcher_keeps_her_price_list_and_a_worker_does_not(client, shop):
    page = f"/board/repairs/prices/{shop.provider.pk}/"
    client.force_login(shop.dispatcher)
    bad = client.post(page, {"do": "rows", "rows": "换角阀,个,45.00,90\n换灯,盏"})
    assert "第 2 行" in bad.content.decode()
    assert PriceItem.objects.count() == 2
    client.post(page, {"do": "rows", "rows": "换角阀,个,45.00,90"})
    told = {"do": "item", "what": "换灯", "unit": "盏", "price": "60", "warranty_days": "30"}
    client.post(page, told)
    client.post(page, {"do": "terms", "mode": "rotate", "cap": "5", "is_open": "on"})
    assert "45.00/个" in client.get(page).content.decode()
    client.post(page, {"do": "end", "price": PriceItem.objects.get(what="换角阀").pk})
    assert set(PriceItem.objects.filter(valid_to=None).values_list("what", "price")) >= {
        ("换灯", 6_000),
    }
    assert (Provider.objects.get().mode, Provider.objects.get().cap) == ("rotate", 5)
    client.force_login(shop.worker)
    assert client.get(page).status_code == 404


def test_whoever_dispatches_repairs_in_a_part_enters_its_bodies_as_providers(client, shop):
    give_grants(
        account=shop.desk.chief,
        capabilities=[Capability.DO_REPAIRS, Capability.DISPATCH_REPAIRS],
        path=shop.desk.town.maple.path,
        by=shop.by,
        at=AT,
    )
    client.force_login(shop.desk.chief)
    told = {"mode": "assign", "cap": "2", "is_open": "on"}
    far = client.post("/board/repairs/provider/", told | {"organisation": "安居物业"})
    assert far.status_code == 200  # not of maple
    client.post("/board/repairs/provider/", told | {"organisation": "红枫物业"})
    assert Provider.objects.get(mode="assign").organisation == shop.desk.lists.firm
