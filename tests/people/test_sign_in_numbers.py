"""The number of an account: who holds grants changes it herself, a resident is told."""

import pytest

from hequan.core.accounts import Account
from hequan.people.actions import merge_persons, save_person, save_persons
from hequan.people.errors import StaffMergedError, StaffNumberError
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

    with pytest.raises(StaffNumberError):
        save_person(person=officer, facts=facts(officer), by=world.clerk, at=AT)
    with pytest.raises(StaffNumberError):
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
    save_person(person=resident, facts=facts(resident), by=world.officer, at=AT)

    assert ended == [world.resident]
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
