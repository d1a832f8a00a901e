"""Two officers at once: one head at a place, one person at one place; real processes."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hequan.people.models import Person
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutySlot, Post
from tests.roster.cast import make_person
from tests.world import AT, make_world

WRITERS = 6
APPOINT = """
import sys, django
django.setup()
from datetime import date, timedelta
from hequan.core.accounts import system_account
from hequan.core.errors import HequanError
from hequan.people.models import Person
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.places import Place
from hequan.territory.models import Unit
from tests.world import AT
me, grids = int(sys.argv[1]), sys.argv[2].split(",")
people = list(Person.objects.filter(name__startswith="候选").order_by("pk"))
by = system_account()
sys.stdin.readline()
for n, grid in enumerate(grids):
    until = date(2026, 12, 31) if n % 2 else None  # an open row has a unique index; a term has not
    try:
        actions.appoint_post(
            kind=PostKind.GRID_HEAD, person=people[me], place=Place.of(Unit.objects.get(pk=grid)),
            valid_from=date(2026, 3, 1), valid_to=until, by=by, at=AT,
        )
    except HequanError as error:
        print(type(error).__name__)
"""
STAND = """
import sys, django
django.setup()
from datetime import timedelta
from hequan.core.accounts import system_account
from hequan.core.errors import HequanError
from hequan.people.models import Person
from hequan.roster import actions
from hequan.roster.places import Place
from hequan.territory.models import Unit
from tests.world import AT
me, grids = int(sys.argv[1]), sys.argv[2].split(",")
person = Person.objects.filter(name__startswith="候选").order_by("pk").first()
place, by = Place.of(Unit.objects.get(pk=grids[me % len(grids)])), system_account()
sys.stdin.readline()
for day in range(20):
    begins = AT + timedelta(days=day, minutes=10 * me)
    try:
        actions.add_duty(place=place, person=person, starts_at=begins,
                         ends_at=begins + timedelta(hours=3), by=by, at=AT)
    except HequanError as error:
        print(type(error).__name__)
"""


@pytest.fixture
def town(transactional_db):
    """The small town, committed, and people to choose from."""
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    world = make_world()
    for number in range(WRITERS):
        make_person(f"候选{number}")
    return world


def all_at_once(script, grids):
    """Run the script in processes of their own that begin at one moment; return what they said."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = os.environ | {"DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}"}
    environment["DJANGO_SETTINGS_MODULE"] = "hequan.config.settings"
    units = ",".join(str(one.pk) for one in grids)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(number), units],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    ends = [one.communicate("go\n", timeout=240) for one in running]
    assert [one.returncode for one in running] == [0] * WRITERS, ends
    return [line for out, _ in ends for line in out.split()]


@pytest.mark.postgres
@pytest.mark.slow
def test_of_many_who_appoint_at_once_one_succeeds_and_the_others_are_told(town):
    refused = all_at_once(APPOINT, town.grids)

    assert Post.objects.count() == len(town.grids)
    assert refused == ["SeatTakenError"] * (WRITERS - 1) * len(town.grids)


@pytest.mark.postgres
@pytest.mark.slow
def test_one_person_put_on_duty_by_many_at_once_is_at_one_place(town):
    refused = all_at_once(STAND, town.grids)

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
