"""Two rows of one person made one without losing anything, and parted again."""

from datetime import date

import pytest

from hequan.core.jobs import Job
from hequan.people.access import person_for
from hequan.people.actions import (
    MembershipFacts,
    OrganisationFacts,
    PersonFacts,
    keep_apart,
    merge_persons,
    save_membership,
    save_organisation,
    save_person,
    sweep_merger,
    unmerge_persons,
)
from hequan.people.errors import MergeError
from hequan.people.kinds import Likelihood, LikeReason
from hequan.people.models import Membership, Person
from hequan.people.queries import (
    duplicate_candidates,
    person_of,
    person_with_id,
    person_with_phone,
)
from tests.world_people import WANG_LI_PHONE

YEAR = date(2026, 1, 1)


@pytest.fixture
def twin(world):
    """Wang Li once more, entered at another counter."""
    facts = PersonFacts("王莉", "13800009999", date(1988, 5, 1), world.pine.pk, "青松路2号")
    return save_person(facts=facts, by=world.officer, at=world.at)


@pytest.fixture
def firm(world):
    """A body to belong to."""
    facts = OrganisationFacts("枫叶科技", unit_id=world.maple.pk)
    return save_organisation(facts=facts, by=world.officer, at=world.at)


def merge(world, winner, loser, *fields):
    return merge_persons(
        winner=winner, loser=loser, from_loser=fields, by=world.officer, at=world.at
    )


def belong(world, person, firm, start, end=None):
    facts = MembershipFacts(valid_from=start, valid_to=end)
    return save_membership(
        person=person, organisation=firm, facts=facts, by=world.officer, at=world.at
    )


def rows():
    """Everything that says anything of people, to compare before with after."""
    people = Person.objects.order_by("pk").values(
        "pk", "name", "initials", "pinyin", "phone_match", "phone_tail", "born_on", "unit",
        "address", "account", "merged_into",
    )  # fmt: skip
    ties = Membership.objects.order_by("pk").values_list()
    return list(people), list(ties)


def test_the_loser_is_found_as_the_winner(world, twin):
    merge(world, world.cast.wang_li, twin)

    assert person_with_id(twin.pk) == world.cast.wang_li
    assert person_for(world.officer, twin.pk, world.at) == world.cast.wang_li
    assert person_with_phone("13800009999") is None
    assert Person.objects.get(pk=twin.pk).name == "王莉"


def test_each_field_is_chosen_and_a_blank_one_is_filled(world, twin):
    Person.objects.filter(pk=world.cast.wang_li.pk).update(address="")
    merge(world, world.cast.wang_li, twin, "name", "phone")

    row = Person.objects.get(pk=world.cast.wang_li.pk)
    assert (row.name, row.initials, row.pinyin) == ("王莉", "wl", "wangli")
    assert (row.phone.open(), row.phone_tail) == ("13800009999", "9999")
    assert (row.address, row.unit) == ("青松路2号", world.grids[0])


def test_an_account_comes_along_and_two_still_lead_to_one_person(world, twin):
    merge(world, twin, world.cast.resident)
    assert person_of(world.resident) == twin

    merge(world, twin, person_of(world.stranger), "account_id")
    assert person_of(world.stranger) == person_of(world.resident) == twin
    assert Person.objects.get(pk=twin.pk).account == world.stranger


def test_what_belongs_to_the_loser_belongs_to_the_winner(world, twin, firm):
    row = belong(world, twin, firm, YEAR)
    merge(world, world.cast.wang_li, twin)
    row.refresh_from_db()
    assert row.person == world.cast.wang_li


def test_memberships_that_meet_become_one_and_stay_as_history(world, twin, firm):
    mine = belong(world, world.cast.wang_li, firm, date(2025, 6, 1))
    hers = belong(world, twin, firm, date(2024, 1, 1), date(2025, 7, 1))
    merge(world, world.cast.wang_li, twin)
    mine.refresh_from_db()
    hers.refresh_from_db()
    assert (mine.valid_from, mine.valid_to) == (date(2024, 1, 1), None)
    assert hers.person == twin


def test_an_open_membership_is_not_doubled(world, twin, firm):
    belong(world, world.cast.wang_li, firm, date(2024, 1, 1), date(2024, 6, 1))
    belong(world, world.cast.wang_li, firm, date(2025, 1, 1))
    belong(world, twin, firm, date(2024, 5, 1))
    merge(world, world.cast.wang_li, twin)
    held = Membership.objects.filter(person=world.cast.wang_li, valid_to=None)
    assert [row.valid_from for row in held] == [date(2024, 5, 1)]


@pytest.mark.parametrize("fields", [(), ("name", "phone", "unit_id", "address", "account_id")])
def test_parting_them_again_leaves_everything_as_it_was(world, twin, firm, fields):
    belong(world, world.cast.wang_li, firm, date(2025, 6, 1))
    belong(world, twin, firm, date(2024, 1, 1), date(2025, 7, 1))
    belong(world, twin, firm, date(2020, 1, 1), date(2021, 1, 1))
    merge(world, twin, world.cast.resident)
    before = rows()

    merger = merge(world, world.cast.wang_li, twin, *fields)
    assert rows() != before
    unmerge_persons(merger=merger, by=world.officer, at=world.at)

    assert rows() == before


