"""When units merge or split, stations and organisations go with the ground they stand on."""

from datetime import date

import pytest

from hequan.core.jobs import run_next
from hequan.people.models import Organisation
from hequan.stations.actions import save_station, set_main_station
from hequan.stations.models import MainStation, Station
from hequan.stations.records import StationRecord
from hequan.territory.actions import (
    BoundaryFacts,
    UnitFacts,
    merge_units,
    save_boundaries,
    split_unit,
)
from hequan.territory.kinds import Level
from hequan.territory.queries import unit_with_code
from tests.world import AREA, AT, box, place

ON = date(2026, 4, 1)


@pytest.fixture
def east_station(world):
    lon, lat = place(550, 150)
    record = StationRecord("ST-1", "红枫东站", "post", "committee", world.maple.pk, lon, lat)
    return save_station(station=None, record=record, by=world.system, at=AT)


def work(at=AT):
    """Let the worker do all that is due."""
    while run_next(at):
        pass


def test_stations_and_organisations_of_merged_committees_belong_to_the_new_one(world, east_station):
    firm = Organisation.objects.create(name="红枫快递", unit=world.maple)
    into = UnitFacts(Level.COMMITTEE, "310113111009", "枫松居委会", AREA)
    heir = merge_units(units=[world.maple, world.pine], into=into, on=ON, by=world.system, at=AT)
    work()

    east_station.refresh_from_db()
    firm.refresh_from_db()
    assert (east_station.unit, firm.unit) == (heir, heir)


def test_a_station_of_a_split_committee_goes_to_the_half_it_stands_in(world, east_station):
    halves = [
        UnitFacts(Level.COMMITTEE, "310113111008", "红枫西居委会", AREA),
        UnitFacts(Level.COMMITTEE, "310113111009", "红枫东居委会", AREA),
    ]
    split_unit(unit=world.maple, into=halves, on=ON, by=world.system, at=AT)
    west, east = (unit_with_code(half.code) for half in halves)
    drawn = [
        BoundaryFacts(west.pk, box(0, 0, 300, 200), "drawn"),
        BoundaryFacts(east.pk, box(300, 0, 600, 200), "drawn"),
    ]
    save_boundaries(boundaries=drawn, by=world.system, at=AT)
    work()

    east_station.refresh_from_db()
    assert east_station.unit == east


def test_a_merged_grid_keeps_one_main_station(world, east_station):
    first, second = world.grids[0], world.grids[1]
    set_main_station(grid=first, station=east_station, by=world.system, at=AT)
    set_main_station(grid=second, station=east_station, by=world.system, at=AT)
    into = UnitFacts(Level.GRID, "GJ-M9", "红枫第9微网格", "310113111001")
    heir = merge_units(units=[first, second], into=into, on=ON, by=world.system, at=AT)
    work()
    work()

    assert [row.grid for row in MainStation.objects.all()] == [heir]
    assert Station.objects.get().unit == world.maple
