"""Posts: begun, ended, handed over; one head at a place; nobody gives more than she holds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import Grant, forget_grants, give_grants, is_granted, is_granted_for
from hequan.core.jobs import Job
from hequan.core.kinds import Capability
from hequan.people.models import Organisation
from hequan.roster import actions
from hequan.roster.errors import (
    DayOrderError,
    EndedAlreadyError,
    GonePersonError,
    HeldAlreadyError,
    MoreThanOneHoldsError,
    OneselfError,
    SeatTakenError,
    WrongHeirError,
    WrongPlaceError,
)
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from tests.roster.cast import TODAY
from tests.world import AT

SECRETARY, HEAD, WORKER = (
    PostKind.COMMITTEE_SECRETARY,
    PostKind.GRID_HEAD,
    PostKind.GRID_WORKER,
)
DAY = timedelta(days=1)


def may(account, path, capability=Capability.SEE_PEOPLE, at=AT):
    forget_grants(account)
    return is_granted(account, capability, path, at)


def test_a_post_lets_its_holder_do_what_the_table_says_in_its_part(world, people):
    people.appoint(SECRETARY, people.wang, world.maple)

    account = people.wang.account
    assert may(account, world.maple.path)
    assert may(account, world.grids[0].path)
    assert not may(account, world.pine.path)
    assert not may(account, world.maple.path, Capability.EDIT_TERRITORY)
    assert AuditEntry.objects.filter(verb="roster.post_begun").count() == 1


def test_one_person_holds_many_posts_and_ending_one_leaves_the_others(world, people):
    first = people.appoint(SECRETARY, people.wang, world.maple, valid_from=TODAY - 9 * DAY)
    people.appoint(HEAD, people.wang, world.grids[5])
    actions.end_post(post=first, on=TODAY, by=world.officer, at=AT)

    account = people.wang.account
    assert not may(account, world.maple.path)
    assert may(account, world.grids[5].path)


def test_a_post_that_begins_in_the_future_allows_nothing_before_its_day(world, people):
    people.appoint(SECRETARY, people.wang, world.maple, valid_from=TODAY + DAY)

    account = people.wang.account
    assert not may(account, world.maple.path)
    assert may(account, world.maple.path, at=AT + DAY)


def test_a_post_with_a_last_day_allows_nothing_after_it_without_any_job(world, people):
    people.appoint(SECRETARY, people.wang, world.maple, valid_to=TODAY + 3 * DAY)

    account = people.wang.account
    assert may(account, world.maple.path)
    assert not may(account, world.maple.path, at=AT + 3 * DAY)


def test_a_post_entered_after_its_end_allows_nothing_and_tells_no_news(world, people):
    past = {"valid_from": TODAY - 9 * DAY, "valid_to": TODAY - DAY}
    people.appoint(SECRETARY, people.wang, world.maple, **past)

    assert not Grant.objects.filter(source__startswith="roster.post/").exists()
    assert not Job.objects.filter(name="roster.hand_over_work").exists()


def test_a_post_at_a_station_reaches_its_unit(world, people, cast):
    people.appoint(PostKind.STATION_CLERK, people.wang, cast.hall)

    assert may(people.wang.account, world.maple.path, Capability.ACT_ON_BEHALF)


def test_a_post_of_an_organisation_reaches_what_it_handles_and_no_ground(world, people):
    office = Organisation.objects.create(name="城管中队", kind="department", unit=world.town)
    people.appoint(PostKind.DEPARTMENT_OFFICER, people.wang, office)

    account = people.wang.account
    assert not may(account, world.town.path, Capability.SEE_ROSTER)
    path = world.town.path
    assert is_granted_for(account, Capability.SEE_ROSTER, path, office.pk, AT)


def test_grants_follow_when_somebody_gets_an_account_later(world, people):
    people.appoint(HEAD, people.zhao, world.grids[0])
    people.zhao.account = Account.objects.create_user("zhaoqiang")
    people.zhao.save()
    actions.write_out_grants(person=people.zhao, by=world.system, at=AT)

    assert may(people.zhao.account, world.grids[0].path)


def test_writing_out_twice_gives_nothing_twice(world, people):
    people.appoint(HEAD, people.wang, world.grids[0])
    before = Grant.objects.count()
    actions.write_out_grants(person=people.wang, by=world.system, at=AT + DAY)
    actions.mend_grants(by=world.system, at=AT + DAY)

    assert Grant.objects.count() == before


def test_a_second_head_is_refused_and_told_who_holds_the_seat(world, people):
    people.appoint(HEAD, people.wang, world.grids[0])
    with pytest.raises(SeatTakenError, match=r"红枫第1微网格.*王丽娟"):
        people.appoint(HEAD, people.zhao, world.grids[0])

    people.appoint(WORKER, people.zhao, world.grids[0])
    people.appoint(WORKER, people.li, world.grids[0])
    assert Post.objects.count() == 3


def test_a_head_for_a_time_that_another_holds_in_part_is_refused(world, people):
    people.appoint(HEAD, people.wang, world.grids[0], valid_from=TODAY + 30 * DAY)
    until = {"valid_to": TODAY + 31 * DAY}
    with pytest.raises(SeatTakenError):
        people.appoint(HEAD, people.zhao, world.grids[0], **until)

    people.appoint(HEAD, people.zhao, world.grids[0], valid_to=TODAY + 30 * DAY)


def test_the_database_itself_refuses_a_second_open_head(world, people):
    people.appoint(HEAD, people.wang, world.grids[0])
    row = {"kind": HEAD, "unit": world.grids[0], "valid_from": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(person=people.zhao, **row)


def test_the_same_post_twice_is_refused(world, people):
    people.appoint(WORKER, people.wang, world.grids[0])
    with pytest.raises(HeldAlreadyError):
        people.appoint(WORKER, people.wang, world.grids[0])


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (HEAD, "maple"),
        (SECRETARY, "town"),
        (PostKind.STATION_HEAD, "maple"),
        (PostKind.LIAISON, "town"),
    ],
)
def test_a_post_is_held_only_where_it_belongs(world, people, kind, where):
    with pytest.raises(WrongPlaceError):
        people.appoint(kind, people.wang, getattr(world, where))


def test_nobody_appoints_herself(world, people):
    with pytest.raises(OneselfError):
        people.appoint(HEAD, world.officer.person, world.grids[0])


def test_nobody_gives_more_than_she_may_do_there_herself(world, people):
    give_grants(
        account=people.sun,
        capabilities=[Capability.EDIT_ROSTER],
        path=world.town.path,
        by=world.system,
        at=AT,
    )
    people.appoint(HEAD, people.wang, world.grids[0], by=people.sun)
    with pytest.raises(MoreThanOneHoldsError):
        people.appoint(PostKind.TOWN_OFFICER, people.wang, world.town, by=people.sun)
    with pytest.raises(MoreThanOneHoldsError):  # a secretary's powers, but next door
        people.appoint(SECRETARY, people.wang, world.pine, by=people.sun)
    with pytest.raises(MoreThanOneHoldsError):  # everything but the roster
        people.appoint(HEAD, people.wang, world.grids[0], by=world.clerk)

    assert Post.objects.count() == 1


def test_a_row_that_no_longer_stands_for_a_person_gets_no_post(world, people):
    people.zhao.merged_into = people.li
    people.zhao.save()
    with pytest.raises(GonePersonError):
        people.appoint(HEAD, people.zhao, world.grids[0])


def test_a_post_ends_after_it_begins_and_once(world, people):
    post = people.appoint(HEAD, people.wang, world.grids[0])
    with pytest.raises(DayOrderError):
        actions.end_post(post=post, on=TODAY, by=world.officer, at=AT)
    actions.end_post(post=post, on=TODAY + DAY, by=world.officer, at=AT)
    with pytest.raises(EndedAlreadyError):
        actions.end_post(post=post, on=TODAY + 2 * DAY, by=world.officer, at=AT)


def test_the_news_of_an_end_arrives_on_its_day(world, people):
    post = people.appoint(HEAD, people.wang, world.grids[0])
    actions.end_post(post=post, on=TODAY + 5 * DAY, by=world.officer, at=AT)

    job = Job.objects.get(name="roster.hand_over_work")
    assert job.payload["post"] == post.pk
    assert job.payload["heir"] is None
    assert date(2026, 3, 14) == job.next_at.date()  # midnight in Shanghai


def test_an_heir_is_another_person_in_post_on_that_day(world, people):
    post = people.appoint(HEAD, people.wang, world.grids[0])
    late = people.appoint(WORKER, people.zhao, world.grids[0], valid_from=TODAY + 9 * DAY)
    own = people.appoint(WORKER, people.wang, world.grids[1])
    for heir in (late, own, post):
        with pytest.raises(WrongHeirError):
            actions.end_post(post=post, on=TODAY + DAY, heir=heir, by=world.officer, at=AT)


def test_a_post_is_handed_over_on_one_day_without_a_gap(world, people):
    post = people.appoint(HEAD, people.wang, world.grids[0])
    on = TODAY + DAY
    heir = actions.hand_over_post(post=post, person=people.zhao, on=on, by=world.officer, at=AT)

    post.refresh_from_db()
    assert (on, on) == (post.valid_to, heir.valid_from)
    assert people.zhao == heir.person
    assert Job.objects.get(name="roster.hand_over_work").payload["heir"] == heir.pk


def test_a_worker_hands_over_to_one_who_holds_the_same_post_already(world, people):
    post = people.appoint(WORKER, people.wang, world.grids[0])
    other = people.appoint(WORKER, people.zhao, world.grids[0])
    on = TODAY + DAY
    heir = actions.hand_over_post(post=post, person=people.zhao, on=on, by=world.officer, at=AT)

    assert other == heir


def test_the_night_tells_of_a_fixed_term_that_ran_out_and_only_once(world, people):
    people.appoint(HEAD, people.wang, world.grids[0], valid_to=TODAY + DAY)
    first = actions.begin_and_end_posts(by=world.system, at=AT)
    second = actions.begin_and_end_posts(by=world.system, at=AT + DAY)
    third = actions.begin_and_end_posts(by=world.system, at=AT + DAY)

    assert [first["ended"], second["ended"], third["ended"]] == [0, 1, 0]
    assert Job.objects.filter(name="roster.hand_over_work").count() == 1


def test_the_night_mends_the_reach_of_a_post_whose_unit_has_moved(world, people):
    people.appoint(HEAD, people.wang, world.grids[0])
    grid = world.grids[0]
    grid.path, grid.parent = f"{world.pine.path}{grid.pk}/", world.pine
    grid.save()
    actions.begin_and_end_posts(by=world.system, at=AT + DAY)

    assert may(people.wang.account, grid.path, at=AT + DAY)
    assert not may(people.wang.account, f"{world.maple.path}{grid.pk}/", at=AT + DAY)


def test_the_night_ends_grants_whose_post_is_gone(world, people):
    post = people.appoint(HEAD, people.wang, world.grids[0])
    Post.objects.filter(pk=post.pk).delete()
    actions.begin_and_end_posts(by=world.system, at=AT)

    assert not may(people.wang.account, world.grids[0].path)
