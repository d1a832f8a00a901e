"""The world with three stations, two bodies that run some of them and five services."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from hequan.api import coverage as api_coverage
from hequan.api import hsds_nested
from hequan.api import stations as api_stations
from hequan.people.models import Organisation
from hequan.stations.actions import (
    add_hours_exception,
    announce_closure,
    offer_service,
    save_accessibility,
    save_service,
    save_space,
    save_station,
    set_opening_rules,
)
from hequan.stations.hours import WEEKDAYS, Rule
from hequan.stations.kinds import OpeningDay
from hequan.stations.models import Service, Station
from hequan.stations.records import (
    AccessibilityRecord,
    ServiceRecord,
    SpaceRecord,
    StationRecord,
)
from tests.world import AT, World, place
from tests.world_rows import KeptRows

WORKDAYS = WEEKDAYS[:5]


@dataclass(frozen=True)
class Town:
    """The world and its stations."""

    world: World
    centre: Station  # of the town, run by a body; all week, shut on holidays
    library: Station  # of pine, run by another body; longer evenings in summer
    post: Station  # of maple, run by nobody in particular; no hours known
    planned: Station  # not in service yet: no face may show it
    services: dict[str, Service]
    social: Organisation
    firm: Organisation
    served: Organisation  # runs nothing: no face may show it


SERVICES = (
    ServiceRecord(
        code="MEAL",
        name="助餐",
        category="meals",
        mode="on_the_spot",
        audience="60岁及以上",
        fee="12元/餐",
        description="工作日午餐",
    ),
    ServiceRecord(
        code="CARD",
        name="社保卡申领",
        category="government",
        mode="by_order",
        minutes=20,
        papers=("身份证", "照片一张"),
        fee="免费",
    ),
    ServiceRecord(code="READ", name="阅览", category="culture", mode="any_time"),
    ServiceRecord(code="NONE", name="无人提供", category="law"),
    ServiceRecord(code="PAST", name="已停办", category="law", ended_on=date(2025, 1, 1)),
)
OFFERS = {
    "MEAL": ("centre",),
    "CARD": ("centre", "post"),
    "READ": ("library", "centre"),
    "PAST": ("post",),
}


@pytest.fixture
def clock(monkeypatch):
    """Tuesday, ten in the morning, wherever the faces read the clock."""
    for module in (api_stations, api_coverage, hsds_nested):
        monkeypatch.setattr(module, "now", lambda: AT)
    return AT


def make_town(world: World) -> Town:
    """Enter stations, services and hours by the actions pages use."""
    signed = {"by": world.system, "at": AT}
    social = Organisation.objects.create(
        name="高境社工站", kind="social", credit_code="52310113MJ5000001A", phone="021-5500 0001"
    )
    firm = Organisation.objects.create(name="文化服务公司", kind="firm")
    served = Organisation.objects.create(name="被服务的小店", kind="shop", phone="139-0000-0000")
    stations = _make_stations(world, social, firm, signed)
    services = {one.code: save_service(service=None, record=one, **signed) for one in SERVICES}
    for code, names in OFFERS.items():
        for name in names:
            mode = "any_time" if (code, name) == ("CARD", "post") else ""
            offer_service(
                station=stations[name], service=services[code], mode=mode, note="", **signed
            )
    _set_hours(stations, signed)
    return Town(world, **stations, services=services, social=social, firm=firm, served=served)


kept_town = KeptRows(make_town)


@pytest.fixture
def town(world, clock) -> Town:
    """The world with stations, services and hours, as new for the test."""
    return kept_town.get(world)


def _make_stations(world, social, firm, signed) -> dict[str, Station]:
    def station(code, name, kind, unit, spot, body=None, **more):
        lon, lat = place(*spot)
        record = StationRecord(
            code=code,
            name=name,
            kind=kind,
            level="town" if unit == world.town else "committee",
            unit_id=unit.pk,
            lon=lon,
            lat=lat,
            organisation_id=body.pk if body else None,
            **more,
        )
        return save_station(station=None, record=record, **signed)

    centre = station(
        *("S-1", "高境党群服务中心", "town_centre", world.town, (300, 190), social),
        address="三门路497号",
        phone="021-5500 1000",
        introduction="全镇总站",
    )
    library = station("S-2", "青松书屋", "library", world.pine, (100, 300), firm)
    post = station("S-3", "红枫驿站", "post", world.maple, (500, 50))
    planned = station("S-9", "规划中的站", "post", world.maple, (550, 50), firm, status="planned")
    save_space(
        station=centre,
        space=None,
        record=SpaceRecord("办事大厅", ("counter",), capacity=30, floor="1", step_free=True),
        **signed,
    )
    save_accessibility(
        station=centre,
        record=AccessibilityRecord(
            entrance_step_free=True, ramp=False, door_width_cm=120, checked_on=date(2026, 2, 1)
        ),
        **signed,
    )
    return {"centre": centre, "library": library, "post": post, "planned": planned}


def _set_hours(stations, signed) -> None:
    halves = ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
    week = [Rule(day, *half) for day, half in product(WORKDAYS, halves)]
    set_opening_rules(
        station=stations["centre"],
        rules=[*week, Rule(OpeningDay.HOLIDAY, 0, 0)],
        **signed,
    )
    summer = {"season": "夏令", "season_from": "07-01", "season_to": "08-31"}
    evening = [Rule(day, 10 * 60, 20 * 60) for day in WEEKDAYS]
    night = [Rule(day, 10 * 60, 25 * 60, **summer) for day in WEEKDAYS[4:6]]
    set_opening_rules(station=stations["library"], rules=[*evening, *night], **signed)
    add_hours_exception(station=stations["library"], day=date(2026, 3, 20), reason="盘点", **signed)
    add_hours_exception(
        station=stations["library"], day=date(2026, 3, 21), opens=600, closes=720, **signed
    )
    announce_closure(
        station=stations["centre"],
        from_at=AT + timedelta(days=10),
        to_at=AT + timedelta(days=11),
        reason="检修",
        **signed,
    )
