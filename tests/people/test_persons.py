"""Persons entered, corrected, found and kept from whoever has no business with them."""

from datetime import date

import pytest
from django.db import connection

from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.core.sealed import match_of
from hequan.people.access import person_for, persons_visible
from hequan.people.actions import (
    MembershipFacts,
    OrganisationFacts,
    PersonFacts,
    save_membership,
    save_organisation,
    save_person,
    save_persons,
    tie_account,
)
from hequan.people.errors import AccountTakenError, BadPersonError, NoSuchPersonError
from hequan.people.models import Person
from hequan.people.queries import (
    person_of,
    person_with_phone,
    persons_matching,
    persons_with_phone,
)
from tests.world_people import RESIDENT_PHONE, WANG_LI_PHONE


def grant(world, account, capability=Capability.SEE_PEOPLE, **where):
    give_grants(account=account, capabilities=[capability], by=world.system, at=world.at, **where)


def test_a_person_is_kept_with_her_number_sealed_and_found_by_it(world):
    facts = PersonFacts(" 尉迟 恭 ", "+86 138-1234 5678", date(1990, 1, 1), world.maple.pk)
    made = save_person(facts=facts, by=world.officer, at=world.at)

    row = Person.objects.get(pk=made.pk)
    assert (row.name, row.initials, row.pinyin) == ("尉迟恭", "ycg", "yuchigong")
    assert (str(row.phone), row.phone.open()) == ("138****5678", "13812345678")
    assert (row.phone_match, row.phone_tail) == (match_of("13812345678"), "5678")
    assert person_with_phone("138 1234 5678") == row


def test_the_number_lies_nowhere_in_the_clear(world):
    made = save_person(facts=PersonFacts("赵云", "13812345678"), by=world.officer, at=world.at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person WHERE id = %s", [made.pk])
        assert "13812345678" not in str(cursor.fetchone())
    entry = AuditEntry.objects.filter(thing_kind="people.person").latest("pk")
    assert "12345678" not in str(entry.after)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PersonFacts(""), "name"),
        (PersonFacts("王5"), "name"),
        (PersonFacts("<b>王</b>"), "name"),
        (PersonFacts("王" * 65), "name"),
        (PersonFacts("王丽", "12345"), "phone"),
        (PersonFacts("王丽", "12812345678"), "phone"),
        (PersonFacts("王丽", born_on=date(2026, 3, 11)), "born_on"),
        (PersonFacts("王丽", born_on=date(1895, 3, 10)), "born_on"),
        (PersonFacts("王丽", address="路" * 201), "address"),
    ],
)
def test_what_cannot_be_said_of_a_person_is_refused_by_its_field(world, facts, field):
    before = Person.objects.count()
    with pytest.raises(BadPersonError) as refusal:
        save_person(facts=facts, by=world.officer, at=world.at)
    assert refusal.value.field == field
    assert Person.objects.count() == before


def test_a_landline_is_kept_with_the_tail_people_remember(world):
    assert world.cast.li_genbao.phone_tail == "0002"
    assert person_with_phone("(021) 6678-0002") == world.cast.li_genbao


def test_a_correction_writes_number_hash_and_tail_together(world):
    facts = PersonFacts("王莉", "13912349999", date(1988, 5, 1), world.grids[0].pk)
    save_person(person=world.cast.wang_li, facts=facts, by=world.officer, at=world.at)

    row = Person.objects.get(pk=world.cast.wang_li.pk)
    assert (row.phone.open(), row.phone_tail) == ("13912349999", "9999")
    assert persons_with_phone(WANG_LI_PHONE) == [world.cast.shan_jianguo]
    assert AuditEntry.objects.filter(verb="people.person_corrected").count() == 1


def test_saving_what_is_known_writes_no_entry(world):
    row = world.cast.wang_li
    facts = PersonFacts(row.name, WANG_LI_PHONE, row.born_on, row.unit_id, row.address)
    save_person(person=row, facts=facts, by=world.officer, at=world.at)
    assert not AuditEntry.objects.filter(verb="people.person_corrected").exists()


def test_a_guardian_cannot_become_a_minor_by_a_correction(world):
    row = world.cast.wang_li
    with pytest.raises(BadPersonError):
        save_person(
            person=row,
            facts=PersonFacts(row.name, born_on=date(2015, 1, 1)),
            by=world.officer,
            at=world.at,
        )


