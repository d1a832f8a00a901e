"""The number of an account: who holds grants changes it herself, a resident is told."""

import pytest
from django.test import Client
from django.urls import reverse

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import BUSINESS
from hequan.people.actions import merge_persons, save_person, save_persons
from hequan.people.errors import BadPersonError, StaffMergedError
from hequan.people.facts import PersonFacts
from hequan.people.models import Message, Person
from tests.world import AT

pytestmark = pytest.mark.django_db
NUMBER = "18812340001"


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
