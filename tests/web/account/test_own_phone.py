"""One's own number, changed by a code sent to the new one."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from hequan.core import clock
from hequan.core.audit import AuditEntry
from hequan.core.sign_in.sessions import Session
from hequan.people.actions.sign_in import account_of_person
from hequan.people.gateways import outgoing_file
from hequan.people.models import DataRequest, Message, Person
from hequan.people.sign_in_codes import typed_digits
from tests.world import AT
from tests.world_people import RESIDENT_PHONE, WANG_LI_PHONE

pytestmark = pytest.mark.django_db
NEW = "13987654321"
ASK, ENTER = "/my/data/phone/", "/my/data/phone/code/"


@pytest.fixture(autouse=True)
def _to_a_file(settings):
    settings.GATEWAYS = {"sms": "file"}


@pytest.fixture
def mine(client, world):
    """Zhang Wei, signed in."""
    client.force_login(world.resident)
    return client


def sent():
    """Return the last text and where it went."""
    last = json.loads(outgoing_file("sms").read_text(encoding="utf-8").splitlines()[-1])
    return last["address"], typed_digits(last["text"])[:6]


def number_of(world):
    return Person.objects.get(pk=world.cast.resident.pk).phone.open()


def test_the_number_changes_with_the_code_sent_to_the_new_one(mine, world):
    asked = mine.post(ASK, {"phone": "139 8765 4321"})
    address, code = sent()
    answer = mine.post(ENTER, {"code": code})

    assert (asked["Location"], address) == (ENTER, NEW)
    assert answer["Location"] == "/my/data/"
    assert number_of(world) == NEW
    assert Person.objects.get(pk=world.cast.resident.pk).phone_tail == "4321"
    assert DataRequest.objects.get().kind == "correct"


def test_the_trail_holds_both_numbers_masked(mine, world):
    mine.post(ASK, {"phone": NEW})
    mine.post(ENTER, {"code": sent()[1]})

    entry = AuditEntry.objects.get(verb="people.phone_changed")
    assert (entry.by, entry.thing_id) == (world.resident, str(world.cast.resident.pk))
    assert entry.before == {"phone": "136****0004"}
    assert entry.after == {"phone": "139****4321"}


def test_she_is_told_and_signed_out_everywhere_else(mine, world):
    other = Client()
    other.force_login(world.resident)
    mine.post(ASK, {"phone": NEW})
    mine.post(ENTER, {"code": sent()[1]})

    message = Message.objects.get(person=world.cast.resident)
    assert message.template == "people.phone_changed"
    assert "136****0004" in message.body
    assert NEW not in message.body
    assert RESIDENT_PHONE not in message.body
    assert [one.pk for one in Session.objects.filter(account=world.resident)] == [
        mine.session.session_key
    ]
    assert mine.get("/my/data/").status_code == 200
    assert other.get("/my/data/").status_code == 302


def test_a_wrong_code_changes_nothing_and_the_right_one_still_counts(mine, world):
    mine.post(ASK, {"phone": NEW})
    code = sent()[1]
    wrong = mine.post(ENTER, {"code": f"{(int(code) + 1) % 1_000_000:06d}"})

    assert wrong.context["form"].errors["code"]
    assert number_of(world) == RESIDENT_PHONE
    mine.post(ENTER, {"code": code})
    assert number_of(world) == NEW


def test_a_code_is_too_old_after_five_minutes(mine, world, monkeypatch):
    mine.post(ASK, {"phone": NEW})
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=6))

    assert mine.post(ENTER, {"code": sent()[1]}).status_code == 200
    assert number_of(world) == RESIDENT_PHONE


def test_until_the_code_is_proved_anothers_number_meets_the_same_pages(mine, world):
    pages = []
    for phone, masked in ((NEW, "139****4321"), (WANG_LI_PHONE, "135****0001")):
        asked = mine.post(ASK, {"phone": phone})
        page = mine.get(ENTER).content.decode()
        wrong = mine.post(ENTER, {"code": "000000" if sent()[1] != "000000" else "000001"})
        shown = [page, wrong.content.decode()]
        pages.append(
            [asked.status_code, asked["Location"]]
            + ["\n".join(_lines(one)).replace(masked, "") for one in shown]
        )

    assert pages[0] == pages[1]


def _lines(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_whoever_proves_anothers_number_is_told_that_a_clerk_merges(mine, world):
    mine.post(ASK, {"phone": WANG_LI_PHONE})
    answer = mine.post(ENTER, {"code": sent()[1]}, follow=True)

    said = answer.content.decode()
    assert "由站点工作人员" in said
    assert number_of(world) == RESIDENT_PHONE
    assert not AuditEntry.objects.filter(verb="people.phone_changed").exists()
    assert mine.get(ENTER)["Location"] == ASK


def test_ones_own_number_is_no_change(mine, world):
    mine.post(ASK, {"phone": RESIDENT_PHONE})
    mine.post(ENTER, {"code": sent()[1]})

    assert not AuditEntry.objects.filter(verb="people.phone_changed").exists()
    assert not Message.objects.exists()


def test_codes_are_limited_as_those_that_sign_in(mine, world):
    mine.post(ASK, {"phone": NEW})
    first = outgoing_file("sms").read_text(encoding="utf-8")
    again = mine.post(ENTER, {"again": "yes"}, follow=True)

    assert outgoing_file("sms").read_text(encoding="utf-8") == first
    assert "notice" in again.content.decode()


def test_another_code_is_sent_after_the_pause(mine, world, monkeypatch):
    mine.post(ASK, {"phone": NEW})
    old = sent()[1]
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=2))
    mine.post(ENTER, {"again": "yes"})
    lines = outgoing_file("sms").read_text(encoding="utf-8").splitlines()

    assert len(lines) == 2
    assert sent()[1] == old or mine.post(ENTER, {"code": old}).status_code == 200
    mine.post(ENTER, {"code": sent()[1]})
    assert number_of(world) == NEW


def test_without_having_asked_there_is_no_code_to_enter(mine, world):
    assert mine.get(ENTER)["Location"] == ASK


def test_a_wards_number_and_a_childs_own_are_not_changed_here(client, world):
    child, mother = world.cast.wang_xiaobao, world.cast.wang_li
    client.force_login(account_of_person(person=mother, at=AT))
    assert client.get(ASK, {"of": child.pk}).status_code == 404

    client.force_login(account_of_person(person=child, at=AT))
    assert client.get(ASK).status_code == 404
    assert client.post(ASK, {"phone": NEW}).status_code == 404


@pytest.mark.parametrize("address", [ASK, ENTER])
def test_one_signs_in_first(client, world, address):
    assert client.get(address).status_code == 302
