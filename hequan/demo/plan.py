"""The plan (规划): which blocks make which district, town, area, committee, zone and micro-grid.

A zone (an estate, a park, a campus) lies inside one committee and holds one or more micro-grids.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import shared_out, stream
from hequan.demo.lattice import Lattice, lay_lattice
from hequan.demo.layers import Layer, divided, shares_of, whole_layer
from hequan.demo.scale import Scale
from hequan.demo.splitting import Splitter
from hequan.demo.uses import GATED_CHANCE
from hequan.demo.zoning import choose_specialities, choose_uses
from hequan.territory.kinds import CircleSpeciality

BLOCKS_PER_ZONE = 13
NO_ZONE = -1  # water and railway: part of a unit, but of no zone

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plan:
    """The whole demo on its lattice; `zone_of` and `grid_of` say it for every block."""

    scale: Scale
    seed: int
    lattice: Lattice
    districts: Layer
    towns: Layer
    areas: Layer
    committees: Layer
    zones: Layer
    grids: Layer  # parent = zone
    zone_of: npt.NDArray[np.int32]  # [rows, columns], NO_ZONE on strips
    grid_of: npt.NDArray[np.int32]
    use: npt.NDArray[np.int8]  # per zone
    gated: npt.NDArray[np.bool_]  # per zone
    speciality: tuple[CircleSpeciality, ...]  # per area

    @property
    def grid_committee(self) -> Ints:
        """Return the committee of every grid."""
        return self.zones.parent[self.grids.parent]

    @property
    def committee_town(self) -> Ints:
        """Return the town of every committee."""
        return self.areas.parent[self.committees.parent]

    @property
    def zone_town(self) -> Ints:
        """Return the town of every zone."""
        return self.committee_town[self.zones.parent]


def make_plan(scale: Scale, seed: int) -> Plan:
    """Return the plan of a demo; the same for the same scale and seed."""
    lattice = lay_lattice(scale, seed)
    rng = stream(seed, "plan")
    strips = (lattice.railway_columns, lattice.river_rows)
    splitter = Splitter(lattice.columns, lattice.rows, *strips, rng)
    root = whole_layer(lattice.columns, lattice.rows, (scale.towns, scale.committees, scale.grids))
    in_town = scale.areas_per_town
    districts = divided(
        splitter, root, lambda p: shares_of(rng, root.holds[p], scale.districts, (1, 2, 4))
    )
    towns = divided(splitter, districts, lambda p: _towns_of(rng, districts.holds[p], in_town))
    areas = divided(splitter, towns, lambda p: shares_of(rng, towns.holds[p], in_town, (1, 2)))
    committees = divided(
        splitter,
        areas,
        lambda p: shares_of(rng, areas.holds[p, 1:], int(areas.holds[p, 0]), (2,)),
    )
    zones = divided(splitter, committees, lambda p: _zones_in(rng, splitter, committees, p))
    grids = divided(splitter, zones, lambda p: np.ones((int(zones.holds[p, 0]), 1), np.int64))
    specialities = choose_specialities(towns, areas)
    use = choose_uses(rng, areas, committees, zones, specialities)
    gated = rng.random(len(zones)) < GATED_CHANCE[use]
    return Plan(
        scale, seed, lattice, districts, towns, areas, committees, zones, grids,
        zone_of=_zones_on_land(lattice, zones),
        grid_of=grids.painted(lattice.rows, lattice.columns),
        use=use,
        gated=gated,
        speciality=specialities,
    )  # fmt: skip


def _towns_of(rng: np.random.Generator, holds: Ints, areas_per_town: int) -> Ints:
    return shares_of(rng, holds[1:], int(holds[0]), (areas_per_town, 2 * areas_per_town))


def _zones_in(
    rng: np.random.Generator, splitter: Splitter, committees: Layer, committee: int
) -> Ints:
    grids = int(committees.holds[committee, 0])
    blocks = splitter.blocks(committees.rectangles[committee])
    zones = max(1, min(round(blocks / BLOCKS_PER_ZONE), grids))
    return shared_out(grids, rng.uniform(0.7, 1.3, zones), 1)[:, None]


def _zones_on_land(lattice: Lattice, zones: Layer) -> npt.NDArray[np.int32]:
    zone_of = zones.painted(lattice.rows, lattice.columns)
    zone_of[lattice.river_rows, :] = NO_ZONE
    zone_of[:, lattice.railway_columns] = NO_ZONE
    return zone_of
