"""Signing in and out."""

import pytest

pytestmark = pytest.mark.django_db


def test_name_and_password_lead_to_the_board(client, world):
    answer = client.post(
        "/sign-in/", {"username": "zhoumin", "password": "zhoumin-password", "next": ""}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/landing/")


def test_signing_in_leads_on_to_the_page_asked_for(client, world):
    entered = {"username": "zhoumin", "password": "zhoumin-password", "next": "/board/imports/"}

    assert client.post("/sign-in/", entered)["Location"] == "/board/imports/"


def test_signing_in_never_leads_to_another_site(client, world):
    entered = {"username": "zhoumin", "password": "zhoumin-password", "next": "//elsewhere.example"}

    assert client.post("/sign-in/", entered)["Location"] == "/landing/"


@pytest.mark.parametrize(("username", "password"), [("zhoumin", "wrong"), ("nobody", "wrong")])
def test_a_wrong_name_and_a_wrong_password_look_alike(english, world, username, password):
    answer = english.post("/sign-in/", {"username": username, "password": password})

    assert answer.status_code == 200
    assert "do not belong together" in answer.content.decode()


def test_a_closed_account_cannot_sign_in(client, world):
    world.officer.is_active = False
    world.officer.save()

    answer = client.post("/sign-in/", {"username": "zhoumin", "password": "zhoumin-password"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post(client, world):
    client.force_login(world.officer)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_whoever_is_signed_in_goes_on_to_the_board(client, world):
    client.force_login(world.officer)

    assert client.get("/sign-in/")["Location"] == "/landing/"


def test_the_page_is_chinese_by_default(client, world):
    page = client.get("/sign-in/").content.decode()

    assert "登录名" in page
    assert "Username" not in page
