"""Settling (落地区划): units, outlines, circles, people and landmarks of a land, written."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.homes import home_addresses, home_codes
from hequan.demo.land import Land
from hequan.demo.landmarks import landmark_facts
from hequan.demo.names import CITY_CODE, CITY_NAME
from hequan.demo.naming import CIRCLE_NAMES
from hequan.demo.streets import SOURCE
from hequan.demo.units import Codes, give_codes, unit_facts, unit_outlines
from hequan.territory import actions, queries
from hequan.territory.actions.new_homes import HomeColumns, add_homes
from hequan.territory.kinds import AgeBand, CircleSpeciality
from hequan.territory.models import Unit

CIRCLE_SET, EARLIER_SET = "一核五圈", "三圈方案（2024年）"
_DESCRIPTIONS = {
    CircleSpeciality.CORE: "公园与中心相连，一门服务。",
    CircleSpeciality.HAPPINESS: "老小区集中，空间小，为老服务送到楼下。",
    CircleSpeciality.SPORTS_CULTURE: "校区和场馆开放，周末赛事不断。",
    CircleSpeciality.SCIENCE: "科创园区与产业联盟。",
    CircleSpeciality.PUBLIC_GOOD: "沿街商铺和公益集市，价格实在。",
}


@dataclass(frozen=True)
class Settled:
    """What the territory's actions gave back: ids of units by code, circles by area."""

    codes: Codes
    ids: dict[str, int]
    circles: dict[int, int]  # circle of every area
    root_code: str  # what the demo is about: its town, district or city
    root_name: str
    root_path: str


def settle_land(land: Land, *, by: Account, at: datetime) -> Settled:
    """Write the territory of a land through its actions."""
    codes = give_codes(land)
    ids = actions.save_units(units=unit_facts(land, codes), by=by, at=at)
    outlines = (
        actions.BoundaryFacts(ids[code], geometry, SOURCE)
        for code, geometry in unit_outlines(land, codes)
    )
    actions.save_boundaries(boundaries=outlines, by=by, at=at, relocate=False)
    _write_homes(land, codes, ids, by, at)
    _write_counts(land, codes, ids, by, at)
    circles = _write_circles(land, codes, ids, by, at)
    actions.replace_landmarks(landmarks=landmark_facts(land), source=SOURCE, by=by, at=at)
    root_code, root_name = _root(land, codes)
    root = queries.unit_with_code(root_code)
    if root is None:
        raise LookupError(root_code)
    return Settled(codes, ids, circles, root_code, root_name, root.path)


def _root(land: Land, codes: Codes) -> tuple[str, str]:
    """Return code and name of what the demo is about."""
    if land.plan.scale.is_one_town:
        return codes.towns[0], land.names.towns[0]
    if land.plan.scale.districts == 1:
        return codes.districts[0], land.names.districts[0]
    return CITY_CODE, CITY_NAME


def _write_homes(land: Land, codes: Codes, ids: dict[str, int], by: Account, at: datetime) -> None:
    homes = land.homes
    grid_ids = np.array([ids[code] for code in codes.grids])[homes.grid]
    columns = HomeColumns(
        code=home_codes(land.plan, homes, codes.grids),
        lon=homes.lon.tolist(),
        lat=homes.lat.tolist(),
        people=homes.people.tolist(),
        by_age=homes.by_age.tolist(),
        unit_id=grid_ids.tolist(),
        address=home_addresses(land.plan, homes, land.edges, land.names),
    )
    add_homes(homes=columns, source=SOURCE, by=by, at=at)


def _write_counts(land: Land, codes: Codes, ids: dict[str, int], by: Account, at: datetime) -> None:
    """Count people by age band in every committee; in a single town in every micro-grid too."""
    plan, homes = land.plan, land.homes
    levels = [(codes.committees, plan.grid_committee[homes.grid])]
    if plan.scale.is_one_town:
        levels.append((codes.grids, homes.grid))
    counts = []
    for own, unit_of in levels:
        table = np.zeros((len(own), homes.by_age.shape[1]), np.int64)
        np.add.at(table, unit_of, homes.by_age)
        for code, row in zip(own, table.tolist(), strict=True):
            counts += [
                actions.CountFacts(ids[code], str(band), people)
                for band, people in zip(AgeBand, row, strict=True)
            ]
    today = timezone.localtime(at).date()
    actions.save_people_counts(counts=counts, as_of=today, source=SOURCE, by=by, at=at)


def _write_circles(
    land: Land, codes: Codes, ids: dict[str, int], by: Account, at: datetime
) -> dict[int, int]:
    """Lay a circle over each area; in a single town an earlier set of circles stands beside."""
    plan = land.plan
    units = queries.units_with_codes(codes.towns)
    circles: dict[int, int] = {}
    for town, code in enumerate(codes.towns):
        circle_set = actions.save_circle_set(town=units[code], name=CIRCLE_SET, by=by, at=at)
        for area in np.flatnonzero(plan.areas.parent == town).tolist():
            speciality = plan.speciality[area]
            members = np.flatnonzero(plan.committees.parent == area).tolist()
            circle = actions.save_circle(
                circle_set=circle_set,
                name=CIRCLE_NAMES[speciality],
                speciality=speciality,
                units=[ids[codes.committees[member]] for member in members],
                description=_DESCRIPTIONS[speciality],
                by=by,
                at=at,
            )
            circles[area] = circle.pk
    if plan.scale.is_one_town:
        _write_earlier_circles(land, codes, ids, units[codes.towns[0]], by, at)
    return circles


def _write_earlier_circles(
    land: Land, codes: Codes, ids: dict[str, int], town: Unit, by: Account, at: datetime
) -> None:
    """Lay the set that came before: three circles of neighbouring committees."""
    circle_set = actions.save_circle_set(town=town, name=EARLIER_SET, by=by, at=at)
    thirds = np.array_split(np.arange(len(land.plan.committees)), 3)
    for name, members in zip(("北圈", "中圈", "南圈"), thirds, strict=True):
        actions.save_circle(
            circle_set=circle_set,
            name=name,
            speciality=CircleSpeciality.OTHER,
            units=[ids[codes.committees[member]] for member in members.tolist()],
            by=by,
            at=at,
        )
