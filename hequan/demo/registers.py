"""The station register of a demo (站点登记): every site with hours, rooms, services, checklist."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from hequan.demo.catalogue import codes_in
from hequan.demo.chance import stream
from hequan.demo.kits import KITS, Kit
from hequan.demo.land import Land
from hequan.demo.opening import WEEKS
from hequan.demo.sites import Sites, still_planned
from hequan.demo.units import Codes
from hequan.demo.uses import FACTS, Use
from hequan.stations.actions.batch import StationEntry
from hequan.stations.kinds import StationStatus
from hequan.stations.records import AccessibilityRecord, StationRecord

_POINTS = (
    "entrance_step_free", "ramp", "accessible_wc", "low_counter", "e_display",
    "writing_pad", "voice_prompt", "hearing_loop", "guide_dog",
)  # fmt: skip
_UNKNOWN, _UNCHECKED = 0.08, 0.07  # chance that one point, or the whole list, was not looked at


def station_entries(
    land: Land,
    sites: Sites,
    codes: Codes,
    ids: Mapping[str, int],
    on: date,
) -> list[StationEntry]:
    """Return every site as an entry of the register; `ids` are units' by code."""
    rng = stream(land.plan.seed, "register")
    serial: dict[int, int] = {}
    waiting = still_planned(sites)
    found = []
    for index, kind in enumerate(sites.kit):
        kit = KITS[kind]
        town = int(sites.town[index])
        serial[town] = serial.get(town, 0) + 1
        record = _record(land, sites, codes, ids, rng, index, serial[town])
        if index in waiting:
            record = replace(record, status=StationStatus.PLANNED.value, opened_on=None)
        found.append(
            StationEntry(
                record=record,
                spaces=kit.spaces,
                rules=WEEKS[kit.weeks[int(rng.integers(len(kit.weeks)))]],
                accessibility=_checked(rng, kit, on),
            )
        )
    return found


def offers(land: Land, kits: list[str]) -> Iterator[tuple[int, str]]:
    """Return pairs of site and code of a service; each site draws its share of what it may."""
    rng = stream(land.plan.seed, "offers")
    packages = {kind: codes_in(kit.packages) for kind, kit in KITS.items()}
    for site, kind in enumerate(kits):
        offered = packages[kind]
        drawn = rng.random(len(offered)) < KITS[kind].share_of_services
        for place in np.flatnonzero(drawn).tolist():
            yield site, offered[place]


def _record(
    land: Land,
    sites: Sites,
    codes: Codes,
    ids: Mapping[str, int],
    rng: np.random.Generator,
    index: int,
    serial: int,
) -> StationRecord:
    kit = KITS[sites.kit[index]]
    town = int(sites.town[index])
    in_committee = sites.kit[index] in ("committee", "grid")
    unit = codes.committees[int(sites.committee[index])] if in_committee else codes.towns[town]
    use = Use(int(land.plan.use[int(sites.zone[index])]))
    opened = date(int(rng.integers(2012, 2026)), int(rng.integers(1, 13)), 1)
    return StationRecord(
        code=f"{codes.towns[town]}-{serial:02d}",
        name=sites.name[index],
        kind=kit.kind,
        level=kit.level,
        unit_id=ids[unit],
        lon=float(sites.lon[index]),
        lat=float(sites.lat[index]),
        address=sites.address[index],
        phone=f"021-0000{int(rng.integers(10_000)):04d}",  # no such exchange
        roles=tuple(str(role) for role in kit.roles),
        zone_kind=str(FACTS[use].zone or ""),
        introduction=_introduction(sites.name[index], kit),
        opened_on=opened,
    )


def _introduction(name: str, kit: Kit) -> str:
    rooms = "、".join(space.name for space in kit.spaces)
    return f"{name}设有{rooms}，面向周边居民和单位开放。（演示数据，纯属虚构）"


def _checked(rng: np.random.Generator, kit: Kit, on: date) -> AccessibilityRecord | None:
    """Return the checklist of one station, or None where nobody has looked yet."""
    chances = rng.random((len(_POINTS), 2))
    whole, width, days = rng.random(), int(rng.integers(80, 131)), int(rng.integers(20, 400))
    if whole < _UNCHECKED:
        return None
    points = {
        point: None if unknown < _UNKNOWN else bool(there < kit.fitted)
        for point, (there, unknown) in zip(_POINTS, chances.tolist(), strict=True)
    }
    floors = {space.floor for space in kit.spaces}
    return AccessibilityRecord(
        **points,
        lift=bool(rng.random() < kit.fitted) if floors - {"1F", ""} else None,
        door_width_cm=width,
        checked_on=on - timedelta(days=days),
    )
