"""Zoning (用地规划): what every area is known for, and what every zone is used for."""

import numpy as np
import numpy.typing as npt

from hequan.demo.layers import Layer
from hequan.demo.splitting import Rectangle
from hequan.demo.uses import HOUSING, LANDS, Use
from hequan.territory.kinds import CircleSpeciality

_OTHERS = (
    CircleSpeciality.HAPPINESS,
    CircleSpeciality.SPORTS_CULTURE,
    CircleSpeciality.SCIENCE,
    CircleSpeciality.PUBLIC_GOOD,
)


def middle(part: Rectangle) -> tuple[float, float]:
    """Return column and row of a rectangle's middle."""
    return (part.west + part.east) / 2, (part.south + part.north) / 2


def _away(part: Rectangle, place: tuple[float, float]) -> float:
    column, row = middle(part)
    return (column - place[0]) ** 2 + (row - place[1]) ** 2


def choose_specialities(towns: Layer, areas: Layer) -> tuple[CircleSpeciality, ...]:
    """Return each area's speciality: the one at the town's middle is its core."""
    found = [CircleSpeciality.OTHER] * len(areas)
    for town, whole in enumerate(towns.rectangles):
        own = np.flatnonzero(areas.parent == town).tolist()
        own.sort(key=lambda a: (_away(areas.rectangles[a], middle(whole)), a))
        found[own[0]] = CircleSpeciality.CORE
        for place, area in enumerate(sorted(own[1:])):
            found[area] = _OTHERS[place % len(_OTHERS)]
    return tuple(found)


def choose_uses(
    rng: np.random.Generator,
    areas: Layer,
    committees: Layer,
    zones: Layer,
    specialities: tuple[CircleSpeciality, ...],
) -> npt.NDArray[np.int8]:
    """Return the use of every zone; a committee keeps at least one zone where people live."""
    area_of = committees.parent[zones.parent]
    use = np.zeros(len(zones), np.int8)
    first = np.searchsorted(area_of, np.arange(len(areas) + 1))
    zones_of_committee = np.bincount(zones.parent, minlength=len(committees))
    for area, speciality in enumerate(specialities):
        own = np.arange(first[area], first[area + 1])
        use[own] = rng.choice(6, size=len(own), p=HOUSING[speciality])
        given: set[int] = set()
        for land in LANDS[speciality]:
            zone = _zone_for(land, own, areas.rectangles[area], zones, zones_of_committee, given)
            if zone >= 0:
                use[zone] = land
                given.add(int(zones.parent[zone]))
    return use


def _zone_for(
    land: Use,
    own: npt.NDArray[np.int64],
    area: Rectangle,
    zones: Layer,
    zones_of_committee: npt.NDArray[np.int64],
    given: set[int],
) -> int:
    """Return the zone for a park, a campus ...: near the area's middle, or large; -1 = none."""
    free = [
        int(zone)
        for zone in own
        if zones_of_committee[zones.parent[zone]] > 1 and int(zones.parent[zone]) not in given
    ]
    if not free:
        return -1
    if land in (Use.GREEN, Use.MALL):
        return min(free, key=lambda z: (_away(zones.rectangles[z], middle(area)), z))
    if land == Use.BARRACKS:
        return min(free, key=lambda z: (_size(zones.rectangles[z]), z))
    return max(free, key=lambda z: (_size(zones.rectangles[z]), -z))


def _size(part: Rectangle) -> int:
    return (part.east - part.west) * (part.north - part.south)
