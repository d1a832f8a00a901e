"""Pools and mentoring pairs on the board."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hequan.people.models import Organisation
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.models import Mentoring, Pool, PoolMember
from tests.roster.cast import TODAY
from tests.world import AT


@pytest.fixture
def pool(world, people, stations):
    """A pool at a station of Maple Lane."""
    return actions.begin_pool(
        name="红枫合署", station=stations["ST-1"], begun_on=TODAY, by=world.officer, at=AT
    )


def test_a_pool_is_begun_and_listed(sign_in, stations):
    officer = sign_in("officer")
    wanted = {"station": stations["ST-1"].pk, "name": "合署", "begun_on": "2026-03-10"}
    officer.post(reverse("web:board-pools"), wanted)

    (row,) = officer.get(reverse("web:board-pools")).context["pools"]
    assert (row.name, row.members) == ("合署", 0)


def test_somebody_joins_a_pool_sent_by_her_body_once(sign_in, world, people, pool):
    Organisation.objects.create(name="社保所", kind="department", unit=world.town)
    officer, address = sign_in("officer"), reverse("web:board-pool", args=[pool.pk])
    wanted = {"person": "王丽娟", "home": "社保所", "valid_from": "2026-03-10"}
    officer.post(address, wanted)
    again = officer.post(address, wanted)

    assert again.context["form"].non_field_errors()
    (row,) = officer.get(address).context["members"]
    assert (row.person, row.home) == ("王丽娟", "社保所")
    officer.post(reverse("web:board-pool-leave", args=[row.pk]))
    assert not PoolMember.objects.filter(valid_to=None).exists()


def test_a_pools_member_is_offered_for_the_stations_duty(sign_in, world, people, pool):
    actions.join_pool(
        pool=pool, person=people.li, home=None, valid_from=TODAY, by=world.officer, at=AT
    )
    page = sign_in("officer").get(
        reverse("web:board-duty-place", args=["station", pool.station_id])
    )

    assert str(people.li.pk) in dict(page.context["adding"].fields["person"].choices)


def test_a_pool_ends_with_everybody_in_it(sign_in, world, people, pool):
    actions.join_pool(
        pool=pool, person=people.li, home=None, valid_from=TODAY, by=world.officer, at=AT
    )
    sign_in("officer").post(reverse("web:board-pool-end", args=[pool.pk]))

    assert Pool.objects.get().ended_on == TODAY
    assert PoolMember.objects.get().valid_to == TODAY


def test_a_pool_next_door_is_not_there(sign_in, world, people, stations):
    other = actions.begin_pool(
        name="青松合署", station=stations["ST-3"], begun_on=TODAY, by=world.officer, at=AT
    )
    client = sign_in("officer")
    client.force_login(people.sun)

    assert client.get(reverse("web:board-pool", args=[other.pk])).status_code == 404
    assert client.post(reverse("web:board-pool-end", args=[other.pk])).status_code == 404


@pytest.fixture
def pair(world, people):
    """Wang, secretary of Maple Lane, helps Zhao, head of maple 1."""
    secretary = people.appoint(PostKind.COMMITTEE_SECRETARY, people.wang, world.maple)
    head = people.appoint(PostKind.GRID_HEAD, people.zhao, world.grids[0])
    return actions.begin_mentoring(
        mentor=secretary, learner=head, goals="走访", begun_on=TODAY, by=world.officer, at=AT
    )


def test_a_pair_is_begun_between_two_people_in_post(sign_in, world, people):
    people.appoint(PostKind.COMMITTEE_SECRETARY, people.wang, world.maple)
    people.appoint(PostKind.GRID_HEAD, people.zhao, world.grids[0])
    officer, address = sign_in("officer"), reverse("web:board-pair-new")
    wanted = {"goals": "走访", "begun_on": "2026-03-10", "learner": "赵强"}
    same = officer.post(address, wanted | {"mentor": "赵强"})
    idle = officer.post(address, wanted | {"mentor": "李梅"})
    officer.post(address, wanted | {"mentor": "王丽娟"})

    assert same.context["form"].non_field_errors()
    assert "mentor" in idle.context["form"].errors
    assert Mentoring.objects.get().mentor.person == people.wang


def test_meetings_a_new_mentor_and_a_result_are_entered(sign_in, world, people, pair):
    other = people.appoint(PostKind.COMMITTEE_DIRECTOR, people.li, world.maple)
    officer = sign_in("officer")
    go = lambda name, sent: officer.post(reverse(name, args=[pair.pk]), sent)  # noqa: E731
    early = go("web:board-pair-meeting", {"held_on": "2026-03-01", "note": "太早"})
    go("web:board-pair-meeting", {"held_on": "2026-03-10", "note": "走访三户"})
    go("web:board-pair-mentor", {"mentor": "李梅"})
    go("web:board-pair-end", {"on": "2026-06-10", "result": "reached", "note": ""})

    assert early.context["meeting"].non_field_errors()
    pair.refresh_from_db()
    assert (pair.mentor, pair.result) == (other, "reached")
    page = officer.get(reverse("web:board-pair", args=[pair.pk]))
    assert [one.note for one in page.context["meetings"]] == ["走访三户"]
    listed = officer.get(reverse("web:board-mentoring"), {"ended": "1"}).context["pairs"]
    assert len(listed) == 1


def test_a_pair_without_a_mentor_stands_first(sign_in, world, people, pair):
    learner = people.appoint(PostKind.GRID_WORKER, people.li, world.grids[1])
    alone = actions.begin_mentoring(
        mentor=pair.mentor,
        learner=learner,
        goals="",
        begun_on=TODAY - timedelta(days=1),
        by=world.officer,
        at=AT,
    )
    Mentoring.objects.filter(pk=alone.pk).update(mentor=None)
    rows = sign_in("officer").get(reverse("web:board-mentoring")).context["pairs"]

    assert [row.pk for row in rows] == [alone.pk, pair.pk]


def test_the_lists_take_the_same_queries_for_any_number_of_rows(
    sign_in, pool, pair, django_assert_num_queries
):
    officer = sign_in("officer")
    for name in ("web:board-pools", "web:board-mentoring"):
        officer.get(reverse(name))
    with django_assert_num_queries(4):
        officer.get(reverse("web:board-pools"))
    with django_assert_num_queries(3):
        officer.get(reverse("web:board-mentoring"))
