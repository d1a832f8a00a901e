"""Sites (布点): where each station of the demo stands, and what it is called.

Committee stations stand near the middle of their people, half of them behind the fence of an
estate; the others face a street. No two share a block.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import shared_out, stream
from hequan.demo.frontage import Places, door_weights, place_at, street_weights
from hequan.demo.kits import EXTRAS, KITS
from hequan.demo.land import Land
from hequan.demo.lattice import to_metres
from hequan.demo.naming import CIRCLE_NAMES
from hequan.demo.uses import Use

FRONT_DEPTHS = (0.1, 0.16)
INSIDE_CHANCE = 0.4
WAITING_WITHIN = 1_150.0  # metres from the corner of a town where stations are planned only
_LANDS = {"science": Use.SCIENCE, "business": Use.MALL, "green": Use.GREEN}

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sites:
    """Stations in the order town by town: centre, circles, committees, extras."""

    kit: list[str]
    town: Ints
    area: Ints
    committee: Ints
    zone: Ints
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    name: list[str]
    address: list[str]

    def __len__(self) -> int:
        return len(self.kit)


def still_planned(sites: Sites) -> frozenset[int]:
    """Return the sites that are planned only: those at one corner of each town.

    A town whose new estates wait for their stations, so that the demo has gaps to find.
    """
    east, north = to_metres(sites.lon, sites.lat)
    waiting: set[int] = set()
    for town in np.unique(sites.town):
        own = np.flatnonzero(sites.town == town)
        corner = east[own].max(), north[own].min()
        near = np.hypot(east[own] - corner[0], north[own] - corner[1]) < WAITING_WITHIN
        waiting |= {int(site) for site in own[near] if sites.kit[site] not in ("centre", "circle")}
    return frozenset(waiting)


def choose_sites(land: Land) -> Sites:
    """Return the stations of a land; the same for the same seed."""
    rng = stream(land.plan.seed, "sites")
    chooser = _Chooser(land, rng)
    plan = land.plan
    base = (1 + plan.scale.areas_per_town) * len(plan.towns) + len(plan.committees)
    extras = shared_out(plan.scale.stations - base, np.ones(len(plan.towns)))
    for town in range(len(plan.towns)):
        chooser.found_town(town, int(extras[town]))
    return chooser.sites()


class _Chooser:
    """Chooses one free block after another."""

    def __init__(self, land: Land, rng: np.random.Generator) -> None:
        self._land, self._plan, self._rng = land, land.plan, rng
        plan = land.plan
        rows, columns = plan.zone_of.shape
        self._zone = plan.zone_of.ravel()
        self._committee = plan.committees.painted(rows, columns).ravel()
        self._sides, self._front = street_weights(plan, land.edges)
        _, self._door = door_weights(plan, land.edges, land.paths)
        self._free = (self._front.sum(axis=1) > 0) | (self._door.sum(axis=1) > 0)
        self._free &= plan.use[np.maximum(self._zone, 0)] != Use.BARRACKS
        self._on_street = self._front.sum(axis=1) > 0
        self._east, self._north = _block_middles(land)
        self._order = np.argsort(self._committee, kind="stable")
        self._first = np.searchsorted(
            self._committee[self._order], np.arange(len(plan.committees) + 1)
        )
        self._committees_of_area = _runs(plan.committees.parent, len(plan.areas))
        self._areas_of_town = _runs(plan.areas.parent, len(plan.towns))
        self._people = _people_middles(land)
        self._kit: list[str] = []
        self._block: list[int] = []

    def found_town(self, town: int, extras: int) -> None:
        """Choose all stations of one town."""
        areas = self._areas_of_town[town]
        committees = np.concatenate([self._committees_of_area[area] for area in areas])
        all_blocks = np.concatenate([self._blocks(committee) for committee in committees])
        self._take("centre", self._nearest(all_blocks, self._middle(all_blocks)))
        for area in areas:
            blocks = np.concatenate([self._blocks(c) for c in self._committees_of_area[area]])
            self._take("circle", self._nearest(blocks, self._middle(blocks)))
        for committee in committees:
            place = (self._people[0][committee], self._people[1][committee])
            self._take("committee", self._nearest(self._blocks(int(committee)), place))
        for number in range(extras):
            kit = EXTRAS[number % len(EXTRAS)]
            self._take(kit, self._anywhere(all_blocks, _LANDS.get(kit)))

    def _blocks(self, committee: int) -> Ints:
        return self._order[self._first[committee] : self._first[committee + 1]]

    def _middle(self, blocks: Ints) -> tuple[float, float]:
        return float(self._east[blocks].mean()), float(self._north[blocks].mean())

    def _nearest(self, blocks: Ints, place: tuple[float, float]) -> int:
        free = blocks[self._free[blocks]]
        away = (self._east[free] - place[0]) ** 2 + (self._north[free] - place[1]) ** 2
        return int(free[np.argmin(away)])

    def _anywhere(self, blocks: Ints, land: Use | None) -> int:
        free = blocks[self._free[blocks] & self._on_street[blocks]]
        if land is not None:
            there = free[self._plan.use[self._zone[free]] == land]
            free = there if len(there) else free
        return int(self._rng.choice(free))

    def _take(self, kit: str, block: int) -> None:
        self._free[block] = False
        self._kit.append(kit)
        self._block.append(block)

    def sites(self) -> Sites:
        """Return all that was chosen, with positions and names."""
        blocks = np.array(self._block, np.int64)
        of_committee = np.array([kit == "committee" for kit in self._kit])
        inside = of_committee & (self._rng.random(len(blocks)) < INSIDE_CHANCE)
        inside &= self._door[blocks].sum(axis=1) > 0
        inside |= ~self._on_street[blocks]
        weights = self._front.copy()
        weights[blocks[inside]] = self._door[blocks[inside]]
        places = place_at(
            self._rng,
            blocks,
            self._sides,
            weights,
            self._land.paths.state,
            self._plan.lattice.columns,
            FRONT_DEPTHS,
        )
        committee = self._committee[blocks].astype(np.int64)
        area = self._plan.committees.parent[committee]
        zone = self._zone[blocks].astype(np.int64)
        lon, lat = places.positions(self._plan.lattice)
        streets = _streets_at(self._land, places, zone)
        names = _names(self._land, self._kit, committee, area, zone, streets)
        numbers = 10 + (places.row * 37 + places.column * 53) % 900
        address = [f"{s}{n}号" for s, n in zip(streets, numbers.tolist(), strict=True)]
        town = self._plan.areas.parent[area]
        return Sites(self._kit, town, area, committee, zone, lon, lat, names, address)


def _block_middles(land: Land) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    lattice = land.plan.lattice
    east, north = to_metres(lattice.lon, lattice.lat)
    middles = [(m[:-1, :-1] + m[:-1, 1:] + m[1:, :-1] + m[1:, 1:]) / 4 for m in (east, north)]
    return middles[0].ravel(), middles[1].ravel()


def _people_middles(land: Land) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the middle of the people of every committee, in metres."""
    homes = land.homes
    committee = land.plan.grid_committee[homes.grid]
    east, north = to_metres(homes.lon, homes.lat)
    count = len(land.plan.committees)
    people = np.bincount(committee, weights=homes.people, minlength=count).clip(1)
    return (
        np.bincount(committee, weights=homes.people * east, minlength=count) / people,
        np.bincount(committee, weights=homes.people * north, minlength=count) / people,
    )


