"""The catalogue of matters: codes, kinds of place, versions that hold from a day on."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.core.audit import AuditEntry
from hequan.roster import errors
from hequan.roster.actions.matters import end_matter, save_matter, save_matters
from hequan.roster.matters import (
    PLACE_KINDS,
    MatterFacts,
    class_code_of,
    is_local_code,
    is_matter_code,
    kinds_of_place,
    next_local_code,
    place_rank,
    unknown_place_kinds,
)
from hequan.roster.models import Matter
from hequan.roster.queries.matters import catalogue_on, matter_versions, matters_matching
from hequan.roster.starter import starter_matters
from tests.roster.list_cast import DAY, MATTERS
from tests.world import AT

LATER = date(2026, 6, 1)


def save(world, matter=None, **facts):
    said = {"code": "51999", "name": "房屋渗漏水", "valid_from": DAY} | facts
    return save_matter(matter=matter, facts=MatterFacts(**said), by=world.officer, at=AT)


@pytest.fixture
def catalogue(world):
    save_matters(facts=MATTERS, source="test", by=world.officer, at=AT)
    return world


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("51", True),
        ("51999", True),
        ("5", False),
        ("519", False),
        ("５１", False),
        ("51a99", False),
    ],
)
def test_a_code_has_two_or_five_digits(code, good):
    assert is_matter_code(code) is good


def test_a_subclass_belongs_to_the_class_its_code_begins_with():
    assert (class_code_of("51999"), class_code_of("51")) == ("51", "")


def test_local_numbers_are_those_above_the_standards():
    assert [is_local_code(c) for c in ("51079", "51080", "51")] == [False, True, False]


def test_local_codes_are_given_downward():
    assert next_local_code("51", ["52999"]) == "51999"
    assert next_local_code("51", ["51", "51999", "51001"]) == "51998"


def test_old_public_housing_is_an_estate_too():
    assert kinds_of_place("", "old_public") == ("old_public", "estate")


@pytest.mark.parametrize(
    ("wanted", "rank"),
    [
        ((), 0),
        (("estate",), 1),
        (("old_public",), 2),
        (("estate", "old_public"), 2),
        (("mall",), None),
    ],
)
def test_the_more_particular_rule_ranks_higher(wanted, rank):
    assert rank == place_rank(wanted, ("old_public", "estate"))


@given(st.sets(st.sampled_from(PLACE_KINDS)), st.sampled_from(PLACE_KINDS))
def test_a_rule_for_more_kinds_never_fits_worse(kinds, more):
    place = kinds_of_place("estate", "commodity")
    if kinds and place_rank(kinds, place) is not None:
        assert place_rank(kinds | {more}, place) >= place_rank(kinds, place)


def test_what_was_said_before_a_change_stays(catalogue):
    leak = Matter.objects.get(code="51999")
    save(catalogue, leak, name="渗漏水", valid_from=LATER)

    names = [catalogue_on(day).by_code["51999"].name for day in (DAY, date(2026, 5, 31), LATER)]

    assert names == ["房屋渗漏水", "房屋渗漏水", "渗漏水"]
    assert [one.valid_from for one in matter_versions(leak)] == [LATER, DAY]


def test_a_change_from_the_same_day_corrects(catalogue):
    leak = Matter.objects.get(code="51999")
    save(catalogue, leak, name="渗漏")

    assert [one.name for one in matter_versions(leak)] == ["渗漏"]


def test_an_ended_matter_is_in_force_until_the_day_before(catalogue):
    leak = Matter.objects.get(code="51999")
    end_matter(matter=leak, on=LATER, by=catalogue.officer, at=AT)

    assert "51999" in catalogue_on(date(2026, 5, 31)).by_code
    assert "51999" not in catalogue_on(LATER).by_code


def test_a_class_outlives_its_subclasses(catalogue):
    with pytest.raises(errors.MatterInUseError):
        end_matter(matter=Matter.objects.get(code="51"), on=LATER, by=catalogue.officer, at=AT)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"code": "5199"}, errors.MatterCodeError),
        ({"code": "99001"}, errors.UnknownClassError),
        ({"place_kinds": ("moon",), "code": "51001"}, errors.PlaceKindError),
        ({}, errors.MatterCodeTakenError),
        ({"code": "51001", "valid_to": DAY}, errors.DayOrderError),
    ],
)
def test_what_is_no_matter_is_refused(catalogue, facts, error):
    with pytest.raises(error):
        save(catalogue, **facts)
    assert len(MATTERS) == Matter.objects.count()


def test_a_change_before_the_present_version_is_refused(catalogue):
    leak = Matter.objects.get(code="51999")

    with pytest.raises(errors.EarlierDayError):
        save(catalogue, leak, valid_from=date(2025, 1, 1))


def test_a_matter_can_begin_again_after_it_ended(catalogue):
    leak = Matter.objects.get(code="51999")
    end_matter(matter=leak, on=LATER, by=catalogue.officer, at=AT)
    save(catalogue, leak, name="渗漏", valid_from=date(2026, 9, 1))

    assert [one.name for one in matter_versions(leak)] == ["渗漏", "房屋渗漏水"]
    assert "51999" not in catalogue_on(date(2026, 7, 1)).by_code


def test_writing_is_audited(catalogue):
    save(catalogue, code="51001", name="外墙")

    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.after["name"]) == ("roster.matter_saved", "外墙")


def test_a_search_finds_the_class_of_what_it_finds(catalogue, django_assert_num_queries):
    catalogue_on(DAY)
    with django_assert_num_queries(1):
        found = matters_matching("leak", "", DAY)

    assert [one.code for one in found] == ["51", "51999"]


def test_subclasses_and_childless_classes_can_be_asked_for(catalogue):
    save(catalogue, code="53", name="安全")

    assert [one.code for one in catalogue_on(DAY).asked_for()] == ["51998", "51999", "52999", "53"]


def test_the_starter_catalogue_is_ours_whole_and_can_be_entered(world):
    facts = starter_matters(DAY)
    save_matters(facts=facts, source="starter", by=world.officer, at=AT)

    subclasses = [one for one in facts if class_code_of(one.code)]
    assert len(subclasses) > 60
    assert all(is_local_code(one.code) and one.name_en for one in subclasses)
    assert not [one for one in facts if unknown_place_kinds(one.place_kinds)]
    assert len(facts) == len(catalogue_on(DAY).by_code)
    assert files("hequan.roster").joinpath("matters.csv").is_file()
