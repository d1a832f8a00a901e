"""The wizard: administrators, town and calendar on one page, written at once or not at all."""

from datetime import date

import pytest
from django.core.management import call_command

from hequan.core.accounts import Account
from hequan.core.calendar_days import working_calendar
from hequan.core.grants import capabilities_of, is_granted
from hequan.core.kinds import BUSINESS, Capability
from hequan.core.sign_in.setup_code import setup_code
from hequan.people.protection_errors import ConsentTextError
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import words_in_force
from hequan.territory.first_start import (
    AlreadyStartedError,
    NewAdministrator,
    NewTown,
    start_installation,
)
from hequan.territory.queries import trail_of, unit_with_code
from tests.world import AT

pytestmark = pytest.mark.django_db

PEOPLE = {
    "first": ("wangli", "王莉"),
    "system": ("fangyu", "方宇"),
    "security": ("hejing", "何静"),
    "audit": ("shenping", "沈平"),
}
ENTERED = {
    **{f"{who}-username": username for who, (username, _name) in PEOPLE.items()},
    **{f"{who}-name": name for who, (_username, name) in PEOPLE.items()},
    **{f"{who}-password": "Seven-hills-9" for who in PEOPLE},
    "town-code": "310113111",
    "town-name": "高境镇",
    "town-district": "宝山区",
    "town-city": "上海市",
    "calendar-year": "2026",
    "calendar-source": "国办发明电〔2025〕",
    "calendar-days": "2026-01-01 元旦 休\n2026-10-10 国庆节 班",
}
TOWN = NewTown("310113111", "高境镇", "宝山区", "上海市")


def entered(**changed):
    """What the owner of the server enters."""
    return ENTERED | {"setup-code": setup_code()} | changed


def test_the_page_comes_with_this_years_fixed_holidays(client):
    page = client.get("/first-start/").content.decode()

    assert "2026-10-01~10-03 国庆节 休" in page
    assert 'value="2026"' in page


def test_everything_is_written_and_the_administrator_may_sign_in(client):
    answer = client.post("/first-start/", entered())

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    town = unit_with_code("310113111")
    assert [unit.name for unit in trail_of(town)] == ["上海市", "宝山区", "高境镇"]
    assert unit_with_code("310000").name == "上海市"
    assert client.login(username="wangli", password="Seven-hills-9")


def test_consents_can_be_asked_for_from_the_first_day(client):
    client.post("/first-start/", entered())

    published = words_in_force(AT)
    assert set(published) == set(ConsentPurpose) - {
        ConsentPurpose.SHARING,
        ConsentPurpose.PUBLISHING,
    }
    account = published[ConsentPurpose.ACCOUNT]
    assert "手机号码" in account.text_zh
    assert "mobile number" in account.text_en


def test_words_that_cannot_be_published_leave_nothing_behind(client, monkeypatch):
    def fail(**_):
        raise ConsentTextError

    monkeypatch.setattr("hequan.web.account.first_start.publish_standard_words", fail)
    client.post("/first-start/", entered())

    assert unit_with_code("310113111") is None


def test_the_officer_may_do_all_business_everywhere(client):
    client.post("/first-start/", entered())

    account = Account.objects.get(username="wangli")
    assert all(is_granted(account, capability, "/1/2/3/", AT) for capability in BUSINESS)


def test_the_calendar_is_in_use(client):
    client.post("/first-start/", entered())

    assert working_calendar().is_off(date(2026, 1, 1))
    assert not working_calendar().is_off(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("username", "office"),
    [
        ("fangyu", Capability.ADMINISTER_SYSTEM),
        ("hejing", Capability.ADMINISTER_SECURITY),
        ("shenping", Capability.READ_AUDIT),
    ],
)
def test_each_of_the_three_administrators_holds_her_office_and_nothing_else(
    client, username, office
):
    client.post("/first-start/", entered())

    account = Account.objects.get(username=username)
    assert capabilities_of(account, AT) == {office}


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC"])
def test_a_visitor_without_the_setup_code_takes_nothing_over(english, code):
    page = english.post("/first-start/", entered(**{"setup-code": code})).content.decode()

    assert "not the setup code" in page or "fill it in" in page
    assert not Account.objects.exclude(username="system").exists()


def test_the_setup_code_is_taken_as_it_is_read_out(client):
    told = f" {setup_code().lower().replace('-', ' ')}"

    assert client.post("/first-start/", entered(**{"setup-code": told})).status_code == 302


@pytest.mark.django_db
def test_the_setup_code_is_told_with_the_address_of_its_page(capsys):
    call_command("setup_code", address="http://127.0.0.1:8000/")
    printed = capsys.readouterr().out

    assert "http://127.0.0.1:8000/" in printed
    assert setup_code() in printed


def test_the_setup_code_is_printed_until_it_is_used(client, capsys, settings):
    call_command("setup_code")
    printed = capsys.readouterr().out
    code = setup_code()
    client.post("/first-start/", entered())
    call_command("setup_code")

    assert code in printed
    assert settings.SETUP_CODE.exists() is False
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first-password": "Passw0rd"}, "too common"),
        ({"first-password": "Sh0rt-"}, "At least 8 characters"),
        ({"audit-password": "seven hills"}, "At least 3 of these four"),
        ({"system-password": "Fangyu-1990"}, "Without the sign-in name"),
        ({"security-username": ""}, "fill it in"),
        ({"first-username": "wang li"}, "letters, digits"),
        ({"town-code": "310113"}, "310113 is not the code of a town"),
        ({"town-code": "990113111"}, "is not the code of a town"),
        ({"town-name": ""}, "fill it in"),
        ({"calendar-days": "2026-02-30 休"}, "Line 1, “2026-02-30 休”: there is no such day"),
        ({"audit-username": "WangLi"}, "this sign-in name stands above"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(english, changed, said):
    answer = english.post("/first-start/", entered(**changed))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Account.objects.exclude(username="system").exists()
    assert unit_with_code("310113111") is None


def test_a_fault_is_tied_to_its_field_for_screen_readers(client):
    page = client.post("/first-start/", entered(**{"town-code": "1"})).content.decode()

    assert 'aria-invalid="true"' in page
    assert 'id="id_town-code_fault1"' in page
    assert 'aria-describedby="id_town-code_fault1 id_town-code_hint"' in page


def test_the_second_time_leads_to_the_sign_in_page(client, world):
    assert client.get("/first-start/")["Location"] == "/sign-in/"
    assert client.post("/first-start/", entered())["Location"] == "/sign-in/"
    assert not Account.objects.filter(username="wangli").exists()


def test_of_two_who_finish_at_once_only_one_becomes_administrator(monkeypatch):
    """The row with the wizard's name decides, even where neither sees the other's account."""
    one = NewAdministrator("wangli", "王莉", "seven-hills-9")
    other = NewAdministrator("zhaogang", "赵刚", "eight-rivers-2")
    monkeypatch.setattr("hequan.territory.first_start.accounts_exist", lambda: False)
    start_installation(administrators=[one], town=TOWN, calendar=None, at=AT)

    with pytest.raises(AlreadyStartedError):
        start_installation(administrators=[other], town=TOWN, calendar=None, at=AT)

    assert not Account.objects.filter(username="zhaogang").exists()
