"""The security administrator's pages: accounts opened, reset, closed; offices by four eyes."""

import pytest
from allauth.mfa.models import Authenticator

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import capabilities_of
from hequan.core.kinds import Capability
from hequan.core.sign_in.administrators import RoleProposal
from hequan.core.sign_in.sessions import Session
from hequan.people.actions import PersonFacts, save_person
from hequan.people.queries import person_of
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(client, world):
    """Signed in as the security administrator, in English."""
    client.cookies["hequan_language"] = "en"
    client.force_login(world.security)
    return client


@pytest.mark.parametrize("who", ["officer", "sysadmin", "auditor", "viewer"])
def test_the_accounts_are_the_security_administrators_only(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get("/board/accounts/").status_code == 404
    assert client.get(f"/board/accounts/{world.viewer.pk}/").status_code == 404
    assert client.post(f"/board/accounts/{world.viewer.pk}/reset/").status_code == 404


def test_she_sees_the_accounts_of_staff_and_finds_all(security, world):
    page = security.get("/board/accounts/").content.decode()
    found = security.get("/board/accounts/", {"words": "stranger", "kind": "all"})

    assert "周敏" in page
    assert "陌生人" not in page
    assert "陌生人" in found.content.decode()


def test_she_sees_nothing_of_the_towns_business(security, world):
    for address in ("/board/", "/board/stations/", "/board/imports/", "/board/territory/"):
        assert security.get(address).status_code == 404


def test_an_account_is_opened_for_a_person_with_a_password_for_one_sign_in(security, world):
    facts = PersonFacts(name="李梅", phone="13812345678")
    person = save_person(facts=facts, by=world.system, at=AT)
    said = {"username": "limei", "name": "李梅", "phone": "138 1234 5678"}
    answer = security.post("/board/accounts/new/", said)
    account = Account.objects.get(username="limei")
    password = answer.content.decode().split('one-time">')[1].split("<")[0]

    assert person_of(account) == person
    assert account.must_change_password
    assert account.check_password(password)
    assert answer["Cache-Control"] == "no-store"
    assert not capabilities_of(account, AT)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "zhoumin"}, "Another account has the sign-in name zhoumin"),
        ({"username": "li mei"}, "letters, digits"),
        ({"phone": "13800000000"}, "belongs to somebody else"),
    ],
)
def test_what_cannot_be_opened_is_said_and_nothing_is_written(security, world, changed, said):
    before = Account.objects.count()
    entered = {"username": "limei", "name": "李梅"} | changed
    page = security.post("/board/accounts/new/", entered).content.decode()

    assert said in page
    assert Account.objects.count() == before


