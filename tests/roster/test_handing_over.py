"""When somebody leaves: her open work moves to the heir or stands open; nothing is orphaned."""

from datetime import timedelta

import pytest

from hequan.core import outbox
from hequan.core.jobs import Job, run_next
from hequan.roster import actions
from hequan.roster.actions import WeeklyDuty
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutyPattern, DutySlot, Mentoring, PoolMember
from hequan.roster.places import Place
from hequan.roster.post_keys import NEWS, followed_keys, keys_to_posts
from tests.roster.cast import TODAY
from tests.world import AT

DAY = timedelta(days=1)
CLERK = PostKind.STATION_CLERK


@pytest.fixture
def leaver(world, people, cast):
    """A clerk with weekly duty at the hall, a learner, and a place in a pool."""
    post = people.appoint(CLERK, people.wang, cast.hall)
    learner = people.appoint(PostKind.GRID_WORKER, people.li, world.grids[0])
    by = {"by": world.officer, "at": AT}
    actions.add_pattern(
        place=Place.of(cast.hall),
        duty=WeeklyDuty(3, 540, 720, TODAY),
        person=people.wang,
        post=post,
        **by,
    )
    actions.begin_mentoring(mentor=post, learner=learner, goals="走访", begun_on=TODAY, **by)
    pool = actions.begin_pool(name="红枫合署", station=cast.hall, begun_on=TODAY, **by)
    actions.join_pool(pool=pool, person=people.wang, home=None, post=post, valid_from=TODAY, **by)
    return post


def run_jobs(at):
    while run_next(at):
        pass


def open_on(post):
    return {
        "duty": DutySlot.objects.filter(post=post, cancelled_at=None).count(),
        "weekly": DutyPattern.objects.filter(post=post).count(),
        "learners": Mentoring.objects.filter(mentor=post, ended_on=None).count(),
        "pools": PoolMember.objects.filter(post=post, valid_to=None).count(),
    }


def test_every_key_to_a_post_has_somebody_who_follows_its_end():
    listeners = outbox._listeners[NEWS]

    missing = [key for key in keys_to_posts() if followed_keys().get(key) not in listeners]
    assert missing == [], "name the job in the app's jobs.py: follow_post(key, job)"
    assert "roster.dutyslot.post" in keys_to_posts()


def test_all_open_work_moves_to_the_heir_on_the_day(world, people, cast, leaver):
    on = TODAY + DAY
    heir = actions.hand_over_post(post=leaver, person=people.zhao, on=on, by=world.officer, at=AT)
    run_jobs(AT)
    assert open_on(leaver)["duty"] == 8  # not before the day

    run_jobs(AT + DAY)
    assert open_on(heir) == {"duty": 8, "weekly": 1, "learners": 1, "pools": 1}
    assert open_on(leaver) == {"duty": 0, "weekly": 0, "learners": 0, "pools": 0}
    assert {people.zhao.pk} == set(DutySlot.objects.values_list("person_id", flat=True))


def test_without_an_heir_it_stands_open(world, leaver):
    actions.end_post(post=leaver, on=TODAY + DAY, by=world.officer, at=AT)
    run_jobs(AT + DAY)

    assert DutySlot.objects.filter(person=None, post=None).count() == 8
    assert Mentoring.objects.get().mentor is None
    assert not PoolMember.objects.filter(valid_to=None).exists()


def test_handing_over_twice_changes_nothing_more(world, people, leaver):
    on = TODAY + DAY
    heir = actions.hand_over_post(post=leaver, person=people.zhao, on=on, by=world.officer, at=AT)
    run_jobs(AT + DAY)
    leaver.refresh_from_db()
    again = actions.hand_over_work(post=leaver, heir=heir, on=on, by=world.system, at=AT + DAY)

    assert {0} == set(again.values())
    assert PoolMember.objects.count() == 2


def test_a_post_that_has_not_ended_after_all_keeps_its_work(world, people, leaver):
    moved = actions.hand_over_work(post=leaver, heir=None, on=TODAY, by=world.system, at=AT)

    assert moved == {}
    assert open_on(leaver)["duty"] == 8


def test_an_heir_who_is_on_duty_elsewhere_at_that_time_is_not_doubled(world, people, cast, leaver):
    first = DutySlot.objects.order_by("starts_at").first()
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    place = Place.of(cast.shop)
    actions.add_duty(place=place, person=people.zhao, by=world.officer, at=AT, **times)
    on = TODAY + DAY
    actions.hand_over_post(post=leaver, person=people.zhao, on=on, by=world.officer, at=AT)
    run_jobs(AT + DAY)

    first.refresh_from_db()
    assert first.person is None
    assert people.zhao == first.stands_for


def test_a_learner_who_leaves_ends_the_pair(world, people, leaver):
    learner = Mentoring.objects.get().learner
    actions.end_post(post=learner, on=TODAY + DAY, by=world.officer, at=AT)
    run_jobs(AT + DAY)

    pair = Mentoring.objects.get()
    assert (pair.ended_on, pair.result) == (TODAY + DAY, "left")


def test_duty_without_a_post_goes_along_unless_she_has_another_post_there(
    world, people, cast, leaver
):
    slot = DutySlot.objects.order_by("starts_at").last()
    DutySlot.objects.filter(pk=slot.pk).update(post=None)
    actions.end_post(post=leaver, on=TODAY + DAY, by=world.officer, at=AT)
    run_jobs(AT + DAY)

    slot.refresh_from_db()
    assert slot.person is None


def test_no_job_of_a_hand_over_fails(world, people, leaver):
    actions.end_post(post=leaver, on=TODAY + DAY, by=world.officer, at=AT)
    run_jobs(AT + DAY)

    assert not Job.objects.exclude(state="done").exists()
