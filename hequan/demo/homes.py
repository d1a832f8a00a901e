"""Homes (住宅楼栋): buildings with people by age band, each at a door on a path or street."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import shared_out, stream
from hequan.demo.frontage import Places, door_weights
from hequan.demo.naming import Names
from hequan.demo.paths import Paths
from hequan.demo.plan import Plan
from hequan.demo.plots import plot_places
from hequan.demo.street_classes import StreetClass
from hequan.demo.street_edges import StreetEdges
from hequan.demo.uses import AGE_SHARES, HOMES_PER_BLOCK, PEOPLE_PER_BLOCK

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Homes:
    """Buildings: place, zone, micro-grid, number in the zone, people, people by age band."""

    places: Places
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    zone: Ints
    grid: Ints
    number: Ints
    people: Ints
    by_age: Ints  # [homes, bands]

    def __len__(self) -> int:
        return len(self.lon)


def settle(plan: Plan, edges: StreetEdges, paths: Paths) -> Homes:
    """Return every home of the plan; people and homes add up to the scale's."""
    rng = stream(plan.seed, "homes")
    sides, weights = door_weights(plan, edges, paths)
    zone_of, grid_of = plan.zone_of.ravel(), plan.grid_of.ravel()
    use_of = plan.use[np.maximum(zone_of, 0)]
    reached = (zone_of >= 0) & (weights.sum(axis=1) > 0)
    room = HOMES_PER_BLOCK[use_of] * reached * rng.lognormal(0, 0.25, len(zone_of))
    blocks = np.repeat(np.arange(len(room)), shared_out(plan.scale.homes, room))
    # numbered zone by zone, so that a zone's buildings are 1, 2, 3 ...
    blocks = blocks[np.argsort(zone_of[blocks], kind="stable")]
    columns = plan.lattice.columns
    places = plot_places(rng, blocks, sides, weights, paths.state, columns)
    lon, lat = places.positions(plan.lattice)
    zone = zone_of[blocks].astype(np.int64)
    use = use_of[blocks]
    size = PEOPLE_PER_BLOCK[use] / HOMES_PER_BLOCK[use] * rng.lognormal(0, 0.35, len(blocks))
    people = shared_out(plan.scale.people, size, 1)
    first = np.searchsorted(zone, zone)
    return Homes(
        places=places,
        lon=lon,
        lat=lat,
        zone=zone,
        grid=grid_of[blocks].astype(np.int64),
        number=np.arange(len(zone)) - first + 1,
        people=people,
        by_age=_aged(rng, plan, zone, people),
    )


def _aged(rng: np.random.Generator, plan: Plan, zone: Ints, people: Ints) -> Ints:
    """Return people by age band; some zones are older than others of the same use."""
    shares = AGE_SHARES[plan.use].copy()
    shares[:, 4:] *= rng.lognormal(0, 0.22, len(shares))[:, None]
    shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(rng.multinomial(people, shares[zone]), np.int64)


def home_codes(plan: Plan, homes: Homes, grid_codes: list[str]) -> list[str]:
    """Return one code for each home: its micro-grid's, then its number there."""
    order = np.argsort(homes.grid, kind="stable")
    first = np.searchsorted(homes.grid[order], homes.grid[order])
    serial = np.empty(len(homes), np.int64)
    serial[order] = np.arange(len(homes)) - first + 1
    return [
        f"{grid_codes[grid]}{number:03d}"
        for grid, number in zip(homes.grid.tolist(), serial.tolist(), strict=True)
    ]


def home_addresses(plan: Plan, homes: Homes, edges: StreetEdges, names: Names) -> list[str]:
    """Return an address for each home: street, lane (弄) of the zone, number of the building."""
    lanes = _lanes_of_zones(plan, edges, names)
    return [
        f"{lanes[zone]}{number}号"
        for zone, number in zip(homes.zone.tolist(), homes.number.tolist(), strict=True)
    ]


def _lanes_of_zones(plan: Plan, edges: StreetEdges, names: Names) -> list[str]:
    """Return street and lane number of every zone: the largest street at its south or west."""
    columns = plan.lattice.columns
    taken: dict[int, int] = {}
    lanes = []
    for part in plan.zones.rectangles:
        middle = ((part.south + part.north) // 2, (part.west + part.east) // 2)
        south = part.south * columns + middle[1]
        west = edges.row_pieces + middle[0] * (columns + 1) + part.west
        pieces = [p for p in (south, west) if edges.klass[p] >= StreetClass.LANE]
        best = max(pieces, key=lambda p: int(edges.klass[p]), default=south)
        street = int(edges.name[best])
        taken[street] = taken.get(street, 0) + 1
        lane = 28 + 90 * taken[street] + part.west * 7 % 60
        lanes.append(f"{names.streets[street]}{lane}弄" if street >= 0 else "")
    return lanes
