"""Organisations saved by credit code, or by name and unit where they have none."""

import pytest
from django.db import IntegrityError, transaction

from hequan.core.audit import AuditEntry
from hequan.people.actions import OrganisationFacts, save_organisations
from hequan.people.errors import BadCreditCodeError
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation
from hequan.people.queries import organisation_with_credit_code, organisations_matching
from tests.world import AT

CODE = "91110000600037341L"
FIRM = OrganisationFacts("枫叶科技", OrganisationKind.FIRM, CODE, address="红枫路1号")


def save(world, *facts):
    return save_organisations(organisations=facts, by=world.officer, at=AT)


def test_a_firm_is_known_by_its_code(world):
    first = save(world, FIRM)

    again = save(world, OrganisationFacts("枫叶科技股份", OrganisationKind.FIRM, CODE))

    assert (first.new, again.new) == (1, 0)
    assert first.ids == again.ids
    assert organisation_with_credit_code(CODE).name == "枫叶科技股份"


def test_the_same_again_changes_nothing(world):
    save(world, FIRM)
    entries = AuditEntry.objects.count()

    assert save(world, FIRM).same == 1
    assert entries == AuditEntry.objects.count()


def test_without_a_code_name_and_unit_tell_bodies_apart(world):
    shop = OrganisationFacts("便民小店", OrganisationKind.SHOP, unit_id=world.maple.pk)
    other = OrganisationFacts("便民小店", OrganisationKind.SHOP, unit_id=world.pine.pk)

    assert save(world, shop, other).new == 2
    assert save(world, shop).same == 1


def test_the_same_body_twice_in_one_call_is_one_row(world):
    saved = save(world, FIRM, FIRM)

    assert Organisation.objects.count() == 1
    assert saved.ids[0] == saved.ids[1]


def test_a_wrong_code_saves_nobody(world):
    with pytest.raises(BadCreditCodeError):
        save(world, FIRM, OrganisationFacts("坏码", credit_code="91110000600037341M"))

    assert not Organisation.objects.exists()


def test_a_code_belongs_to_one_body(world):
    save(world, FIRM)

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="另一家", credit_code=CODE)


def test_bodies_are_found_by_words_code_and_part_of_the_territory(world):
    save(world, FIRM, OrganisationFacts("松果书店", unit_id=world.grids[4].pk))

    assert [one.name for one in organisations_matching("红枫路 枫叶")] == ["枫叶科技"]
    assert [one.name for one in organisations_matching("9111")] == ["枫叶科技"]
    assert [one.name for one in organisations_matching(unit=world.pine)] == ["松果书店"]
    assert organisations_matching().count() == 2
    assert organisation_with_credit_code("") is None
