"""Protection on the board: masked until a reason is given; each page for its capability only."""

import pytest
from django.test import Client

from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.core.sealed import Sealed
from hequan.people import actions, queries
from hequan.people.models import (
    BreachRecord,
    ChildAccessRequest,
    Consent,
    ConsentText,
    DataRequest,
    IdDocument,
    ImpactAssessment,
    Person,
)
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose, RequestKind
from tests.world import AT

NUMBER = "360426199101010071"
PAGES = [
    "/board/protection/requests/",
    "/board/protection/proofs/",
    "/board/protection/consents/",
    "/board/protection/consents/new/",
    "/board/protection/children/",
    "/board/protection/assessments/",
    "/board/protection/assessments/new/",
    "/board/protection/breaches/",
    "/board/protection/breaches/new/",
]


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def text(world):
    return actions.publish_consent_text(
        purpose=ConsentPurpose.IDENTITY,
        text_zh="我同意保存证件号码",
        text_en="keep my number",
        valid_from=AT,
        by=world.officer,
        at=AT,
    )


def page_of(person):
    return f"/board/people/{person.pk}/protection/"


def asked(world, kind, person=None):
    return actions.open_data_request(
        person=person or world.cast.outsider,
        kind=kind,
        channel=ConsentChannel.COUNTER,
        by=world.officer,
        at=AT,
    )


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_there_for_whoever_protects_data_and_for_nobody_else(
    officer, sign_in, world, address
):
    assert officer.get(address).status_code == 200
    assert sign_in("clerk").get(address).status_code == 404
    assert sign_in("stranger").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_person_is_masked_until_a_reason_is_given_and_shown_once(officer, world):
    person = world.cast.wang_li
    plain = person.phone.open()
    assert plain not in officer.get(page_of(person)).content.decode()

    shown = officer.post(
        f"/board/people/{person.pk}/reveal/", {"reason": "contact_her", "fields": "phone"}
    )

    assert plain in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(verb="people.personal_read")
    assert entry.after == {"fields": ["phone"], "reason": "contact_her"}
    assert plain not in officer.get(page_of(person)).content.decode()


def test_without_a_reason_nothing_is_shown(officer, world):
    person = world.cast.wang_li

    for reason in ("", "because"):
        answer = officer.post(f"/board/people/{person.pk}/reveal/", {"reason": reason})
        assert answer.status_code == 302
    assert officer.get(f"/board/people/{person.pk}/reveal/").status_code == 405
    assert not AuditEntry.objects.filter(verb="people.personal_read").exists()


def test_whoever_may_not_reveal_there_meets_404(sign_in, world):
    give_grants(
        account=world.viewer,
        capabilities=[Capability.REVEAL_PERSONAL, Capability.SEE_PEOPLE],
        path=world.pine.path,
        by=world.system,
        at=AT,
    )
    answer = sign_in("viewer").post(
        f"/board/people/{world.cast.wang_li.pk}/reveal/", {"reason": "service"}
    )

    assert answer.status_code == 404
    assert not AuditEntry.objects.filter(verb="people.personal_read").exists()


def test_a_broken_seal_is_told_and_breaks_no_page(officer, world):
    person = world.cast.wang_li
    Person.objects.filter(pk=person.pk).update(phone=Sealed("k1-000000:AAAAAAAAAAAAAAAAAAAAAAAA"))

    assert officer.get(page_of(person)).status_code == 200
    answer = officer.post(f"/board/people/{person.pk}/reveal/", {"reason": "service"}, follow=True)
    assert "k1-000000" in answer.content.decode()


