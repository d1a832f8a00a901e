"""My data and my consents: one's own and one's ward's, nobody else's; everything by oneself."""

import io
import json
import zipfile

import openpyxl
import pytest

from hequan.core.personal_rows import tagged_models
from hequan.people import actions, queries
from hequan.people.models import Consent, Person
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose, RevealReason
from tests.world import AT


@pytest.fixture
def mother(world, client):
    """Wang Li with an account, signed in; she is guardian of Wang Xiaobao, nine years old."""
    actions.tie_account(
        person=world.cast.wang_li, account=_account("wangli"), by=world.system, at=AT
    )
    person = Person.objects.get(pk=world.cast.wang_li.pk)
    client.force_login(person.account)
    return person


@pytest.fixture
def text(world):
    return actions.publish_consent_text(
        purpose=ConsentPurpose.MESSAGES,
        text_zh="我同意接收推送",
        text_en="I want messages",
        valid_from=AT,
        by=world.officer,
        at=AT,
    )


def _account(name):
    from hequan.core.accounts import Account

    return Account.objects.create_user(name, "a-long-password", name=name)


def told(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/my/data/", "/my/consents/", "/my/data/erase/"])
def test_one_signs_in_first(client, world, address):
    assert client.get(address).status_code == 302


def test_a_sign_in_that_is_nobody_is_told_so(client, world):
    client.force_login(_account("nobody"))

    for address in ("/my/data/", "/my/consents/", "/my/data/correct/", "/my/data/erase/"):
        assert "尚未对应到人员" in told(client, address)


def test_she_sees_what_is_kept_whole_and_who_looked(client, world, mother):
    actions.reveal_person(
        person=mother,
        fields=("phone",),
        reason=RevealReason.CONTACT_HER,
        by=world.officer,
        at=AT,
    )

    page = told(client, "/my/data/")

    assert mother.phone.open() in page
    assert "王丽" in page
    assert "周敏" in page
    assert "联系本人" in page
    assert client.get("/my/data/")["Cache-Control"].count("no-store")


def test_a_guardian_sees_her_ward_and_nobody_else(client, world, mother):
    child = world.cast.wang_xiaobao

    assert "王小宝" in told(client, f"/my/data/?of={child.pk}")
    for other in (world.cast.resident.pk, world.cast.shan_xiaoyu.pk, 999999, "x"):
        assert client.get(f"/my/data/?of={other}").status_code == 404
        assert client.post("/my/data/take/", {"of": other}).status_code == 404
        assert client.post("/my/data/erase/", {"of": other, "sure": "yes"}).status_code == 404


def test_she_takes_everything_along_in_one_archive(client, world, mother):
    answer = client.post("/my/data/take/")

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    plain = json.loads(archive.read("data.json"))
    (row,) = plain["tables"]["people.person"]
    assert row["phone"] == mother.phone.open()
    book = openpyxl.load_workbook(io.BytesIO(archive.read("data.xlsx")))
    sheet = next(one for one in book if "基本信息" in one.title)
    assert mother.phone.open() in [cell.value for cell in sheet[2]]
    assert queries.data_requests_of(mother)[0].kind == "export"


def test_a_name_that_is_a_formula_stays_text_in_the_workbook(client, world, mother):
    Person.objects.filter(pk=mother.pk).update(address="=1+1")

    archive = zipfile.ZipFile(io.BytesIO(client.post("/my/data/take/").content))
    book = openpyxl.load_workbook(io.BytesIO(archive.read("data.xlsx")))
    sheet = next(one for one in book if "基本信息" in one.title)
    assert "'=1+1" in [cell.value for cell in sheet[2]]


def test_she_corrects_her_name_and_address(client, world, mother):
    client.post("/my/data/correct/", {"name": "王莉", "address": "红枫路2号"})

    row = Person.objects.get(pk=mother.pk)
    assert (row.name, row.address) == ("王莉", "红枫路2号")
    assert row.phone.open() == mother.phone.open()


def test_what_cannot_be_a_name_is_refused_beside_the_field(client, world, mother):
    page = client.post("/my/data/correct/", {"name": "12345", "address": ""})

    assert "id_name_fault1" in page.content.decode()
    assert Person.objects.get(pk=mother.pk).name == "王丽"


def test_she_erases_herself_after_being_asked_twice(client, world):
    client.force_login(world.stranger)
    person = world.cast.outsider

    assert "确认删除" not in told(client, "/my/data/erase/")
    assert "确认删除" in client.post("/my/data/erase/").content.decode()
    assert Person.objects.get(pk=person.pk).erased_at is None

    done = client.post("/my/data/erase/", {"sure": "yes"})

    assert "已退出登录" in done.content.decode()
    assert Person.objects.get(pk=person.pk).erased_at == AT
    assert client.get("/my/data/").status_code == 302
    request = person.data_requests.get()
    assert (request.kind, request.state) == ("erase", "done")
    assert done.context["kept"] == [], "nothing of hers is kept, so nothing is named"


def test_a_guardian_is_told_what_comes_first(client, world, mother):
    page = told(client, "/my/data/erase/")

    assert "监护人" in page
    client.post("/my/data/erase/", {"sure": "yes"})
    assert Person.objects.get(pk=mother.pk).erased_at is None


def test_a_guardian_erases_her_ward_and_stays_signed_in(client, world, mother):
    child = world.cast.wang_xiaobao

    done = client.post("/my/data/erase/", {"of": child.pk, "sure": "yes"})

    names = {model._meta.label_lower: tags.title for model, tags in tagged_models()}
    assert names["people.guardianship"] in done.context["kept"]
    assert names["roster.post"] not in done.context["kept"]

    assert Person.objects.get(pk=child.pk).erased_at == AT
    assert client.get("/my/data/").status_code == 200


def test_a_child_reads_and_takes_along_but_decides_nothing(client, world, text):
    child = actions.tie_account(
        person=world.cast.wang_xiaobao, account=_account("xiaobao"), by=world.system, at=AT
    )
    client.force_login(child.account)

    assert "监护人" in told(client, "/my/data/")
    client.post("/my/data/erase/", {"sure": "yes"})
    client.post("/my/data/correct/", {"name": "王大宝", "address": ""})
    client.post(f"/my/consents/{text.pk}/give/")

    row = Person.objects.get(pk=child.pk)
    assert (row.erased_at, row.name) == (None, "王小宝")
    assert not Consent.objects.exists()


def test_a_consent_is_one_click_and_so_is_its_end(client, world, mother, text):
    client.post(f"/my/consents/{text.pk}/give/")
    consent = Consent.objects.get(person=mother)
    assert (consent.channel, consent.proxy_person) == (ConsentChannel.ONLINE, None)
    assert f"/my/consents/{consent.pk}/withdraw/" in told(client, "/my/consents/")

    client.post(f"/my/consents/{consent.pk}/withdraw/")

    assert not queries.consent_in_force(mother, ConsentPurpose.MESSAGES, AT)


def test_a_guardian_consents_for_her_ward(client, world, mother, text):
    child = world.cast.wang_xiaobao

    client.post(f"/my/consents/{text.pk}/give/", {"of": child.pk})

    consent = Consent.objects.get(person=child)
    assert consent.proxy_person == mother


def test_nobody_withdraws_anothers_consent(client, world, mother, text):
    consent = actions.give_consent(
        person=world.cast.resident,
        text=text,
        channel=ConsentChannel.ONLINE,
        by=world.officer,
        at=AT,
    )

    assert client.post(f"/my/consents/{consent.pk}/withdraw/").status_code == 404
    assert client.post("/my/consents/999/give/").status_code == 404


def test_looking_changes_nothing(client, world, mother, text):
    for address in ("/my/data/take/", f"/my/consents/{text.pk}/give/"):
        assert client.get(address).status_code == 405


def test_the_page_asks_the_database_as_often_for_many_rows_as_for_few(
    client, world, mother, django_assert_max_num_queries
):
    with django_assert_max_num_queries(70):
        client.get("/my/data/")
