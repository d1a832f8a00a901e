"""Landmarks of a demo (地标): rivers, railways, estates, parks; buildings where it is one town."""

from collections.abc import Iterator

import numpy as np

from hequan.demo.frontage import EAST, WEST, Places
from hequan.demo.homes import Homes
from hequan.demo.land import Land
from hequan.demo.names import NameGiver
from hequan.demo.outlines import Geometry, middle_line, outline_of
from hequan.demo.splitting import Rectangle
from hequan.demo.uses import FACTS, Use
from hequan.territory.actions import LandmarkFacts
from hequan.territory.kinds import LandmarkKind

# of a block: how long a building is (the more people the longer) and how wide
_LENGTHS, _WIDTH = (0.24, 0.36), 0.14


def landmark_facts(land: Land) -> Iterator[LandmarkFacts]:
    """Return what the map draws under the units."""
    plan = land.plan
    giver = NameGiver(plan.seed, -1)
    for row in plan.lattice.river_rows.tolist():
        banks = Rectangle(0, row, plan.lattice.columns, row + 1)
        name = giver.head() + "浦"
        yield LandmarkFacts(LandmarkKind.RIVER, name, outline_of(plan.lattice, banks))
    for column in plan.lattice.railway_columns.tolist():
        name = giver.head() + "铁路支线"
        yield LandmarkFacts(LandmarkKind.RAILWAY, name, middle_line(plan.lattice, column))
    for zone, part in enumerate(plan.zones.rectangles):
        kind = FACTS[Use(int(plan.use[zone]))].landmark
        if kind is not None:
            name = land.names.zones[zone]
            yield LandmarkFacts(kind, name, outline_of(plan.lattice, part))
    if plan.scale.is_one_town:
        yield from _buildings(land)


def _buildings(land: Land) -> Iterator[LandmarkFacts]:
    """Return the buildings of each zone as one landmark."""
    corners = _footprints(land, land.homes)
    zones = land.homes.zone
    for zone in np.unique(zones).tolist():
        rings = [[[*ring, ring[0]]] for ring in corners[zones == zone].tolist()]
        geometry: Geometry = {"type": "MultiPolygon", "coordinates": rings}
        yield LandmarkFacts(LandmarkKind.BUILDING, "", geometry)


def _footprints(land: Land, homes: Homes) -> np.ndarray:
    """Return four corners of each building, [homes, 4, 2]; large ones are longer."""
    places = homes.places
    end_on = (places.side == WEST) | (places.side == EAST)
    length = _LENGTHS[0] + (_LENGTHS[1] - _LENGTHS[0]) * np.clip(homes.people / 160, 0, 1)
    half = np.where(end_on, _WIDTH, length) / 2
    deep = np.where(end_on, length, _WIDTH)
    found = []
    for aside, behind in ((-1, 0), (1, 0), (1, 1), (-1, 1)):
        along = np.clip(places.along + aside * half, 0.04, 0.96)
        depth = places.depth + behind * deep
        corner = Places(places.row, places.column, places.side, places.edge, along, depth)
        found.append(np.stack(corner.positions(land.plan.lattice), axis=1))
    return np.round(np.stack(found, axis=1), 6)