def test_a_childs_data_is_asked_for_and_decided_by_another(sign_in, world):
    child = world.cast.wang_xiaobao
    give_grants(
        account=world.clerk,
        capabilities=[Capability.REVEAL_PERSONAL, Capability.SEE_PEOPLE],
        path=world.maple.path,
        by=world.system,
        at=AT,
    )
    clerk, officer = sign_in("clerk"), sign_in("officer")
    assert "王小宝" not in clerk.get(page_of(child)).content.decode()

    clerk.post(f"/board/people/{child.pk}/child-access/", {"reason": "service"})
    refused = clerk.post(f"/board/people/{child.pk}/reveal/", {"reason": "service"}, follow=True)
    assert "2017" not in refused.content.decode()
    request = ChildAccessRequest.objects.get()
    decide = f"/board/protection/children/{request.pk}/decide/"
    assert clerk.post(decide, {"days": 1}).status_code == 404
    officer.post(decide, {"days": 1})

    shown = clerk.post(f"/board/people/{child.pk}/reveal/", {"reason": "service"})
    assert child.born_on.isoformat() in shown.content.decode()


def test_nobody_approves_her_own_request(officer, world):
    child = world.cast.wang_xiaobao
    officer.post(f"/board/people/{child.pk}/child-access/", {"reason": "service"})
    request = ChildAccessRequest.objects.get()

    officer.post(f"/board/protection/children/{request.pk}/decide/", {"days": 7})

    request.refresh_from_db()
    assert request.decided_at is None


def test_a_consent_is_written_down_and_withdrawn_at_the_counter(officer, world, text):
    person = world.cast.resident
    base = f"/board/people/{person.pk}/consents/"

    officer.post(f"{base}give/", {"text": text.pk, "channel": "paper"})
    consent = Consent.objects.get()
    assert (consent.person, consent.channel, consent.proxy_account) == (
        person,
        "paper",
        world.officer,
    )
    officer.post(f"{base}{consent.pk}/withdraw/")

    assert not queries.consent_in_force(person, ConsentPurpose.IDENTITY, AT)
    assert officer.post(f"{base}give/", {"text": 999, "channel": "paper"}).status_code == 404
    officer.post(f"{base}give/", {"text": text.pk, "channel": "online"})
    assert Consent.objects.count() == 1


def test_for_a_child_the_guardian_consents_at_the_counter(officer, world, text):
    child = world.cast.wang_xiaobao
    base = f"/board/people/{child.pk}/consents/give/"

    officer.post(base, {"text": text.pk, "channel": "paper"})
    assert not Consent.objects.exists()
    officer.post(base, {"text": text.pk, "channel": "paper", "guardian": world.cast.wang_li.pk})

    assert Consent.objects.get().proxy_person == world.cast.wang_li


def test_a_document_is_recorded_with_consent_and_shown_by_its_tail(officer, world, text):
    person = world.cast.resident
    address = f"/board/people/{person.pk}/documents/"
    fields = {"kind": "resident", "number": NUMBER, "country": "CN"}
    assert "须先取得本人同意" in officer.post(address, fields).content.decode()
    officer.post(
        f"/board/people/{person.pk}/consents/give/", {"text": text.pk, "channel": "counter"}
    )

    officer.post(address, fields)

    page = officer.get(page_of(person)).content.decode()
    assert "**************0071" in page
    assert NUMBER not in page
    document = IdDocument.objects.get()
    officer.post(f"{address}{document.pk}/remove/")
    assert not IdDocument.objects.exists()
    assert officer.post(f"{address}{document.pk}/remove/").status_code == 404


def test_a_request_is_written_down_listed_and_answered_once(officer, world):
    person = world.cast.resident
    officer.post(
        f"/board/people/{person.pk}/data-requests/",
        {"kind": "explain", "channel": "phone", "note": ""},
    )
    request = DataRequest.objects.get()
    assert "张*" in officer.get("/board/protection/requests/").content.decode()
    address = f"/board/protection/requests/{request.pk}/"

    officer.post(address, {"state": "done", "outcome": "已电话说明"})
    again = officer.post(address, {"state": "refused", "outcome": "再来"})

    request.refresh_from_db()
    assert (request.state, request.outcome) == ("done", "已电话说明")
    assert "已经办结" in again.content.decode()