def test_what_was_corrected_since_is_not_taken_back(world, twin):
    merger = merge(world, world.cast.wang_li, twin, "name", "address")
    facts = PersonFacts("王丽丽", WANG_LI_PHONE, date(1988, 5, 1), None, "青松路2号")
    save_person(person=world.cast.wang_li, facts=facts, by=world.officer, at=world.at)
    unmerge_persons(merger=merger, by=world.officer, at=world.at)

    row = Person.objects.get(pk=world.cast.wang_li.pk)
    assert (row.name, row.address) == ("王丽丽", world.cast.wang_li.address)


def test_the_values_replaced_are_sealed_in_the_record(world, twin):
    merger = merge(world, world.cast.wang_li, twin, "name", "phone")
    merger.refresh_from_db()
    assert WANG_LI_PHONE not in merger.replaced.token
    assert WANG_LI_PHONE in merger.replaced.open()
    assert "1351234" not in str(merger.moved)


def test_nobody_is_merged_with_herself_or_twice_or_in_a_ring(world, twin):
    wang_li = world.cast.wang_li
    with pytest.raises(MergeError):
        merge(world, wang_li, wang_li)
    merge(world, wang_li, twin)
    for winner, loser in ((wang_li, twin), (twin, wang_li), (world.cast.sun_mei, twin)):
        with pytest.raises(MergeError) as refusal:
            merge(world, winner, loser)
        assert refusal.value.reason == "merged"
        assert "刚刚已被合并" in str(refusal.value)


def test_a_guardian_and_her_ward_are_two_people(world):
    with pytest.raises(MergeError) as refusal:
        merge(world, world.cast.wang_li, world.cast.wang_xiaobao)
    assert refusal.value.reason == "guardian"


def test_a_chain_of_mergers_is_one_step_long_and_parted_from_its_end(world, twin):
    cast = world.cast
    first = merge(world, cast.wang_li, twin)
    second = merge(world, cast.sun_mei, cast.wang_li)
    assert Person.objects.get(pk=twin.pk).merged_into == cast.sun_mei

    with pytest.raises(MergeError) as refusal:
        unmerge_persons(merger=first, by=world.officer, at=world.at)
    assert refusal.value.reason == "later"
    unmerge_persons(merger=second, by=world.officer, at=world.at)
    unmerge_persons(merger=first, by=world.officer, at=world.at)
    assert person_with_id(twin.pk) == twin
    with pytest.raises(MergeError):
        unmerge_persons(merger=first, by=world.officer, at=world.at)


def test_nothing_is_parted_once_one_of_them_is_erased(world, twin):
    merger = merge(world, world.cast.wang_li, twin)
    Person.objects.filter(pk=twin.pk).update(erased_at=world.at)
    with pytest.raises(MergeError):
        unmerge_persons(merger=merger, by=world.officer, at=world.at)


def test_what_was_written_for_the_loser_meanwhile_is_swept_after_her(world, twin, firm):
    merger = merge(world, world.cast.wang_li, twin)
    assert Job.objects.filter(name="people.sweep_merger", payload__merger=merger.pk).exists()
    late = Membership.objects.create(person=twin, organisation=firm, role="member", valid_from=YEAR)
    for _again in range(2):
        sweep_merger(merger_pk=merger.pk, by=world.system, at=world.at)
    late.refresh_from_db()
    assert late.person == world.cast.wang_li

    unmerge_persons(merger=merger, by=world.officer, at=world.at)
    late.refresh_from_db()
    assert late.person == twin


def test_a_family_on_one_number_is_asked_about_once(world):
    (pair,) = duplicate_candidates(world.officer, world.at)
    assert {pair.stays, pair.goes} == {world.cast.wang_li, world.cast.shan_jianguo}
    assert pair.likeness.likelihood == Likelihood.ASK
    assert LikeReason.OTHER_NAME in pair.likeness.reasons

    keep_apart(one=pair.goes, other=pair.stays, by=world.officer, at=world.at)
    keep_apart(one=pair.stays, other=pair.goes, by=world.officer, at=world.at)
    assert duplicate_candidates(world.officer, world.at) == []


def test_the_surest_pairs_stand_first_and_the_row_with_an_account_stays(world):
    enter = {"by": world.officer, "at": world.at}
    again = save_person(facts=PersonFacts("张伟", "136 1234 0004", None, world.pine.pk), **enter)
    born = save_person(
        facts=PersonFacts("孙梅", "", date(1990, 10, 10), world.grids[3].pk), **enter
    )
    found = duplicate_candidates(world.officer, world.at)
    assert [(pair.stays, pair.goes, pair.likeness.likelihood) for pair in found] == [
        (world.cast.resident, again, Likelihood.SURE),
        (world.cast.sun_mei, born, Likelihood.LIKELY),
        (world.cast.wang_li, world.cast.shan_jianguo, Likelihood.ASK),
    ]


def test_whoever_may_not_edit_one_of_two_is_not_asked(world):
    assert duplicate_candidates(world.clerk, world.at) == []
    assert duplicate_candidates(world.stranger, world.at) == []