def _runs(parent: Ints, parents: int) -> list[Ints]:
    """Return the children of every parent; children come in the order of their parents."""
    first = np.searchsorted(parent, np.arange(parents + 1))
    return [np.arange(first[i], first[i + 1]) for i in range(parents)]


def _streets_at(land: Land, places: Places, zone: Ints) -> list[str]:
    names = land.edges.name[places.edge].tolist()
    return [
        land.names.streets[name] if name >= 0 else land.names.zones[z]
        for name, z in zip(names, zone.tolist(), strict=True)
    ]


def _names(
    land: Land, kits: list[str], committee: Ints, area: Ints, zone: Ints, streets: list[str]
) -> list[str]:
    """Return a name for every station; one that is taken in its town gets a number."""
    plan = land.plan
    town = plan.areas.parent[area].tolist()
    taken: dict[tuple[int, str], int] = {}
    names = []
    for index, kit in enumerate(kits):
        name = KITS[kit].name.format(
            town=land.names.towns[town[index]],
            circle=CIRCLE_NAMES[plan.speciality[int(area[index])]],
            committee=land.names.committees[int(committee[index])].removesuffix("居委会"),
            zone=land.names.zones[int(zone[index])],
            street=streets[index],
        )
        times = taken.get((town[index], name), 0) + 1
        taken[town[index], name] = times
        names.append(name if times == 1 else f"{name}（{times}号）")
    return names
