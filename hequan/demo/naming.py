"""Every name of a plan (地名): towns, areas, committees, zones, streets, water and railway."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.names import NameGiver, district_names, town_names
from hequan.demo.plan import Plan
from hequan.demo.street_classes import StreetClass, StreetGrid
from hequan.demo.uses import FACTS, Use
from hequan.territory.kinds import CircleSpeciality

CIRCLE_NAMES = {
    CircleSpeciality.CORE: "核心圈",
    CircleSpeciality.HAPPINESS: "幸福圈",
    CircleSpeciality.SPORTS_CULTURE: "文体圈",
    CircleSpeciality.SCIENCE: "科创圈",
    CircleSpeciality.PUBLIC_GOOD: "公益圈",
}
_ZONE_ENDS = {
    Use.SHOPS: "街区",
    Use.SCIENCE: "科创园",
    Use.MALL: "广场",
    Use.CAMPUS: "校区",
    Use.BARRACKS: "营区",
    Use.GREEN: "公园",
}


@dataclass(frozen=True, eq=False)
class Names:
    """Names by index; streets by the number that `street_of` gives a line of the lattice."""

    districts: list[str]
    towns: list[str]
    committees: list[str]
    zones: list[str]
    streets: tuple[str, ...]
    row_street: npt.NDArray[np.int32]  # [rows + 1, columns], -1 = no street there
    column_street: npt.NDArray[np.int32]  # [rows, columns + 1]


def give_names(plan: Plan, grid: StreetGrid) -> Names:
    """Return every name of the plan; the same for the same seed."""
    givers = [NameGiver(plan.seed, town) for town in range(len(plan.towns))]
    committees = [f"{givers[town].head()}居委会" for town in plan.committee_town.tolist()]
    zones = [
        _zone_name(givers[town], Use(use))
        for town, use in zip(plan.zone_town.tolist(), plan.use.tolist(), strict=True)
    ]
    streets, row_street, column_street = _street_names(plan, grid, givers)
    return Names(
        district_names(len(plan.districts)),
        town_names(len(plan.towns)),
        committees,
        zones,
        tuple(streets),
        row_street,
        column_street,
    )


def _zone_name(giver: NameGiver, use: Use) -> str:
    end = _ZONE_ENDS.get(use)
    if end:
        return giver.head() + end
    estate = FACTS[use].estate
    return giver.estate(str(estate or ""))


def _street_names(
    plan: Plan, grid: StreetGrid, givers: list[NameGiver]
) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Name each line of the lattice once in every town it runs through."""
    town_of = plan.towns.painted(plan.lattice.rows, plan.lattice.columns)
    names: list[str] = []
    found = []
    for kind, beside in ((grid.rows, _beside(town_of, 0)), (grid.columns, _beside(town_of, 1).T)):
        across = kind if kind is grid.rows else kind.T
        named = np.full(across.shape, -1, np.int32)
        lines, places = np.nonzero(across >= StreetClass.LANE)
        towns = beside[lines, places]
        keys, inverse = np.unique(lines * len(plan.towns) + towns, return_inverse=True)
        widest = np.zeros(len(keys), np.int64)
        np.maximum.at(widest, inverse, across[lines, places])
        for key, width in zip(keys.tolist(), widest.tolist(), strict=True):
            giver = givers[key % len(plan.towns)]
            main = width >= StreetClass.AVENUE
            names.append(giver.main_street() if main else giver.street())
        named[lines, places] = len(names) - len(keys) + inverse
        found.append(named if kind is grid.rows else named.T)
    return names, found[0], found[1]


def _beside(town_of: npt.NDArray[np.int32], axis: int) -> npt.NDArray[np.int32]:
    """Return for every line piece the town on one side of it, the one before where there is one."""
    first = town_of[:1, :] if axis == 0 else town_of[:, :1]
    return np.concatenate([first, town_of], axis=axis)
