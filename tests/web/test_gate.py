"""What is turned away or led elsewhere before any page is asked."""

import pytest
from django.test import Client

from hequan.core.accounts import Account, system_account
from hequan.web.gate import most_bytes

pytestmark = pytest.mark.django_db


def test_staff_pages_take_200_megabytes_and_others_two():
    assert most_bytes("/board/imports/stations/") == 200_000_000
    assert most_bytes("/report/") == 130_000_000
    assert most_bytes("/sign-in/") == 2 * 1024 * 1024
    assert most_bytes("/") == 2 * 1024 * 1024


def test_a_request_too_large_is_refused_unread_with_what_to_do(english):
    answer = english.post(
        "/board/imports/", "", content_type="text/csv", CONTENT_LENGTH="200000001"
    )

    assert answer.status_code == 413
    assert "At most 200 MB" in answer.content.decode()


def test_a_request_at_the_limit_passes_on(client, cast):
    answer = client.post("/preferences/", "", content_type="text/plain", CONTENT_LENGTH="2097152")

    assert answer.status_code == 302


def test_a_body_of_unknown_length_is_refused_unread(client):
    answer = client.generic("POST", "/preferences/", headers={"Transfer-Encoding": "chunked"})

    assert answer.status_code == 411


@pytest.mark.parametrize("address", ["/stations/?q=a%00b", "/stations/%00/", "/?%00=1"])
def test_a_zero_byte_is_refused_before_any_table_sees_it(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW"])
def test_a_method_no_page_knows_is_refused(client, method):
    assert client.generic(method, "/about/").status_code == 405


@pytest.mark.parametrize("address", ["/", "/stations/", "/board/", "/sign-in/"])
def test_without_any_account_every_page_leads_to_the_wizard(client, address):
    system_account()

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, "/first-start/")


def test_the_wizard_and_the_display_choices_are_open_meanwhile(client):
    assert client.get("/first-start/").status_code == 200
    assert client.post("/preferences/", {"language": "en"}).status_code == 302


def test_with_an_account_pages_open_and_the_question_is_asked_once(
    client, django_assert_num_queries
):
    Account.objects.create_user("zhang", "a long password")
    client.get("/accessibility/")

    with django_assert_num_queries(0):
        answer = client.get("/accessibility/")

    assert answer.status_code == 200


def test_a_form_without_its_token_is_told_what_to_do(world):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x"})

    assert answer.status_code == 403
    assert "重新" in answer.content.decode()
    assert "DEBUG" not in answer.content.decode()
