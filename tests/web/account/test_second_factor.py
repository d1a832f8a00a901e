"""Officers sign in with two steps; until then their session holds no grant at all."""

import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection

from hequan.core.accounts import Account

pytestmark = pytest.mark.django_db
SECOND = "/my/security/second-factor/"


@pytest.fixture(autouse=True)
def _is_required(settings):
    settings.SECOND_FACTOR = "required"


def sign_in(client, username="zhoumin"):
    return client.post("/sign-in/", {"username": username, "password": f"{username}-password"})


def code_of(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def secret_shown(client):
    client.get(SECOND)
    return client.session["mfa.totp.secret"]


@pytest.fixture
def with_factor(client, world):
    """The officer has set up an app and is signed out; returns its secret and recovery codes."""
    sign_in(client)
    secret = secret_shown(client)
    page = client.post(SECOND, {"code": code_of(secret)}).content.decode()
    client.post("/sign-out/")
    codes = [part.split("</li>")[0].replace(" ", "") for part in page.split("<li>")[1:]]
    return secret, [code for code in codes if code.isdecimal()]


@pytest.mark.parametrize(
    "page", ["/board/", "/board/stations/", "/board/imports/", "/field/", "/field/report/"]
)
def test_an_officer_without_second_step_is_led_to_set_one_up(client, world, page):
    sign_in(client)

    answer = client.get(page)

    assert answer.status_code == 302
    assert answer["Location"] == f"{SECOND}?next={quote(page, safe='')}"


def test_the_phone_that_sends_what_waits_on_it_is_answered_not_led_away(client, world):
    sign_in(client)
    assert client.post("/field/send/").status_code == 404


def test_her_session_holds_no_grant_whatever_it_asks(client, world, settings):
    client.force_login(world.officer)
    address = f"/api/coverage/{world.town.pk}"

    withheld = client.get(address).json()["detail"]
    assert b"/board/stations/" not in client.get("/my/security/").content
    settings.SECOND_FACTOR = "offered"
    granted = client.get(address).json()["detail"]

    # the same address: no such unit for her, then a unit nobody has measured yet
    assert world.town.name not in withheld
    assert world.town.name in granted


def test_a_resident_needs_no_second_step(client, world):
    sign_in(client, "stranger")

    assert client.get("/landing/")["Location"] == "/my/messages/"
    assert client.get("/my/security/").status_code == 200


def test_a_demo_account_needs_none(client, world):
    Account.objects.filter(pk=world.officer.pk).update(is_demo=True)
    sign_in(client)

    assert client.get("/board/").status_code == 200


def test_the_board_opens_once_the_app_is_set_up(client, world):
    sign_in(client)
    secret = secret_shown(client)
    before = client.session.session_key
    page = client.post(SECOND, {"code": code_of(secret)})

    assert page.status_code == 200
    assert page.content.decode().count("<li>") >= 10
    assert page["Cache-Control"] == "no-store"
    assert client.get("/board/").status_code == 200
    assert client.session.session_key != before


def test_a_wrong_code_sets_nothing_up(client, world):
    sign_in(client)
    secret = secret_shown(client)
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06d}"
    client.post(SECOND, {"code": wrong})

    assert not Authenticator.objects.exists()
    assert client.get("/board/").status_code == 302


def test_from_then_on_the_password_alone_signs_nobody_in(client, with_factor):
    answer = sign_in(client)

    assert answer["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in client.session
    assert client.get("/board/")["Location"].startswith("/sign-in/")


def test_the_second_step_completes_the_sign_in(client, with_factor):
    secret, _codes = with_factor
    sign_in(client)
    answer = client.post("/sign-in/second-factor/", {"code": code_of(secret, 1)})

    assert answer["Location"] == "/landing/"
    assert client.get("/board/").status_code == 200


def test_a_code_is_not_taken_twice(client, with_factor):
    secret, _codes = with_factor
    code = code_of(secret, 1)
    sign_in(client)
    assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 302
    client.post("/sign-out/")
    sign_in(client)

    assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_it_once(client, with_factor):
    _secret, codes = with_factor
    sign_in(client)
    assert client.post("/sign-in/second-factor/", {"code": codes[0]}).status_code == 302
    client.post("/sign-out/")
    sign_in(client)

    assert client.post("/sign-in/second-factor/", {"code": codes[0]}).status_code == 200
    assert client.post("/sign-in/second-factor/", {"code": codes[1]}).status_code == 302


def test_nobody_comes_to_the_second_step_without_the_first(client, world):
    assert client.get("/sign-in/second-factor/")["Location"] == "/sign-in/"


def test_the_secret_is_not_readable_in_its_table_or_session(client, with_factor):
    secret, codes = with_factor
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        told = repr(cursor.fetchall())
        cursor.execute("SELECT session_data FROM core_session")
        told += repr(cursor.fetchall())

    assert secret not in told
    assert not any(code in told for code in codes)


def test_an_officer_cannot_take_it_off_herself(client, with_factor):
    secret, _codes = with_factor
    sign_in(client)
    client.post("/sign-in/second-factor/", {"code": code_of(secret, 1)})
    client.post("/my/security/remove/")

    assert Authenticator.objects.filter(type="totp").exists()


def test_a_password_for_one_sign_in_is_changed_before_anything_else(client, world):
    Account.objects.filter(pk=world.officer.pk).update(must_change_password=True, is_demo=True)
    sign_in(client)
    led = client.get("/board/")
    said = {"present": "zhoumin-password", "new": "Seven-hills-9", "again": "Seven-hills-9"}
    client.post("/my/security/password/", said)

    assert led["Location"].startswith("/my/security/password/")
    assert client.get("/board/").status_code == 200


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"present": "wrong"}, "not your present password"),
        ({"new": "short", "again": "short"}, "At least 8 characters"),
        ({"again": "Other-hills-9"}, "The two differ"),
        ({"new": "Zhoumin-hills-9", "again": "Zhoumin-hills-9"}, "Without the sign-in name"),
    ],
)
def test_a_new_password_keeps_the_rules(english, world, said, fault):
    sign_in(english)
    entered = {"present": "zhoumin-password", "new": "Seven-hills-9", "again": "Seven-hills-9"}

    page = english.post("/my/security/password/", entered | said).content.decode()

    assert fault in page
