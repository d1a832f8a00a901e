"""Two officers at once: one head at a place, one person at one place; real processes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hequan.core.accounts import system_account
from hequan.core.errors import HequanError
from hequan.people.models import Person
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutySlot, Post
from hequan.roster.places import Place
from tests.forked import at_once
from tests.roster.cast import make_person
from tests.world import AT, make_world

WRITERS = 6


@pytest.fixture
def town(transactional_db):
    """The small town, committed, and people to choose from."""
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    world = make_world()
    for number in range(WRITERS):
        make_person(f"候选{number}")
    return world


def appoint_everywhere(me, town, people, by):
    """Put one's own candidate at the head of every grid; return how one was refused."""
    refused = []
    for n, grid in enumerate(town.grids):
        # an open row has a unique index; a term has not
        term = {"valid_from": date(2026, 3, 1), "valid_to": date(2026, 12, 31) if n % 2 else None}
        place = Place.of(grid)
        try:
            actions.appoint_post(
                kind=PostKind.GRID_HEAD, person=people[me], place=place, **term, by=by, at=AT
            )
        except HequanError as error:
            refused.append(type(error).__name__)
    return refused


def stand_every_day(me, town, person, by):
    """Put the one person on duty at one place, day by day; return how one was refused."""
    refused, place = [], Place.of(town.grids[me % len(town.grids)])
    for day in range(20):
        begins = AT + timedelta(days=day, minutes=10 * me)
        ends = begins + timedelta(hours=3)
        try:
            actions.add_duty(
                place=place, person=person, starts_at=begins, ends_at=ends, by=by, at=AT
            )
        except HequanError as error:
            refused.append(type(error).__name__)
    return refused


def candidates():
    """Return the people to choose from."""
    return list(Person.objects.filter(name__startswith="候选").order_by("pk"))


@pytest.mark.postgres
@pytest.mark.slow
def test_of_many_who_appoint_at_once_one_succeeds_and_the_others_are_told(town):
    people, by = candidates(), system_account()
    said = at_once(WRITERS, lambda me: appoint_everywhere(me, town, people, by))
    refused = [one for mine in said for one in mine]

    assert Post.objects.count() == len(town.grids)
    assert refused == ["SeatTakenError"] * (WRITERS - 1) * len(town.grids)


@pytest.mark.postgres
@pytest.mark.slow
def test_one_person_put_on_duty_by_many_at_once_is_at_one_place(town):
    person, by = candidates()[0], system_account()
    said = at_once(WRITERS, lambda me: stand_every_day(me, town, person, by))
    refused = [one for mine in said for one in mine]

    assert DutySlot.objects.count() == 20
    assert refused == ["DutyClashError"] * 20 * (WRITERS - 1)


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_itself_refuses_heads_whose_terms_overlap(world):
    if connection.vendor != "postgresql":
        pytest.skip("a guard of PostgreSQL")
    row = {"kind": PostKind.GRID_HEAD, "unit": world.grids[0]}
    term = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 6, 1)}
    Post.objects.create(person=make_person("候选一"), **row, **term)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(person=make_person("候选二"), **row, valid_from=date(2026, 5, 31))
    Post.objects.create(person=Person.objects.last(), **row, valid_from=date(2026, 6, 1))


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_itself_refuses_one_person_at_two_places(world):
    if connection.vendor != "postgresql":
        pytest.skip("a guard of PostgreSQL")
    person, hour = make_person("候选一"), timedelta(hours=1)
    times = {"starts_at": AT, "ends_at": AT + 2 * hour}
    DutySlot.objects.create(person=person, unit=world.maple, **times)
    late = {"starts_at": AT + hour, "ends_at": AT + 3 * hour}
    with pytest.raises(IntegrityError), transaction.atomic():
        DutySlot.objects.create(person=person, unit=world.pine, **late)
    DutySlot.objects.create(person=person, unit=world.pine, cancelled_at=AT, **late)
    DutySlot.objects.create(person=None, unit=world.pine, **late)
