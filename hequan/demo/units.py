"""Units of a demo (区划): codes, names, outlines and counts, ready for the territory's actions.

Codes look like those of the state (6 digits to a district, 9 to a town, 12 to a committee) but
begin with 99, which no province bears; micro-grids have 15 digits as DB11's unit grids do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hequan.demo.land import Land
from hequan.demo.layers import Layer
from hequan.demo.names import CITY_CODE, CITY_NAME
from hequan.demo.outlines import Geometry, outline_of
from hequan.demo.uses import FACTS, Use
from hequan.territory.actions import UnitFacts
from hequan.territory.kinds import Level

PEOPLE_PER_HOUSEHOLD = 2.46
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Codes:
    """The code of every unit, by its index in the plan."""

    districts: list[str]
    towns: list[str]
    areas: list[str]
    committees: list[str]
    grids: list[str]


def give_codes(land: Land) -> Codes:
    """Return the codes of all units of the plan."""
    plan = land.plan
    districts = [f"{CITY_CODE[:4]}{n:02d}" for n in plan.districts.serial.tolist()]
    towns = _below(districts, plan.towns.parent.tolist(), "{above}{n}", 101)
    areas = _below(towns, plan.areas.parent.tolist(), "{above}P{n}", 1)
    committees = _below(towns, plan.committee_town.tolist(), "{above}{n:03d}", 1)
    grids = _below(committees, plan.grid_committee.tolist(), "{above}{n:03d}", 1)
    return Codes(districts, towns, areas, committees, grids)


def _below(above: list[str], parents: list[int], form: str, first: int) -> list[str]:
    """Return codes numbered from `first` below each parent."""
    counted: dict[int, int] = {}
    codes = []
    for parent in parents:
        number = counted.get(parent, first)
        counted[parent] = number + 1
        codes.append(form.format(above=above[parent], n=number))
    return codes


def unit_facts(land: Land, codes: Codes) -> Iterator[UnitFacts]:
    """Return every unit from the city down to the micro-grids, with households where known."""
    plan, names = land.plan, land.names
    yield UnitFacts(Level.CITY, CITY_CODE, CITY_NAME)
    for code, name in zip(codes.districts, names.districts, strict=True):
        yield UnitFacts(Level.DISTRICT, code, name, CITY_CODE)
    for i, parent in enumerate(plan.towns.parent.tolist()):
        yield UnitFacts(Level.TOWN, codes.towns[i], names.towns[i], codes.districts[parent])
    for i, parent in enumerate(plan.areas.parent.tolist()):
        name = f"第{_ORDINALS[int(plan.areas.serial[i]) - 1]}片区"
        yield UnitFacts(Level.AREA, codes.areas[i], name, codes.towns[parent])
    people = people_of_grids(land)
    committee_people = np.bincount(plan.grid_committee, people, len(plan.committees))
    for i, parent in enumerate(plan.committees.parent.tolist()):
        yield UnitFacts(
            Level.COMMITTEE,
            codes.committees[i],
            names.committees[i],
            codes.areas[parent],
            households=_households(committee_people[i]),
        )
    yield from _grid_facts(land, codes, people)


def _grid_facts(land: Land, codes: Codes, people: np.ndarray) -> Iterator[UnitFacts]:
    plan = land.plan
    committee_of = plan.grid_committee.tolist()
    for i, zone in enumerate(plan.grids.parent.tolist()):
        facts = FACTS[Use(int(plan.use[zone]))]
        yield UnitFacts(
            Level.GRID,
            codes.grids[i],
            f"{land.names.zones[zone]}第{plan.grids.serial[i]}微网格",
            codes.committees[committee_of[i]],
            zone_kind=str(facts.zone or ""),
            estate_type=str(facts.estate or ""),
            households=_households(people[i]),
        )


def _households(people: float) -> int:
    return round(people / PEOPLE_PER_HOUSEHOLD)


def people_of_grids(land: Land) -> np.ndarray:
    """Return how many people live in every micro-grid."""
    homes = land.homes
    return np.bincount(homes.grid, weights=homes.people, minlength=len(land.plan.grids))


def unit_outlines(land: Land, codes: Codes) -> Iterator[tuple[str, Geometry]]:
    """Return code and outline of every unit that has one.

    The city and the district of a single town are names only: they would be as large as the town.
    """
    plan = land.plan
    layers: list[tuple[list[str], Layer]] = [
        (codes.towns, plan.towns),
        (codes.areas, plan.areas),
        (codes.committees, plan.committees),
        (codes.grids, plan.grids),
    ]
    if not plan.scale.is_one_town:
        layers.insert(0, (codes.districts, plan.districts))
    for own, layer in layers:
        for code, part in zip(own, layer.rectangles, strict=True):
            yield code, outline_of(plan.lattice, part)