def test_a_reset_shows_the_password_once_and_not_in_the_audit(security, world):
    page = security.post(f"/board/accounts/{world.clerk.pk}/reset/").content.decode()
    password = page.split('one-time">')[1].split("<")[0]

    assert Account.objects.get(pk=world.clerk.pk).check_password(password)
    assert password not in security.get(f"/board/accounts/{world.clerk.pk}/").content.decode()
    assert password not in repr(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("do", ["close", "reopen", "unlock", "end"])
def test_what_she_does_is_in_the_audit(security, world, do):
    before = AuditEntry.objects.count()
    security.post(f"/board/accounts/{world.clerk.pk}/change/", {"do": do})

    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.order_by("id").last().by == world.security


def test_an_account_that_rests_is_unlocked(security, world, client):
    Account.objects.filter(pk=world.clerk.pk).update(locked_until=AT.replace(year=2027))
    assert "rests" in security.get(f"/board/accounts/{world.clerk.pk}/").content.decode()
    security.post(f"/board/accounts/{world.clerk.pk}/change/", {"do": "unlock"})

    assert not Account.objects.get(pk=world.clerk.pk).is_locked(AT)


def test_a_lost_second_factor_is_taken_off_and_the_account_signed_out(security, world):
    Authenticator.objects.create(user=world.clerk, type="totp", data={})
    security.post(f"/board/accounts/{world.clerk.pk}/factor/")

    assert not Authenticator.objects.filter(user=world.clerk).exists()
    assert not Session.objects.filter(account=world.clerk).exists()


@pytest.mark.parametrize("action", ["reset", "factor", "change"])
def test_her_own_account_is_anothers_to_change(security, world, action):
    Authenticator.objects.create(user=world.security, type="totp", data={})
    security.post(f"/board/accounts/{world.security.pk}/{action}/", {"do": "close"})

    own = Account.objects.get(pk=world.security.pk)
    assert own.is_active
    assert own.check_password("security-password")
    assert Authenticator.objects.filter(user=own).exists()


@pytest.mark.parametrize("action", ["reset", "factor", "change"])
def test_an_office_holders_account_is_said_to_take_four_eyes(security, world, action):
    Authenticator.objects.create(user=world.auditor, type="totp", data={})
    address = f"/board/accounts/{world.auditor.pk}/{action}/"
    page = security.post(address, {"do": "close"}, follow=True).content.decode()

    assert "lay the office down" in page
    kept = Account.objects.get(pk=world.auditor.pk)
    assert kept.is_active
    assert kept.check_password("auditor-password")
    assert Authenticator.objects.filter(user=kept).exists()


def test_the_systems_account_is_nobodys(security, world):
    assert security.get(f"/board/accounts/{world.system.pk}/").status_code == 404


def test_an_office_goes_from_proposal_to_decision_by_another(security, world):
    said = {"office": "administer_security"}
    security.post(f"/board/accounts/{world.stranger.pk}/propose/", said)
    proposal = RoleProposal.objects.get()
    security.post(f"/board/offices/{proposal.pk}/", {"decision": "accept"})
    assert not capabilities_of(world.stranger, AT)
    security.force_login(world.auditor)
    page = security.get("/board/offices/").content.decode()
    for unknown in ({}, {"decision": "Accept"}):
        security.post(f"/board/offices/{proposal.pk}/", unknown)
    assert RoleProposal.objects.get().decided_at is None
    security.post(f"/board/offices/{proposal.pk}/", {"decision": "accept"})

    assert "陌生人" in page
    fresh = Account.objects.get(pk=world.stranger.pk)
    assert capabilities_of(fresh, AT) == {Capability.ADMINISTER_SECURITY}


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_the_offices_are_no_others_page(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get("/board/offices/").status_code == 404


def test_business_cannot_be_proposed_as_an_office(security, world):
    address = f"/board/accounts/{world.stranger.pk}/propose/"

    assert security.post(address, {"office": "see_people"}).status_code == 404


@pytest.fixture
def limei(world):
    """A resident of maple."""
    facts = PersonFacts(name="李梅", phone="13812345678", unit_id=world.maple.pk)
    return save_person(facts=facts, by=world.system, at=AT)


def test_an_officer_acts_for_a_person_and_everything_says_so(client, world, limei, english):
    client.force_login(world.officer)
    client.post(f"/board/behalf/{limei.pk}/", {"basis": "spoken", "next": "/board/"})
    page = client.get("/board/").content.decode()
    client.post("/board/behalf/end/", {"next": "/board/"})
    after = client.get("/board/").content.decode()

    assert "You act for <strong>李梅" in page
    assert "behalf/end" not in after
    told = AuditEntry.objects.filter(on_behalf_of=limei.pk).order_by("id")
    assert [one.verb for one in told] == ["people.acting_begun", "people.acting_ended"]


def test_acting_takes_a_ground(client, world, limei):
    client.force_login(world.officer)

    assert client.post(f"/board/behalf/{limei.pk}/", {}).status_code == 200
    assert "acting_for" not in client.session


def test_acting_ends_by_itself_after_half_an_hour(client, world, limei, monkeypatch):
    from datetime import timedelta

    from hequan.core import clock

    client.force_login(world.officer)
    client.post(f"/board/behalf/{limei.pk}/", {"basis": "written"})
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=31))

    assert "acting_for" in client.session
    assert "behalf/end" not in client.get("/board/").content.decode()


def test_nobody_acts_for_somebody_elsewhere(client, world, limei):
    client.force_login(world.viewer)

    assert client.get(f"/board/behalf/{limei.pk}/").status_code == 404
