"""Homes saved many at a time, found in their unit, and read back as arrays."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hequan.core.versions import stamps
from hequan.territory.actions import (
    BoundaryFacts,
    CountFacts,
    HomeFacts,
    Saved,
    place_homes,
    save_boundaries,
    save_homes,
    save_people_counts,
)
from hequan.territory.kinds import Level
from hequan.territory.models import Home, PeopleCount
from hequan.territory.queries import BANDS, homes_arrays, people_of
from tests.world import AT, BY_AGE, box, place

HOME = HomeFacts("new", *place(50, 50), 30, {"0_2": 2, "15_59": 28}, "红枫路99号")


def save(*homes, by):
    return save_homes(homes=homes, source="table", by=by, at=AT)


def test_a_home_gets_the_smallest_unit_it_lies_in(world):
    assert Saved(1, 0, 0) == save(HOME, by=world.system)

    assert world.grids[0] == Home.objects.get(code="new").unit


def test_the_same_home_again_is_no_change(world):
    save(HOME, by=world.system)
    seen = stamps("territory")

    assert Saved(0, 0, 1) == save(HOME, by=world.system)
    assert seen == stamps("territory")


def test_a_home_told_otherwise_is_changed_in_place(world):
    save(HOME, by=world.system)
    pk = Home.objects.get(code="new").pk
    lon, lat = place(550, 350)

    assert Saved(0, 1, 0) == save(replace(HOME, lon=lon, lat=lat, people=31), by=world.system)

    home = Home.objects.get(code="new")
    assert (pk, 31, world.grids[5]) == (home.pk, home.people, home.unit)
    assert home.by_age == {"0_2": 2, "15_59": 28}


def test_a_home_outside_every_unit_is_kept_without_one(world):
    save(replace(HOME, lon=120.0), by=world.system)

    assert Home.objects.get(code="new").unit is None


def test_homes_come_back_as_arrays(world):
    arrays = homes_arrays(None)

    assert len(arrays) == 12
    assert arrays.people.sum() == 1200
    assert [BY_AGE[band] for band in BANDS] == arrays.by_age[0].tolist()
    assert {grid.pk for grid in world.grids} == set(arrays.unit.tolist())
    assert arrays.codes()[:2] == ["GJ-M1-H1", "GJ-M1-H2"]


def test_arrays_of_a_part_hold_that_part(world):
    assert len(homes_arrays(world.maple)) == 6
    assert len(homes_arrays(world.grids[4])) == 2


def test_no_homes_give_empty_arrays(db):
    arrays = homes_arrays(None)

    assert (0, (0, len(BANDS))) == (len(arrays), arrays.by_age.shape)
    assert np.float64 == arrays.people.dtype


def test_a_new_outline_takes_the_homes_it_surrounds(world):
    taller = [
        BoundaryFacts(world.grids[0].pk, box(0, 0, 200, 100)),
        BoundaryFacts(world.grids[3].pk, box(0, 100, 200, 400)),
    ]

    save_boundaries(boundaries=taller, by=world.system, at=AT)

    # the second home of maple 1 lies at y 110
    assert world.grids[3] == Home.objects.get(code="GJ-M1-H2").unit
    assert place_homes(by=world.system, at=AT) == 0


def test_people_of_a_unit_are_the_newest_count(world):
    later = [CountFacts(world.maple.pk, "0_2", 30), CountFacts(world.maple.pk, "80_plus", 31)]

    saved = save_people_counts(
        counts=later, as_of=date(2026, 12, 31), source="table", by=world.system, at=AT
    )

    assert Saved(2, 0, 0) == saved
    assert ({"0_2": 30, "80_plus": 31}, date(2026, 12, 31)) == people_of(world.maple)
    assert people_of(world.town) == ({}, None)


def test_a_count_told_again_replaces_the_first(world):
    again = [CountFacts(world.maple.pk, "0_2", 25), CountFacts(world.maple.pk, "3_6", 36)]

    saved = save_people_counts(
        counts=again, as_of=date(2025, 12, 31), source="table", by=world.system, at=AT
    )

    assert Saved(0, 1, 1) == saved
    rows = PeopleCount.objects.filter(unit=world.maple, band="0_2")
    assert list(rows.values_list("people", flat=True)) == [25]


def test_negative_people_never_reach_the_table(world):
    from django.db import DataError, IntegrityError, transaction

    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        save(replace(HOME, people=-1), by=world.system)

    assert not Home.objects.filter(code="new").exists()


def test_grids_hold_the_homes_of_the_whole_town(world):
    arrays = homes_arrays(world.town)

    assert len(arrays) == 12
    assert Home.objects.first().unit.level == Level.GRID
