"""Pairs that may be one person: shown with reasons, merged, kept apart, parted again."""

import pytest
from django.urls import reverse

from hequan.people.actions import PersonFacts, save_person
from hequan.people.models import DistinctPair, Person
from tests.world_people import WANG_LI_PHONE


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def twin(world):
    """Zhang Wei once more, on the same number."""
    facts = PersonFacts("张伟", "13612340004", None, world.pine.pk, "青松路2号")
    return save_person(facts=facts, by=world.officer, at=world.at)


def pair(world, twin):
    return reverse("web:board-duplicate", args=[world.cast.resident.pk, twin.pk])


def test_pairs_are_listed_with_reasons_and_masks(officer, world, twin):
    answer = officer.get(reverse("web:board-duplicates"))
    said = answer.content.decode()
    assert said.index("张伟") < said.index("单建国")
    assert WANG_LI_PHONE not in said


def test_two_rows_are_merged_as_chosen_and_parted_again(officer, world, twin):
    where = pair(world, twin)
    assert officer.get(where).status_code == 200
    stays, goes = world.cast.resident, twin
    officer.post(where, {"stays": stays.pk, "address": goes.pk, "unit_id": stays.pk, "merge": "1"})
    stays.refresh_from_db()
    assert (stays.address, stays.unit) == ("青松路2号", world.grids[2])
    assert Person.objects.get(pk=goes.pk).merged_into == stays

    page = officer.get(reverse("web:board-duplicates"))
    merger = page.context["mergers"][0]
    officer.post(reverse("web:board-merger-undo", args=[merger.pk]))
    assert Person.objects.get(pk=goes.pk).merged_into is None


def test_the_other_row_may_stay(officer, world, twin):
    officer.post(pair(world, twin), {"stays": twin.pk, "merge": "1"})
    assert Person.objects.get(pk=world.cast.resident.pk).merged_into == twin


def test_merging_what_was_merged_meanwhile_says_so(officer, world, twin):
    where = pair(world, twin)
    officer.post(where, {"merge": "1"})
    answer = officer.post(where, {"merge": "1"}, follow=True)
    assert answer.status_code == 200
    assert Person.objects.filter(merged_into__isnull=False).count() == 1


def test_two_people_are_not_asked_about_again(officer, world):
    one, other = world.cast.wang_li, world.cast.shan_jianguo
    officer.post(reverse("web:board-duplicate", args=[one.pk, other.pk]), {"apart": "1"})
    assert DistinctPair.objects.count() == 1
    assert list(officer.get(reverse("web:board-duplicates")).context["pairs"]) == []
