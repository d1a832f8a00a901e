"""A merger gives nobody a post: whoever merges may give it, or it is not merged."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.jobs import run_next
from hequan.core.kinds import Capability
from hequan.people.actions import PersonFacts, merge_persons, save_person, save_persons
from hequan.people.errors import BadPersonError, PostMergedError
from hequan.people.models import Person
from hequan.roster.kinds import PostKind
from tests.roster.cast import TODAY
from tests.world import AT

pytestmark = pytest.mark.django_db
SECRETARY = PostKind.COMMITTEE_SECRETARY


@pytest.fixture
def clerk(world):
    """A clerk of Maple Lane who keeps people and gives no posts."""
    account = Account.objects.create_user("keeper", "keeper-password", name="登记员")
    wanted = [Capability.SEE_PEOPLE, Capability.EDIT_PEOPLE]
    give_grants(account=account, capabilities=wanted, path="/", by=world.system, at=AT)
    return account


@pytest.fixture
def held(people, world):
    """Zhao Qiang, without an account, is secretary of Maple Lane."""
    people.appoint(SECRETARY, people.zhao, world.maple)
    return people.zhao


def merged(loser):
    return Person.objects.get(pk=loser.pk).merged_into_id is not None


def test_the_account_of_another_entry_is_not_given_the_post(people, held, clerk):
    with pytest.raises(PostMergedError, match="红枫居委会"):
        merge_persons(winner=people.wang, loser=held, by=clerk, at=AT)

    while run_next(AT):
        pass
    assert not merged(held)
    assert not people.wang.account.grants.exists()


@pytest.mark.parametrize("takes", [("account_id",), ("phone",)])
def test_neither_does_the_post_take_another_account_or_number(people, held, clerk, takes):
    with pytest.raises(PostMergedError):
        merge_persons(winner=held, loser=people.wang, from_loser=takes, by=clerk, at=AT)


def test_a_post_that_begins_later_is_held_too_and_one_that_ended_is_not(people, world, clerk):
    people.appoint(SECRETARY, people.zhao, world.maple, valid_from=TODAY + timedelta(days=9))
    days = {"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY}
    people.appoint(PostKind.GRID_WORKER, people.li, world.grids[0], **days)

    with pytest.raises(PostMergedError):
        merge_persons(winner=people.wang, loser=people.zhao, by=clerk, at=AT)
    merge_persons(winner=people.wang, loser=people.li, by=clerk, at=AT)
    assert merged(people.li)


def test_nor_is_the_number_of_an_entry_without_an_account_given_the_post(people, held, clerk):
    """Whoever holds that number would open an account with the post."""
    with pytest.raises(PostMergedError):
        merge_persons(winner=people.li, loser=held, by=clerk, at=AT)


def test_an_entry_that_keeps_its_own_number_takes_in_another(people, held, clerk):
    merge_persons(winner=held, loser=people.li, by=clerk, at=AT)

    assert merged(people.li)


def test_whoever_may_give_the_post_may_merge(people, held, world):
    merge_persons(winner=people.wang, loser=held, by=world.officer, at=AT)
    while run_next(AT):
        pass

    assert people.wang.account.grants.exists()


def test_nobody_merges_a_post_into_herself(people, held, world):
    Person.objects.filter(pk=people.li.pk).update(account=people.sun)
    with pytest.raises(PostMergedError):
        merge_persons(winner=Person.objects.get(pk=people.li.pk), loser=held, by=people.sun, at=AT)


def test_the_page_says_so_before_and_after(people, held, clerk, world):
    client = Client()
    client.force_login(clerk)
    page = reverse("web:board-duplicate", args=[people.wang.pk, held.pk])
    before = client.get(page).content.decode()
    after = client.post(page, {"stays": people.wang.pk, "merge": "1"}, follow=True)

    assert "只有您本人有权任命的岗位" in before
    assert "未作任何合并" in after.content.decode()
    assert not merged(held)


def of_number(row, phone="18812340077"):
    return PersonFacts(row.name, phone, row.born_on, row.unit_id, row.address)


def test_nor_is_the_number_changed_that_a_post_waits_for(people, held, clerk, world):
    with pytest.raises(BadPersonError):
        save_person(person=held, facts=of_number(held), by=clerk, at=AT)
    with pytest.raises(BadPersonError):
        save_persons(persons=[(held.pk, of_number(held))], by=clerk, at=AT)

    save_person(person=held, facts=of_number(held), by=world.officer, at=AT)
    held.refresh_from_db()
    assert held.phone.open() == "18812340077"


def test_a_helpers_number_is_corrected_at_the_counter(people, clerk, world):
    people.appoint(PostKind.GRID_HELPER, people.li, world.grids[0])
    save_person(person=people.li, facts=of_number(people.li), by=clerk, at=AT)
