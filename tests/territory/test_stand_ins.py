"""A home in the middle of a unit with counts and no homes, until real homes are known."""

import pytest

from hequan.territory.actions import HomeFacts, place_stand_ins, save_homes
from hequan.territory.models import Home
from hequan.territory.queries import unit_at
from tests.world import AT, BY_AGE, MAPLE, PINE, place


@pytest.fixture
def bare(world):
    """The town with counts of its committees and without homes."""
    Home.objects.all().delete()
    return world


def test_a_counted_unit_without_homes_gets_one_in_its_middle(bare):
    assert place_stand_ins(by=bare.system, at=AT) == 2

    home = Home.objects.get(code=f"unit:{MAPLE}")
    assert home.people == 6 * sum(BY_AGE.values())
    assert home.by_age["0_2"] == 6 * BY_AGE["0_2"]
    assert unit_at(home.lon, home.lat) in bare.grids[:3]
    assert place_stand_ins(by=bare.system, at=AT) == 2


def test_where_homes_are_known_no_stand_in_is_needed(world):
    assert place_stand_ins(by=world.system, at=AT) == 0
    assert Home.objects.count() == 12


def test_a_stand_in_goes_when_real_homes_come(bare):
    place_stand_ins(by=bare.system, at=AT)
    real = HomeFacts("A1", *place(50, 50), 30)
    save_homes(homes=[real], source="table", by=bare.system, at=AT)

    assert place_stand_ins(by=bare.system, at=AT) == 1

    assert set(Home.objects.values_list("code", flat=True)) == {"A1", f"unit:{PINE}"}


def test_importing_counts_makes_the_town_measurable(bare, run, csv_file):
    run("people-counts", csv_file(["unit_code", "0_2"], [PINE, 70]), extra={"as_of": "2026-12-31"})

    assert Home.objects.get(code=f"unit:{PINE}").people == 70


def test_importing_homes_takes_the_stand_ins_away(bare, run, csv_file):
    place_stand_ins(by=bare.system, at=AT)

    run("people-counts", csv_file(["id", "lon", "lat", "people"], ["A1", *place(50, 50), 9]))

    assert not Home.objects.filter(code=f"unit:{MAPLE}").exists()


def test_the_smallest_counted_units_stand_for_the_larger(bare, run, csv_file):
    rows = [["GJ-M1", 5], ["GJ-M2", 6]]

    run("people-counts", csv_file(["unit_code", "0_2"], *rows), extra={"as_of": "2026-12-31"})

    codes = set(Home.objects.values_list("code", flat=True))
    assert codes == {"unit:GJ-M1", "unit:GJ-M2", f"unit:{PINE}"}
