"""The stations of the small town: three with hours, spaces and services, and how to make more.

hall    in maple 1, at the crossing x 100 y 100: weekdays 9-12 and 13-17, shut on holidays
shop    in pine 3, at x 500 y 300: every day 7-21, in summer from 6
rest    in maple 3, at x 600 y 0: open around the clock, without steps
"""

from dataclasses import dataclass, replace

import pytest

from hequan.core.accounts import Account
from hequan.stations import actions
from hequan.stations.hours_text import parse_hours
from hequan.stations.models import Service, Space, Station
from hequan.stations.records import (
    AccessibilityRecord,
    ServiceRecord,
    SpaceRecord,
    StationRecord,
)
from tests.world import AT, World, place
from tests.world_rows import KeptRows


@dataclass(frozen=True)
class Cast:
    """The stations, spaces and services of the town."""

    hall: Station
    shop: Station
    rest: Station
    library: Space  # of the hall
    canteen: Space  # of the shop
    reading: Service  # any time; at the hall and the shop
    meals: Service  # by order; at the shop
    by: Account


def record_of(world: World, code="ST-9", name="新站", at=(100, 100), **more) -> StationRecord:
    """Return a station's record; `at` is metres from the town's corner."""
    lon, lat = place(*at)
    plain = StationRecord(code, name, "committee_station", "committee", world.maple.pk, lon, lat)
    return replace(plain, **more)


def make_cast(world: World) -> Cast:
    """Enter the stations through the actions the pages use."""
    by = world.system
    hall = _station(world, "ST-1", "红枫党群服务站", (100, 100), roles=("window", "forum"))
    shop = _station(
        world,
        "ST-2",
        "青松邻里中心",
        (500, 300),
        kind="neighbourhood_centre",
        unit_id=world.pine.pk,
    )
    rest = _station(world, "ST-3", "骑手驿站", (600, 0), kind="energy_point")
    _hours(hall, "Mon-Fri 09:00-12:00,13:00-17:00; PH off", by)
    _hours(shop, "Mon-Sun 07:00-21:00; [夏令 06-01~08-31] Mon-Sun 06:00-21:00", by)
    _hours(rest, "24/7", by)
    accessible = AccessibilityRecord(
        entrance_step_free=True, door_width_cm=90, checked_on=AT.date()
    )
    actions.save_accessibility(station=rest, record=accessible, by=by, at=AT)
    library = SpaceRecord("阅览室", ("library",), capacity=40, floor="2")
    canteen = SpaceRecord("家门口食堂", ("canteen",), capacity=60, floor="1", step_free=True)
    reading = ServiceRecord("SV-1", "图书借阅", "culture", "any_time", papers=("借书证",))
    meals = ServiceRecord("SV-2", "助餐送餐", "meals", "by_order", minutes=30, audience="60岁以上")
    services = [
        actions.save_service(service=None, record=record, by=by, at=AT)
        for record in (reading, meals)
    ]
    for station, service in ((hall, services[0]), (shop, services[0]), (shop, services[1])):
        actions.offer_service(station=station, service=service, by=by, at=AT)
    return Cast(
        hall=hall,
        shop=shop,
        rest=rest,
        library=actions.save_space(station=hall, space=None, record=library, by=by, at=AT),
        canteen=actions.save_space(station=shop, space=None, record=canteen, by=by, at=AT),
        reading=services[0],
        meals=services[1],
        by=by,
    )


def _station(world, code, name, at, **more) -> Station:
    record = record_of(world, code, name, at, **more)
    return actions.save_station(station=None, record=record, by=world.system, at=AT)


def _hours(station, text, by) -> None:
    actions.set_opening_rules(station=station, rules=parse_hours(text), by=by, at=AT)


kept_cast = KeptRows(make_cast)


@pytest.fixture
def cast(world) -> Cast:
    """The stations, as new for the test."""
    return kept_cast.get(world)
