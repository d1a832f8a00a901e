"""Signing in through others: OIDC against a real provider process, WeCom against a made-up one."""

import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount

from hequan.config.providers import sign_in_providers
from hequan.core import clock
from hequan.core.accounts import Account
from hequan.people.actions import (
    PersonFacts,
    merge_persons,
    publish_standard_words,
    save_person,
)
from hequan.people.actions.sign_in import account_of_person
from hequan.people.models import Consent
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import person_of, words_in_force
from tests.house.served import free_port
from tests.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE = "13812345678"


@contextmanager
def process(*command, port):
    """Run a server until the block ends."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
        try:
            until = time.monotonic() + 60
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert time.monotonic() < until
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            one.terminate()


@pytest.fixture(scope="module")
def oidc_server():
    """A real OpenID provider in a process of its own, with one user."""
    port = free_port()
    claims = {"sub": "zhou", "name": "周敏", "phone_number": f"+86{PHONE}"}
    claims["phone_number_verified"] = True
    command = (sys.executable, "-m", "oidc_provider_mock", "--port", str(port))
    users = ("--user-claims", json.dumps(claims), "--user", "nobody-known")
    with process(*command, *users, port=port) as address:
        yield address


@pytest.fixture
def oidc(settings, oidc_server):
    """The settings an operator gives in the environment."""

    def choose(**more):
        said = {"HEQUAN_OIDC_SERVER": oidc_server, "HEQUAN_OIDC_ID": "hequan"}
        said |= {"HEQUAN_OIDC_SECRET": "secret", "HEQUAN_OIDC_SCOPE": "openid profile phone"}
        settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(said | more)

    choose()
    return choose


@pytest.fixture
def wecom(settings):
    """The made-up WeCom and the settings that point to it."""
    port = free_port()
    with process(sys.executable, "-m", "tests.web.account.fake_wecom", str(port), port=port) as at:
        said = {"HEQUAN_WECOM_ID": "ww-corp", "HEQUAN_WECOM_SECRET": "corp-secret"}
        said |= {"HEQUAN_WECOM_AGENT": "1000002", "HEQUAN_WECOM_SERVER": at}
        settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(said)
        yield


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def at_the_provider(address, sub):
    """Sign in on the provider's own page; return the address it sends the browser back to."""
    body = urllib.parse.urlencode({"sub": sub}).encode()
    try:
        urllib.request.build_opener(_Stay).open(address, data=body, timeout=20)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


def through_oidc(client, sub="zhou", start="/sign-in/with/openid_connect/"):
    there = client.get(start)["Location"]
    back = at_the_provider(there, sub)
    return client.get(back.removeprefix("http://testserver"))


def signed_in(client):
    return Account.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_somebody_nobody_knows_is_a_resident_without_grants(client, world, oidc):
    answer = through_oidc(client)

    assert (answer.status_code, answer["Location"]) == (302, "/landing/")
    account = signed_in(client)
    assert account.name == "周敏"
    assert not account.grants.exists()
    assert person_of(account) is None


def test_nothing_of_what_the_provider_says_is_kept(client, world, oidc):
    through_oidc(client)

    [kept] = SocialAccount.objects.all()
    assert kept.extra_data == {}
    assert PHONE not in repr(vars(kept))


def test_the_second_time_it_is_the_same_account(client, world, oidc):
    through_oidc(client)
    first = signed_in(client)
    client.post("/sign-out/")
    through_oidc(client)

    assert signed_in(client) == first


def test_a_verified_phone_leads_to_its_person_where_the_provider_is_trusted(client, world, oidc):
    facts = PersonFacts(name="周敏", phone=PHONE)
    person = save_person(facts=facts, by=world.system, at=AT)
    oidc(HEQUAN_OIDC_TRUST_PHONE="1")
    through_oidc(client)

    assert person_of(signed_in(client)) == person


def test_an_untrusted_provider_leads_to_nobody(client, world, oidc):
    save_person(facts=PersonFacts(name="周敏", phone=PHONE), by=world.system, at=AT)
    through_oidc(client)

    assert person_of(signed_in(client)) is None


def test_whoever_is_signed_in_ties_it_to_her_own_account(client, world, oidc):
    client.force_login(world.viewer)
    page = client.post("/my/security/tie/openid_connect/")
    answer = through_oidc(client)
    client.post("/sign-out/")
    through_oidc(client)

    assert page.status_code == 200
    assert answer["Location"] == "/my/security/"
    assert signed_in(client) == world.viewer