def test_a_shared_number_stands_for_whoever_has_an_account(world):
    family = persons_with_phone(WANG_LI_PHONE)
    assert family == [world.cast.wang_li, world.cast.shan_jianguo]
    assert person_with_phone(WANG_LI_PHONE) == world.cast.wang_li

    account = type(world.stranger).objects.create_user("shan")
    tie_account(person=world.cast.shan_jianguo, account=account, by=world.officer, at=world.at)
    assert person_with_phone(WANG_LI_PHONE) == world.cast.shan_jianguo


def test_no_number_finds_nobody(world):
    assert person_with_phone("") is None
    assert person_with_phone("12345") is None


def test_an_account_stands_for_one_person(world):
    assert person_of(world.resident) == world.cast.resident
    assert person_of(world.sysadmin) is None
    with pytest.raises(AccountTakenError):
        tie_account(
            person=world.cast.wang_li, account=world.resident, by=world.officer, at=world.at
        )


def test_many_are_saved_at_once_or_none(world):
    rows = [
        (None, PersonFacts("甲一", "13800000001")),
        (world.cast.wang_li.pk, PersonFacts("王莉")),
    ]
    made = save_persons(persons=rows, by=world.officer, at=world.at)
    assert [row.name for row in Person.objects.filter(pk__in=made).order_by("-pk")] == [
        "甲一",
        "王莉",
    ]
    with pytest.raises(BadPersonError):
        save_persons(
            persons=[(None, PersonFacts("乙二")), (None, PersonFacts(""))],
            by=world.officer,
            at=world.at,
        )
    assert not Person.objects.filter(name="乙二").exists()


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("王", ["王丽", "王小宝"]),
        ("wl", ["王丽"]),
        ("WL", ["王丽"]),
        ("wangx", ["王小宝"]),
        ("shan", ["单小雨", "单建国"]),
        ("sjg", ["单建国"]),
        ("0004", ["张伟"]),
        (RESIDENT_PHONE, ["张伟"]),
        ("+86 136 1234 0004".replace(" ", "-"), ["张伟"]),
        ("021-66780002", ["李根宝"]),
        ("王 0001", ["王丽"]),
        ("w", []),
        ("%", []),
        ("9", []),
    ],
)
def test_people_are_found_by_name_tail_number_and_pinyin(world, word, names):
    found = persons_matching(word, user=world.officer, at=world.at)
    assert sorted(row.name for row in found) == sorted(names)


def test_everybody_is_found_with_no_words_but_one_who_lives_in_no_unit(world):
    found = set(persons_matching("", user=world.officer, at=world.at))
    assert world.cast.he_chuan not in found
    assert len(found) == 11


def test_an_account_sees_who_lives_in_its_part(world):
    grant(world, world.clerk, path=world.maple.path)

    assert person_for(world.clerk, world.cast.wang_li.pk, world.at) == world.cast.wang_li
    for hidden in (world.cast.sun_mei, world.cast.officer, world.cast.he_chuan):
        with pytest.raises(NoSuchPersonError):
            person_for(world.clerk, hidden.pk, world.at)


def test_a_person_without_a_unit_is_open_to_whoever_holds_a_whole_town_or_everywhere(world):
    lone = world.cast.he_chuan
    with pytest.raises(NoSuchPersonError):
        person_for(world.officer, lone.pk, world.at)
    for account, path in ((world.officer, "/"), (world.viewer, world.city.path)):
        assert world.city.parent is None
        grant(world, account, path=path)
        assert person_for(account, lone.pk, world.at) == lone
        assert lone in persons_matching("", user=account, at=world.at)


def test_an_organisation_sees_its_own_people_only_while_they_belong(world):
    firm = save_organisation(
        facts=OrganisationFacts("枫叶科技", unit_id=world.maple.pk), by=world.officer, at=world.at
    )
    grant(world, world.stranger, path="", organisation=firm.pk)
    assert not persons_visible(world.stranger, world.at).exists()

    facts = MembershipFacts(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 1))
    save_membership(
        person=world.cast.he_chuan, organisation=firm, facts=facts, by=world.officer, at=world.at
    )
    assert set(persons_visible(world.stranger, world.at)) == {world.cast.he_chuan}
    later = world.at.replace(month=7)
    assert not persons_visible(world.stranger, later).exists()


def test_a_stranger_and_an_erased_person_are_not_found(world):
    row = world.cast.wang_li
    with pytest.raises(NoSuchPersonError):
        person_for(world.stranger, row.pk, world.at)
    Person.objects.filter(pk=row.pk).update(erased_at=world.at)
    with pytest.raises(NoSuchPersonError):
        person_for(world.officer, row.pk, world.at)
    assert person_with_phone(WANG_LI_PHONE) == world.cast.shan_jianguo
