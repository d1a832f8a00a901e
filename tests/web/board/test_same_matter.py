"""Merging, parting and splitting on the board; who follows, and her number."""

import pytest

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, Follower
from hequan.core.audit import AuditEntry
from hequan.core.sealed import Sealed
from tests.cases.cast import LIFT
from tests.web.board.test_cases import made, page_of
from tests.world import AT

pytestmark = pytest.mark.django_db
PHONE = "13612340004"


def test_the_dispatcher_merges_by_number_and_parts_again(client, desk):
    other, lead = desk.opened(), desk.opened()
    assert "并入这一件" in page_of(client, other, desk.dispatcher)
    assert "并入这一件" not in page_of(client, other, desk.handler)
    page = made(client, other, "merge", desk.dispatcher, lead=lead.number.lower())
    other.refresh_from_db()
    assert (other.state, other.lead) == (CaseState.MERGED, lead)
    assert lead.number in page.content.decode()
    assert other.number in page_of(client, lead, desk.handler)
    made(client, other, "unmerge", desk.dispatcher)

    assert Case.objects.get(pk=other.pk).state == CaseState.DISPATCHED


def test_a_number_that_cannot_lead_is_told_and_nothing_is_moved(client, desk):
    other, away = desk.opened(), desk.opened(unit=desk.town.pine.pk)
    page = made(client, other, "merge", desk.dispatcher, lead=other.number)
    assert "不能并入自己" in page.content.decode()
    page = made(client, other, "merge", desk.dispatcher, lead=away.number)

    assert "没有这件工单" in page.content.decode() or "无权" in page.content.decode()
    assert Case.objects.get(pk=other.pk).version == 0


def test_the_dispatcher_splits_off_what_is_another_matter(client, desk):
    case = desk.opened(words="垃圾没收,电梯也坏了")
    said = {"words1": "电梯坏了", "matter1": LIFT, "stays": "垃圾没收"}
    page = made(client, case, "split", desk.dispatcher, **said).content.decode()
    part = Case.objects.get(split_from=case)

    assert (part.matter.code, part.words) == (LIFT, "电梯坏了")
    assert part.number in page
    assert case.number in page_of(client, part, desk.dispatcher)
    assert "垃圾没收,电梯也坏了" in page_of(client, case, desk.dispatcher)  # in its course


def test_a_followers_number_is_masked_until_asked_for_and_hidden_where_confidential(client, desk):
    case = desk.opened()
    sealed = Sealed.of(PHONE, "phone")
    row = Follower.objects.create(case=case, link="a", since=AT, contact_phone=sealed, words="也是")
    page = page_of(client, case, desk.handler)
    assert "也是" in page
    assert PHONE not in page
    address = f"/board/cases/{case.pk}/contact/"
    shown = client.post(address, {"follower": row.pk}).content.decode()
    assert PHONE in shown
    entry = AuditEntry.objects.get(verb="cases.personal_read")
    assert entry.thing_kind == "cases.follower"
    Follower.objects.update(is_confidential=True)

    assert "联系方式对您保密" in page_of(client, case, desk.handler)
    assert client.post(address, {"follower": row.pk}).status_code == 404
    assert client.post(address, {"follower": "999999"}).status_code == 404


def test_a_handler_who_makes_up_the_form_is_refused(client, desk):
    one, two = desk.opened(), desk.opened()
    page = made(client, one, "merge", desk.handler, lead=two.number)

    assert page.status_code == 200
    assert Case.objects.get(pk=one.pk).version == 0
