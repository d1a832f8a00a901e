"""Signing in by code, from page to page, as a phone's browser does."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.people.actions import PersonFacts, publish_consent_text, save_person
from hequan.people.actions.sign_in import account_of_person
from hequan.people.gateways import outgoing_file
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import person_of
from hequan.people.sign_in_codes import typed_digits
from tests.world import AT

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture(autouse=True)
def _to_a_file(settings):
    settings.GATEWAYS = {"sms": "file"}


@pytest.fixture
def limei(world):
    """A resident whose number is known, without an account."""
    return save_person(facts=PersonFacts(name="李梅", phone=PHONE), by=world.system, at=AT)


def sent_code():
    last = outgoing_file("sms").read_text(encoding="utf-8").splitlines()[-1]
    return typed_digits(json.loads(last)["text"])[:6]


def ask(client, typed=PHONE, **more):
    return client.post("/sign-in/code/", {"phone": typed, **more})


def enter(client, code=None):
    return client.post("/sign-in/code/enter/", {"code": code or sent_code()})


def signed_in(client):
    return Account.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.mark.parametrize(
    "typed", [PHONE, "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８"]
)
def test_a_known_number_as_people_type_it_signs_its_owner_in(client, limei, typed):
    asked = ask(client, typed)
    answer = enter(client)

    assert asked["Location"] == "/sign-in/code/enter/"
    assert (answer.status_code, answer["Location"]) == (302, "/landing/")
    assert person_of(signed_in(client)) == limei


def test_what_is_no_mobile_number_is_refused_without_repeating_it(english, world):
    page = ask(english, "021-66783456").content.decode()

    assert "11 digits" in page
    assert not outgoing_file("sms").exists()


def test_a_known_and_an_unknown_number_meet_the_same_pages(client, limei):
    known = ask(client)
    known_page = client.get(known["Location"]).content.decode()
    client.cookies.clear()
    unknown = ask(client, "13987654321")
    unknown_page = client.get(unknown["Location"]).content.decode()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert _without_tokens(known_page, "138****5678") == _without_tokens(
        unknown_page, "139****4321"
    )


def _without_tokens(page, phone):
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(phone, "")


def test_a_wrong_code_is_refused_and_the_right_one_still_counts(english, limei):
    ask(english)
    wrong = enter(english, f"{(int(sent_code()) + 1) % 1_000_000:06d}")

    assert "does not fit or is too old" in wrong.content.decode()
    assert enter(english).status_code == 302


def test_the_code_field_is_filled_in_by_the_phone(client, limei):
    ask(client)
    page = client.get("/sign-in/code/enter/").content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "138****5678" in page
    assert PHONE not in page


def test_a_new_number_says_its_name_and_is_a_resident_without_grants(client, world):
    ask(client)
    asked = enter(client)
    answer = client.post(asked["Location"], {"name": "赵新"})

    assert asked["Location"] == "/sign-in/code/new/"
    assert answer["Location"] == "/landing/"
    assert person_of(signed_in(client)).name == "赵新"
    assert not signed_in(client).grants.exists()
    assert client.get("/board/").status_code == 404


def test_a_newcomer_agrees_to_the_words_in_force_and_the_version_is_kept(client, world):
    said = {"text_zh": "我们保存姓名和手机号。", "text_en": "We keep name and number."}
    purpose = ConsentPurpose.ACCOUNT
    publish_consent_text(purpose=purpose, **said, valid_from=AT, by=world.officer, at=AT)
    ask(client)
    enter(client)

    page = client.get("/sign-in/code/new/").content.decode()
    refused = client.post("/sign-in/code/new/", {"name": "赵新"})
    client.post("/sign-in/code/new/", {"name": "赵新", "agrees": "on"})

    assert said["text_zh"] in page
    assert refused.status_code == 200
    [consent] = person_of(signed_in(client)).consents.all()
    assert (consent.text.version, consent.channel) == (1, "online")


def agreed_words(world):
    said = {"text_zh": "我们保存姓名和手机号。", "text_en": "We keep name and number."}
    purpose = ConsentPurpose.ACCOUNT
    return publish_consent_text(purpose=purpose, **said, valid_from=AT, by=world.officer, at=AT)


def test_somebody_known_agrees_before_her_account_is_opened(client, world, limei):
    agreed_words(world)
    ask(client)
    asked = enter(client)
    page = client.get(asked["Location"]).content.decode()
    refused = client.post(asked["Location"], {"person": limei.pk})

    assert asked["Location"] == f"/sign-in/code/new/?person={limei.pk}"
    assert "李*" in page
    assert "李梅" not in page
    assert (refused.status_code, signed_in(client)) == (200, None)

    client.post("/sign-in/code/new/", {"person": limei.pk, "agrees": "on"})
    assert person_of(signed_in(client)) == limei
    assert [one.text.version for one in limei.consents.all()] == [1]


def test_whoever_has_an_account_is_not_asked_again(client, world, limei):
    account = account_of_person(person=limei, at=AT)
    agreed_words(world)
    ask(client)

    assert enter(client)["Location"] == "/landing/"
    assert signed_in(client) == account


def test_one_of_a_family_agrees_for_herself_and_for_nobody_else(client, world, limei):
    agreed_words(world)
    other = save_person(facts=PersonFacts(name="李大强", phone=PHONE), by=world.system, at=AT)
    stranger = world.cast.sun_mei
    ask(client)
    enter(client)
    chosen = client.post("/sign-in/code/who/", {"person": other.pk})
    client.post("/sign-in/code/new/", {"person": stranger.pk, "agrees": "on"})
    assert signed_in(client) is None

    client.post(chosen["Location"], {"person": other.pk, "agrees": "on"})
    assert person_of(signed_in(client)) == other


def test_a_child_with_a_phone_is_told_that_her_guardian_decides(english, world):
    agreed_words(world)
    facts = PersonFacts(name="李小小", phone=PHONE, born_on=AT.date() - timedelta(days=4000))
    child = save_person(facts=facts, by=world.system, at=AT)
    ask(english)
    asked = enter(english)
    page = english.post(asked["Location"], {"person": child.pk, "agrees": "on"})

    assert "a guardian decides" in page.content.decode()
    assert signed_in(english) is None
    assert not Account.objects.filter(name="李小小").exists()


def test_a_family_with_one_number_chooses_by_masked_name(client, world, limei):
    facts = PersonFacts(name="李大强", phone=PHONE)
    other = save_person(facts=facts, by=world.system, at=AT)
    ask(client)
    asked = enter(client)
    page = client.get(asked["Location"]).content.decode()
    client.post(asked["Location"], {"person": other.pk})

    assert asked["Location"] == "/sign-in/code/who/"
    assert "李*强" in page
    assert "李大强" not in page
    assert person_of(signed_in(client)) == other


def test_somebody_elses_id_cannot_be_chosen(client, world, limei):
    facts = PersonFacts(name="李大强", phone=PHONE)
    save_person(facts=facts, by=world.system, at=AT)
    stranger = save_person(
        facts=PersonFacts(name="王五", phone="13911112222"), by=world.system, at=AT
    )
    ask(client)
    enter(client)

    client.post("/sign-in/code/who/", {"person": stranger.pk})

    assert signed_in(client) is None


@pytest.mark.parametrize("page", ["/sign-in/code/who/", "/sign-in/code/new/"])
def test_nobody_comes_to_the_later_pages_without_a_proof(client, world, page):
    assert client.get(page)["Location"] == "/sign-in/code/"
    assert client.post(page, {"name": "赵新", "person": "1"})["Location"] == "/sign-in/code/"


def test_a_proof_counts_for_half_an_hour(client, world, monkeypatch):
    ask(client)
    enter(client)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=31))

    assert client.get("/sign-in/code/new/")["Location"] == "/sign-in/code/"


def test_only_proving_signs_nobody_in_and_leads_back(client, limei):
    ask(client, only="proof", next="/services/")
    answer = enter(client)

    assert answer["Location"] == "/services/"
    assert signed_in(client) is None
    assert "proved_phone" in client.session


def test_another_site_is_never_led_to(client, limei):
    ask(client, next="https://elsewhere.example/")

    assert enter(client)["Location"] == "/landing/"


def test_the_code_of_one_browser_is_of_no_use_in_another(client, limei):
    from django.test import Client

    ask(client)
    code, thief = sent_code(), Client()
    stolen = client.cookies["hequan_asked"].value
    thief.cookies["hequan_asked"] = stolen

    assert thief.post("/sign-in/code/enter/", {"code": code})["Location"] == "/sign-in/code/"


def test_the_session_key_changes_when_somebody_signs_in(client, limei, monkeypatch):
    ask(client, only="proof")
    enter(client)
    before = client.session.session_key
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=2))
    ask(client)
    enter(client)

    assert signed_in(client) is not None
    assert client.session.session_key != before


def test_neither_phone_nor_code_is_readable_in_sessions_codes_or_logs(client, limei, caplog):
    caplog.set_level("DEBUG")
    ask(client)
    code = sent_code()
    enter(client)
    told = [record.getMessage() for record in caplog.records]
    with connection.cursor() as cursor:
        for table in ("core_session", "people_signincode", "core_takencount", "core_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")
            told.append(repr([tuple(map(_plain, row)) for row in cursor.fetchall()]))

    assert client.session["proved_phone"][0] == PHONE
    assert not [text for text in told if PHONE in text or f"'{code}'" in text]


def _plain(value):
    return bytes(value).decode("latin-1") if isinstance(value, memoryview) else value


def test_a_sign_in_is_in_the_audit(client, limei):
    ask(client)
    enter(client)

    entry = AuditEntry.objects.get(verb="core.signed_in")
    assert entry.by == signed_in(client)


def test_another_code_is_sent_after_a_minute_not_before(english, limei, monkeypatch):
    ask(english)
    first = outgoing_file("sms").read_text().count("\n")
    english.post("/sign-in/code/again/")
    too_soon = outgoing_file("sms").read_text().count("\n")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=60))
    english.post("/sign-in/code/again/")

    assert (first, too_soon) == (1, 1)
    assert outgoing_file("sms").read_text().count("\n") == 2
