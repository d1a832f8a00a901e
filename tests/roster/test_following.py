"""When units merge or split, or two entries become one person, posts and duty go along."""

from datetime import timedelta

import pytest

from hequan.core.grants import forget_grants, is_granted
from hequan.core.jobs import run_next
from hequan.core.kinds import Capability
from hequan.people.models import Organisation
from hequan.roster import actions
from hequan.roster.actions import Offer, WeeklyDuty
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutyPattern, DutySlot, Post, Registration
from hequan.roster.places import Place
from hequan.territory.actions import UnitFacts, merge_units, split_unit
from hequan.territory.kinds import Level
from tests.roster.cast import TODAY
from tests.world import AT, MAPLE

HEAD, WORKER, HELPER = PostKind.GRID_HEAD, PostKind.GRID_WORKER, PostKind.GRID_HELPER
DAY = timedelta(days=1)


@pytest.fixture
def merged(world, people):
    """Merge maple 1 and 2 into maple 9 and run the jobs; return the new grid."""

    def _merge():
        into = UnitFacts(Level.GRID, "GJ-M9", "红枫第9微网格", MAPLE, "estate")
        units = list(world.grids[:2])
        heir = merge_units(units=units, into=into, on=TODAY, by=world.officer, at=AT)
        while run_next(AT):
            pass
        return heir

    return _merge


def test_posts_and_duty_of_merged_grids_are_the_new_grids(world, people, merged):
    people.appoint(HEAD, people.wang, world.grids[0], valid_from=TODAY - DAY)
    actions.add_pattern(
        place=Place.of(world.grids[0]),
        duty=WeeklyDuty(3, 540, 720, TODAY),
        person=people.wang,
        by=world.officer,
        at=AT,
    )
    heir = merged()

    assert heir == Post.objects.get().unit
    assert {heir.pk} == set(DutySlot.objects.values_list("unit_id", flat=True))
    assert heir == DutyPattern.objects.get().unit
    forget_grants(people.wang.account)
    assert is_granted(people.wang.account, Capability.SEE_PEOPLE, heir.path, AT)


def test_of_two_heads_the_longer_in_office_stays_and_takes_over(world, people, merged):
    people.appoint(HEAD, people.wang, world.grids[0], valid_from=TODAY - DAY)
    older = people.appoint(HEAD, people.zhao, world.grids[1], valid_from=TODAY - 9 * DAY)
    heir = merged()

    assert [older] == list(Post.objects.filter(unit=heir, valid_to=None))
    gone = Post.objects.get(person=people.wang)
    assert gone.valid_to == TODAY
    forget_grants(people.wang.account)
    assert not is_granted(people.wang.account, Capability.SEE_PEOPLE, heir.path, AT)


def test_a_helper_of_both_grids_is_a_helper_once(world, people, merged):
    for grid in world.grids[:2]:
        people.appoint(HELPER, people.wang, grid, valid_from=TODAY - DAY)
    heir = merged()

    assert Post.objects.filter(unit=heir, valid_to=None).count() == 1


def test_a_split_committees_posts_go_to_its_first_heir(world, people):
    people.appoint(PostKind.COMMITTEE_SECRETARY, people.wang, world.maple)
    people.appoint(HEAD, people.wang, world.grids[0])
    into = [
        UnitFacts(Level.COMMITTEE, MAPLE, "红枫一居委会", "GJ-A"),
        UnitFacts(Level.COMMITTEE, "310113111009", "红枫二居委会", "GJ-A"),
    ]
    heirs = split_unit(unit=world.maple, into=into, on=TODAY, by=world.officer, at=AT)
    while run_next(AT):
        pass

    assert heirs[0] == Post.objects.get(kind=PostKind.COMMITTEE_SECRETARY).unit
    forget_grants(people.wang.account)
    grid = type(world.maple).objects.get(pk=world.grids[0].pk)
    assert grid.path.startswith(heirs[0].path)
    assert is_granted(people.wang.account, Capability.ACT_ON_BEHALF, grid.path, AT)
    assert not is_granted(people.wang.account, Capability.SEE_PEOPLE, world.maple.path, AT)


def test_following_twice_changes_nothing_more(world, people, merged):
    from hequan.territory.heirs import Heirs

    people.appoint(HEAD, people.wang, world.grids[0], valid_from=TODAY - DAY)
    heir = merged()
    before = list(Post.objects.values_list("pk", "unit", "valid_to"))
    ended = tuple(one.pk for one in world.grids[:2])
    actions.move_posts_to_heirs(heirs=Heirs(ended, (heir,)), by=world.system, at=AT)

    assert before == list(Post.objects.values_list("pk", "unit", "valid_to"))


def test_a_unit_registered_in_both_is_registered_once(world, people, merged):
    firm = Organisation.objects.create(name="红枫快递", kind="firm", unit=world.maple)
    for area in world.grids[:2]:
        actions.register_unit(organisation=firm, area=area, offer=Offer(), by=world.officer, at=AT)
    heir = merged()

    assert heir == Registration.objects.get(ended_at=None).area


def test_a_person_entered_twice_holds_her_post_once_after_the_merger(world, people):
    people.appoint(WORKER, people.wang, world.grids[0])
    twin = people.appoint(WORKER, people.zhao, world.grids[0], valid_from=TODAY - DAY)
    Post.objects.filter(person=people.zhao).update(person=people.wang)
    doubled = actions.settle_merged_person(person=people.wang, by=world.system, at=AT)

    assert doubled == 1
    assert twin == Post.objects.get(valid_to=None)
    assert actions.settle_merged_person(person=people.wang, by=world.system, at=AT) == 0