def test_a_link_from_elsewhere_ties_nothing(client, world, oidc):
    """Without the form first it is a sign-in, so an attacker's account is never tied to hers."""
    client.force_login(world.viewer)
    through_oidc(client, start="/sign-in/with/openid_connect/?process=connect")

    assert not SocialAccount.objects.filter(user=world.viewer).exists()


def test_a_tied_sign_in_is_untied_by_its_owner_only(client, world, oidc):
    tied = SocialAccount.objects.create(user=world.viewer, provider="openid_connect", uid="zhou")
    client.force_login(world.clerk)
    assert client.post(f"/my/security/untie/{tied.pk}/").status_code == 404
    client.force_login(world.viewer)
    client.post(f"/my/security/untie/{tied.pk}/")

    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(client, world, oidc):
    answer = client.get("/sign-in/with/oidc/openid_connect/callback/?code=x&state=forged")

    assert answer["Location"] == "/sign-in/"
    assert signed_in(client) is None


def test_an_officer_who_comes_that_way_still_needs_her_second_step(client, world, oidc, settings):
    settings.SECOND_FACTOR = "required"
    SocialAccount.objects.create(user=world.officer, provider="openid_connect", uid="zhou")
    through_oidc(client)

    assert signed_in(client) == world.officer
    assert client.get("/board/")["Location"].startswith("/my/security/second-factor/")


def test_a_closed_account_does_not_come_in_that_way(client, world, oidc):
    SocialAccount.objects.create(user=world.officer, provider="openid_connect", uid="zhou")
    Account.objects.filter(pk=world.officer.pk).update(is_active=False)
    answer = through_oidc(client)

    assert answer["Location"] == "/sign-in/"
    assert signed_in(client) is None


def test_the_sign_in_pages_offer_what_the_settings_name(english, world, oidc):
    page = english.get("/sign-in/").content.decode()

    assert "/sign-in/with/openid_connect/" in page
    assert "/sign-in/with/wecom/" not in page
    assert english.get("/sign-in/with/wecom/").status_code == 404


def through_wecom(client, code):
    there = client.get("/sign-in/with/wecom/")["Location"]
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(there).query)
    back = {"code": code, "state": asked["state"][0]}
    return asked, client.get("/sign-in/with/wecom/callback/", back)


def test_a_member_of_the_corporation_signs_in_by_the_made_up_wecom(client, world, wecom):
    asked, answer = through_wecom(client, "code-of-zhou")

    assert (asked["appid"], asked["agentid"]) == (["ww-corp"], ["1000002"])
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/wecom/callback/"]
    assert answer["Location"] == "/landing/"
    assert SocialAccount.objects.get().uid == "ww-corp:ZhouMin"
    assert signed_in(client).name == "周敏"


@pytest.mark.parametrize("code", ["code-of-outsider", "old-code", ""])
def test_nobody_else_does(client, world, wecom, code):
    _asked, answer = through_wecom(client, code)

    assert answer["Location"] == "/sign-in/"
    assert signed_in(client) is None


