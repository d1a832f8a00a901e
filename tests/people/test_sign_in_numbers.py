"""The number of an account: who holds grants changes it herself, a resident is told."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.jobs import run_next
from hequan.core.kinds import BUSINESS
from hequan.people.actions import merge_persons, save_person, save_persons, unmerge_persons
from hequan.people.actions.deliveries import stop_channel
from hequan.people.errors import BadPersonError, StaffMergedError
from hequan.people.facts import PersonFacts
from hequan.people.gateways import outgoing_file
from hequan.people.kinds import Channel
from hequan.people.models import Delivery, Message, Person
from tests.world import AT

pytestmark = pytest.mark.django_db
NUMBER = "18812340001"
MORNING = AT + timedelta(days=1)  # whatever waits for the end of quiet hours has left


def facts(row, phone=NUMBER):
    return PersonFacts(row.name, phone, row.born_on, row.unit_id, row.address)


def of(account) -> Person:
    return Person.objects.get(account=account)


def test_nobody_else_changes_the_number_an_officer_signs_in_with(world):
    officer = of(world.officer)

    with pytest.raises(BadPersonError):
        save_person(person=officer, facts=facts(officer), by=world.clerk, at=AT)
    with pytest.raises(BadPersonError):
        save_persons(persons=[(officer.pk, facts(officer))], by=world.clerk, at=AT)
    officer.refresh_from_db()
    assert officer.phone.open() != NUMBER


def test_the_rest_of_an_officers_entry_is_corrected_at_the_counter(world):
    officer = of(world.officer)
    save_person(person=officer, facts=facts(officer, officer.phone.open()), by=world.clerk, at=AT)


def test_a_resident_whose_number_is_corrected_is_told_and_signed_out(world, monkeypatch):
    ended = []
    monkeypatch.setattr(
        "hequan.people.actions.sign_in_numbers.sign_out_elsewhere",
        lambda **given: ended.append(given["account"]),
    )
    resident = of(world.resident)
    number = resident.phone.open()
    looks_the_same = number[:3] + "0000" + number[-4:]  # behind the mask
    save_person(person=resident, facts=facts(resident, looks_the_same), by=world.officer, at=AT)
    save_persons(persons=[(resident.pk, facts(resident))], by=world.officer, at=AT)

    assert ended == [world.resident, world.resident]
    assert Message.objects.filter(person=resident, template="people.phone_changed").exists()


@pytest.mark.parametrize("takes", [("phone",), ("account_id",)])
def test_a_merger_hands_an_officers_account_to_nobody(world, takes):
    account = Account.objects.create_user("other", "other-password", name="另一人")
    other = save_person(facts=PersonFacts("周敏", NUMBER), by=world.clerk, at=AT)
    Person.objects.filter(pk=other.pk).update(account=account)
    officer = of(world.officer)

    with pytest.raises(StaffMergedError):
        merge_persons(winner=officer, loser=other, from_loser=takes, by=world.clerk, at=AT)
    with pytest.raises(StaffMergedError):
        merge_persons(winner=other, loser=officer, by=world.clerk, at=AT)
    merge_persons(winner=officer, loser=other, by=world.clerk, at=AT)
    assert of(world.officer).pk == officer.pk


def test_the_page_says_whose_number_it_is_to_change(world):
    page = reverse("web:board-person-edit", args=[of(world.officer).pk])
    other = Account.objects.create_user("second", "second-password", name="副职")
    give_grants(account=other, capabilities=BUSINESS, path="/", by=world.system, at=AT)
    client = Client()
    client.force_login(other)
    answer = client.post(page, {"name": "周敏", "phone": NUMBER, "unit": "高境镇"})

    assert answer.status_code == 200
    assert "由本人" in answer.content.decode()


def texts_sent(at=AT):
    """Carry out what waits and return the texts by the number each went to."""
    while run_next(at):
        pass
    path = outgoing_file("sms")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(one["address"], one["text"]) for one in map(json.loads, lines)]


@pytest.fixture
def by_sms(settings, tmp_path):
    settings.GATEWAYS = {"sms": "file"}
    settings.OUTGOING_ROOT = tmp_path


def test_the_number_before_gets_one_text_saying_when_and_whom_to_ask(world, by_sms):
    resident = of(world.resident)
    before = resident.phone.open()
    at = AT.replace(hour=16)  # midnight, when nobody else is told anything
    save_person(person=resident, facts=facts(resident), by=world.officer, at=at)

    ((address, text),) = texts_sent(at)
    assert address == before
    assert "2026-03-11 00:00" in text
    assert "联系就近站点" in text
    assert NUMBER not in text
    assert before not in text


def test_the_number_before_is_readable_nowhere_and_forgotten_once_told(world, by_sms):
    resident = of(world.resident)
    before = resident.phone.open()
    save_person(person=resident, facts=facts(resident), by=world.officer, at=AT)
    waiting = Delivery.objects.exclude(address="").get()

    with connection.cursor() as cursor:
        for table in ("people_delivery", "people_message", "core_job", "core_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")
            assert before not in repr(cursor.fetchall())
    assert str(waiting.address) == f"{before[:3]}****{before[-4:]}"
    texts_sent()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address.token) == ("sent", "")


def test_she_who_wants_no_texts_is_told_at_the_number_before_all_the_same(world, by_sms):
    resident = of(world.resident)
    before = resident.phone.open()
    stop_channel(receiver=resident, channel=Channel.SMS, by=world.officer, at=AT)
    save_person(person=resident, facts=facts(resident), by=world.officer, at=AT)

    assert [address for address, _text in texts_sent()] == [before]


def test_a_landline_before_gets_no_text(world, by_sms):
    resident = of(world.resident)
    save_person(person=resident, facts=facts(resident, "021-66780009"), by=world.officer, at=AT)
    texts_sent()
    outgoing_file("sms").unlink()
    save_person(person=of(world.resident), facts=facts(resident), by=world.officer, at=AT)

    assert [address for address, _text in texts_sent()] == [NUMBER]


def test_an_import_that_corrects_a_number_tells_the_one_before(world, by_sms):
    resident = of(world.resident)
    before = resident.phone.open()
    save_persons(persons=[(resident.pk, facts(resident))], by=world.officer, at=AT)

    assert {address for address, _text in texts_sent(MORNING)} == {before, NUMBER}


@pytest.mark.parametrize("takes", [(), ("phone",)])
def test_a_merger_tells_the_number_that_signs_in_no_longer(world, by_sms, takes):
    account = Account.objects.create_user("second", "second-password", name="张伟")
    loser = save_person(facts=PersonFacts("张伟", NUMBER), by=world.officer, at=AT)
    Person.objects.filter(pk=loser.pk).update(account=account)
    winner = of(world.resident)
    before = winner.phone.open()
    merge_persons(winner=winner, loser=loser, from_loser=takes, by=world.officer, at=AT)

    kept, gone = (NUMBER, before) if takes else (before, NUMBER)
    assert sorted(address for address, _text in texts_sent()) == sorted([kept, gone])
    assert Delivery.objects.filter(message__person=winner).count() == 2


def test_a_merger_that_changes_no_accounts_number_tells_nobody(world, by_sms):
    loser = save_person(facts=PersonFacts("张伟", NUMBER), by=world.officer, at=AT)
    merge_persons(winner=of(world.resident), loser=loser, by=world.officer, at=AT)

    assert texts_sent() == []


def test_a_merger_undone_tells_the_number_that_was_hers_meanwhile(world, by_sms):
    loser = save_person(facts=PersonFacts("张伟", NUMBER), by=world.officer, at=AT)
    winner = of(world.resident)
    merger = merge_persons(
        winner=winner, loser=loser, from_loser=("phone",), by=world.officer, at=AT
    )
    texts_sent()
    outgoing_file("sms").unlink()
    unmerge_persons(merger=merger, by=world.officer, at=AT)

    assert NUMBER in [address for address, _text in texts_sent()]