def test_the_data_is_handed_out_and_the_request_closed(officer, world):
    request = asked(world, RequestKind.EXPORT)
    address = f"/board/protection/requests/{request.pk}/take/"

    assert officer.post(address)["Content-Type"] == "application/zip"
    assert officer.post(address).status_code == 404
    assert DataRequest.objects.get(pk=request.pk).state == "done"


def test_somebody_is_erased_at_the_counter_after_a_second_look(officer, world):
    request = asked(world, RequestKind.ERASE, world.cast.outsider)
    address = f"/board/protection/requests/{request.pk}/erase/"

    officer.get(address)
    officer.post(address)
    assert Person.objects.get(pk=world.cast.outsider.pk).erased_at is None
    officer.post(address, {"sure": "yes"})

    assert Person.objects.get(pk=world.cast.outsider.pk).erased_at == AT
    assert DataRequest.objects.get(pk=request.pk).counts["emptied"]


def test_a_request_of_another_kind_erases_nobody(officer, world):
    request = asked(world, RequestKind.SEE)
    address = f"/board/protection/requests/{request.pk}/erase/"

    assert officer.post(address, {"sure": "yes"}).status_code == 404


def test_words_are_previewed_before_they_are_published(officer, world):
    words = {"purpose": "sharing", "text_zh": "我同意提供", "text_en": "I agree to share"}
    address = "/board/protection/consents/new/"

    assert "居民看到的样子" in officer.post(address, words | {"preview": "yes"}).content.decode()
    assert not ConsentText.objects.exists()
    officer.post(address, words)
    assert ConsentText.objects.get().version == 1
    again = officer.post(address, words)
    assert "与现行文本不同" in again.content.decode()
    assert "我同意提供" in officer.get(f"{address}?purpose=sharing").content.decode()


def test_an_assessment_is_entered_and_read_and_its_review_lies_ahead(officer, world):
    entry = {
        "title": "老年助餐名单",
        "purpose": "送餐",
        "necessity": "公共服务",
        "risks": "外泄",
        "measures": "脱敏",
        "result": "with_measures",
        "made_on": "2026-03-01",
        "review_on": "2026-03-01",
    }
    address = "/board/protection/assessments/new/"
    assert "复评日期" in officer.post(address, entry).content.decode()
    assert not ImpactAssessment.objects.exists()

    officer.post(address, entry | {"review_on": "2027-03-01"})

    row = ImpactAssessment.objects.get()
    assert "外泄" in officer.get(f"/board/protection/assessments/{row.pk}/").content.decode()
    assert officer.get("/board/protection/assessments/999/").status_code == 404


def test_a_breach_is_entered_kept_up_and_closed(officer, world):
    entry = {"title": "演练", "is_drill": "on", "noticed_at": "2026-03-10T09:00", "what": "模拟"}
    officer.post("/board/protection/breaches/new/", entry)
    row = BreachRecord.objects.get()
    address = f"/board/protection/breaches/{row.pk}/"

    officer.post(address, entry | {"persons": 40})
    officer.post(f"{address}close/")
    officer.post(address, entry | {"persons": 7})

    row.refresh_from_db()
    assert (row.persons, row.state, row.is_drill) == (40, "closed", True)


def test_the_list_of_requests_asks_the_database_the_same_for_many(
    officer, world, django_assert_max_num_queries
):
    for person in (world.cast.resident, world.cast.wang_li, world.cast.outsider):
        asked(world, RequestKind.SEE, person)
    with django_assert_max_num_queries(12):
        officer.get("/board/protection/requests/")


def test_a_request_without_a_kind_is_refused_beside_the_field(officer, world):
    answer = officer.post(
        f"/board/people/{world.cast.resident.pk}/data-requests/", {"channel": "phone"}
    )

    assert "id_kind_fault1" in answer.content.decode()
    assert not DataRequest.objects.exists()