def test_weixin_is_offered_by_settings_and_leads_to_weixin(client, world, settings):
    said = {"HEQUAN_WEIXIN_ID": "wx1", "HEQUAN_WEIXIN_SECRET": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(said)
    there = client.get("/sign-in/with/weixin/")["Location"]

    assert there.startswith("https://open.weixin.qq.com/connect/qrconnect?")
    assert "appid=wx1" in there


@pytest.fixture
def words(world):
    """The words that whoever opens an account agrees to."""
    publish_standard_words(by=world.system, at=AT)
    return words_in_force(AT)[ConsentPurpose.ACCOUNT]


NEW = "/sign-in/new/"


def agree(client, **more):
    return client.post(NEW, {"name": "周敏", "agrees": "on"} | more)


def test_where_there_are_words_nobody_has_an_account_before_she_agrees(client, world, oidc, words):
    before = Account.objects.count()
    answer = through_oidc(client)
    page = client.get(NEW).content.decode()

    assert answer["Location"] == NEW
    assert words.text_zh.splitlines()[0] in page
    assert 'value="周敏"' in page
    assert signed_in(client) is None
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_whoever_agrees_is_a_resident_whose_consent_is_kept(client, world, oidc, words):
    through_oidc(client)
    answer = agree(client)

    assert answer["Location"] == "/landing/"
    account = signed_in(client)
    kept = Consent.objects.get()
    assert (kept.text, kept.channel, kept.person) == (words, "online", person_of(account))
    assert not account.grants.exists()
    assert client.get("/my/data/").status_code == 200
    client.post("/sign-out/")
    assert through_oidc(client)["Location"] == "/landing/"
    assert signed_in(client) == account


def test_without_the_tick_or_a_name_nothing_is_opened(client, world, oidc, words):
    before = Account.objects.count()
    through_oidc(client)
    answers = [client.post(NEW, {"name": "周敏"}), agree(client, name=" ")]

    assert [list(one.context["form"].errors) for one in answers] == [["agrees"], ["name"]]
    assert (Account.objects.count(), Consent.objects.count()) == (before, 0)


def test_a_person_known_by_a_trusted_phone_agrees_too(client, world, oidc, words):
    person = save_person(facts=PersonFacts(name="周敏", phone=PHONE), by=world.system, at=AT)
    oidc(HEQUAN_OIDC_TRUST_PHONE="1")
    through_oidc(client)
    assert signed_in(client) is None
    agree(client)

    assert person_of(signed_in(client)) == person
    assert Consent.objects.get().person == person


def test_a_person_with_an_account_is_asked_nothing_more(client, world, oidc, words):
    person = save_person(facts=PersonFacts(name="周敏", phone=PHONE), by=world.system, at=AT)
    account = account_of_person(person=person, at=AT)
    oidc(HEQUAN_OIDC_TRUST_PHONE="1")
    through_oidc(client)

    assert signed_in(client) == account


def test_a_person_merged_meanwhile_is_not_opened_an_account(client, world, oidc, words):
    person = save_person(facts=PersonFacts(name="周敏", phone=PHONE), by=world.system, at=AT)
    oidc(HEQUAN_OIDC_TRUST_PHONE="1")
    through_oidc(client)
    merge_persons(winner=world.cast.resident, loser=person, by=world.system, at=AT)
    answer = agree(client)

    assert answer["Location"] == "/sign-in/"
    assert not SocialAccount.objects.exists()


def test_a_child_does_not_agree_by_herself(client, world, oidc, words):
    facts = PersonFacts(name="周敏", phone=PHONE, born_on=date(2016, 6, 1))
    save_person(facts=facts, by=world.system, at=AT)
    oidc(HEQUAN_OIDC_TRUST_PHONE="1")
    through_oidc(client)
    answer = agree(client)

    assert answer.context["form"].non_field_errors()
    assert not SocialAccount.objects.exists()


def test_the_question_waits_half_an_hour_and_no_longer(client, world, oidc, words, monkeypatch):
    through_oidc(client)
    at = clock.now()
    for moment in (at + timedelta(minutes=31), at - timedelta(minutes=1)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert agree(client)["Location"] == "/sign-in/"
    assert not SocialAccount.objects.exists()


def test_nobody_agrees_who_came_from_no_provider(client, world, words):
    assert agree(client)["Location"] == "/sign-in/"
    assert not Consent.objects.exists()


def test_a_consent_that_cannot_be_kept_opens_no_account(client, world, oidc, words, monkeypatch):
    def fail(*_args, **_more):
        raise ZeroDivisionError

    before = Account.objects.count()
    through_oidc(client)
    monkeypatch.setattr(SocialAccount, "save", fail)
    with pytest.raises(ZeroDivisionError):
        agree(client)

    assert (Account.objects.count(), Consent.objects.count()) == (before, 0)


def test_who_agreed_twice_at_once_has_one_account(client, world, oidc, words):
    through_oidc(client)
    SocialAccount.objects.create(user=world.viewer, provider="openid_connect", uid="zhou")
    before = Account.objects.count()

    assert agree(client)["Location"] == "/sign-in/"
    assert (Account.objects.count(), Consent.objects.count()) == (before, 0)


def test_a_member_of_the_corporation_agrees_too(client, world, wecom, words):
    _asked, answer = through_wecom(client, "code-of-zhou")
    assert answer["Location"] == NEW
    agree(client)

    assert SocialAccount.objects.get().extra_data == {}
    assert Consent.objects.get().person == person_of(signed_in(client))


def test_what_the_provider_says_waits_nowhere(client, world, oidc, words):
    through_oidc(client)

    assert PHONE not in json.dumps(dict(client.session.items()))
    assert "access_token" not in json.dumps(dict(client.session.items()))
