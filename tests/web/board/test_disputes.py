"""Mediation on the board: brought from a case, read by those in it, moved by its forms."""

import re

import pytest

from hequan.cases.models import Dispute
from hequan.core.audit import AuditEntry
from tests.cases.test_disputes import SECRET, everybody, room  # noqa: F401 - a fixture
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_moment(monkeypatch):
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)


def page(client, by, address="/board/disputes/", **asked):
    client.force_login(by)
    return client.get(address, asked)


def sent(client, by, row, move, **said):
    client.force_login(by)
    version = Dispute.objects.get(pk=row.pk).version
    said = {"move": move, "version": version} | said
    return client.post(f"/board/disputes/{row.pk}/", said, follow=True)


def test_everybody_else_meets_nothing_and_each_reading_is_recorded(client, room):  # noqa: F811
    room.agreed()
    address = f"/board/disputes/{room.row.pk}/"
    got = {
        getattr(who, "username", ""): page(client, who, address).status_code
        for who in everybody(room.desk)
        if who is not None
    }
    assert {name for name, status in got.items() if status == 200} == {"director", "chief"}
    assert set(got.values()) == {200, 404}
    assert client.post(address, {"move": "close"}).status_code == 404
    readings = AuditEntry.objects.filter(verb="cases.personal_read", thing_kind="cases.dispute")
    assert {one.by.username for one in readings} == {"director", "chief"}


def test_lists_and_counts_name_nobody(client, room):  # noqa: F811
    room.agreed()
    own = page(client, room.mediator).content.decode()
    head = page(client, room.head).content.decode()
    others = page(client, room.desk.town.officer).content.decode()

    assert room.row.number in own
    assert "全部纠纷统计" in head
    assert "邻里纠纷" in others  # counted
    assert room.row.number not in others
    for text in (own, head, others):
        assert not [word for word in (SECRET, "张三", "各让一步") if word in text]


def test_a_dispute_from_report_to_its_end_through_the_forms(client, room):  # noqa: F811
    desk, case = room.desk, room.desk.opened()
    client.force_login(desk.handler)
    said = {"kind": "neighbours", "words": "噪声扰民", "party1": "楼上", "party2": "楼下"}
    assert client.get("/board/disputes/new/", {"case": case.pk}).status_code == 200
    client.post(f"/board/disputes/new/?case={case.pk}", said)
    row = Dispute.objects.latest("pk")
    assert (row.case, row.unit) == (case, case.unit)
    assert row.number in page(client, desk.handler, f"/board/cases/{case.pk}/").content.decode()

    sent(client, desk.chief, row, "assign", mediator1=desk.dispatcher.pk, mediator2="")
    assert page(client, desk.handler, f"/board/disputes/{row.pk}/").status_code == 404
    seen = page(client, desk.handler, f"/board/cases/{case.pk}/").content.decode()
    assert row.number not in seen
    by = desk.dispatcher
    held = {"held_on": "2026-03-09", "held_time": "19:30", "place": "站点", "said": "谈了"}
    assert "谈了" in sent(client, by, row, "sit", **held).content.decode()
    agreed = {"agreement": "十点后不响", "signed_on": "2026-03-10", "term1": "装垫子"}
    missing = sent(client, by, row, "agree", **agreed)
    assert Dispute.objects.get(pk=row.pk).state == "mediating"
    assert "十点后不响" in missing.content.decode()  # what was entered is kept
    sent(client, by, row, "agree", **agreed, due1="2026-04-01")
    told = page(client, by, f"/board/disputes/{row.pk}/").content.decode()
    assert "装垫子" in told
    assert case.number in told
    assert "未履行" in sent(client, by, row, "close").content.decode()
    term, visit = row.terms.get(), row.visits.get()
    sent(client, by, row, "keep_term", term=term.pk, on="2026-03-10")
    sent(client, by, row, "visit", visit=visit.pk, on="2026-03-10", said="安静了")
    sent(client, by, row, "close")

    row.refresh_from_db()
    assert (row.state, row.ending) == ("closed", "agreed")


def test_a_page_that_is_behind_is_told_so_and_keeps_the_words(client, room):  # noqa: F811
    room.assigned()
    held = {"held_on": "2026-03-09", "held_time": "19:30", "place": "站点", "said": "说过的话"}
    got = sent(client, room.mediator, room.row, "sit", **held, version=0).content.decode()

    assert "他人已更新" in got
    assert "说过的话" in got
    assert set(re.findall(r'name="version" value="(\d+)"', got)) == {"1"}
    assert not room.row.sessions.exists()
    assert "不能这样处理" in sent(client, room.mediator, room.row, "assign").content.decode()


def test_a_name_alone_ties_nobody_and_a_number_does(client, room):  # noqa: F811
    town = room.desk.town
    resident = town.cast.resident
    client.force_login(town.officer)
    tail = resident.phone.open()[-4:]
    said = {"kind": "other", "words": "x", "unit": town.maple.name, "party1": resident.name}
    client.post("/board/disputes/new/", said | {"party2": f"{resident.name} {tail}"})
    one, other = Dispute.objects.latest("pk").parties.order_by("pk")

    assert (one.person, other.person) == (None, resident)
    got = client.post("/board/disputes/new/", said | {"party2": "无人 0000"})
    assert "无人 0000" in got.content.decode()
    assert client.get("/board/disputes/new/", {"case": 999999}).status_code == 404


@pytest.mark.parametrize("said", ["楼上 1203", "5号楼 0402", "对门业主 1502", "红枫路12弄 0301"])
def test_a_flat_is_not_taken_for_the_tail_of_a_number(client, room, said):  # noqa: F811
    town = room.desk.town
    client.force_login(town.officer)
    facts = {"kind": "other", "words": "x", "unit": town.maple.name, "party1": said}
    client.post("/board/disputes/new/", facts | {"party2": "楼下"})
    one = Dispute.objects.latest("pk").parties.order_by("pk")[0]

    assert (one.person, one.name.open()) == (None, said)


def test_search_knows_nothing_of_it(client, room):  # noqa: F811
    room.agreed()
    for words in (SECRET, room.row.number, "各让一步"):
        got = page(client, room.desk.town.officer, "/board/search/", q=words).content.decode()
        assert f"/board/disputes/{room.row.pk}/" not in got
