"""What a zone of the demo is used for (用地), and what follows from it for people and gates.

One row a use. The shares of age bands are invented so that a whole town has 25-30 % people over 60,
as Shanghai's inner suburbs do; old public housing has far more, rental flats far fewer.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from hequan.territory.kinds import CircleSpeciality, EstateType, LandmarkKind, ZoneKind


class Use(IntEnum):
    """The use of one zone."""

    OLD_PUBLIC = 0
    COMMODITY = 1
    RELOCATION = 2
    PUBLIC_RENTAL = 3
    MIXED = 4
    SHOPS = 5
    SCIENCE = 6
    MALL = 7
    CAMPUS = 8
    BARRACKS = 9
    GREEN = 10


@dataclass(frozen=True)
class UseFacts:
    """Per block: relative people and homes; the chance of a fence; shares of the age bands."""

    zone: ZoneKind | None
    estate: EstateType | None
    landmark: LandmarkKind | None
    people: float
    homes: float
    gated: float
    ages: tuple[float, ...]  # in the order of AgeBand


_OLD = (0.013, 0.021, 0.047, 0.529, 0.085, 0.225, 0.080)
_NEW = (0.027, 0.042, 0.088, 0.668, 0.050, 0.098, 0.027)
_MOVED = (0.021, 0.035, 0.073, 0.601, 0.075, 0.148, 0.047)
_LET = (0.030, 0.035, 0.050, 0.800, 0.030, 0.040, 0.015)
_MIXED = (0.019, 0.031, 0.064, 0.586, 0.080, 0.165, 0.055)
_ESTATE, _DRAWN = ZoneKind.ESTATE, LandmarkKind.ESTATE

FACTS: dict[Use, UseFacts] = {
    Use.OLD_PUBLIC: UseFacts(_ESTATE, EstateType.OLD_PUBLIC, _DRAWN, 1.15, 1.5, 0.55, _OLD),
    Use.COMMODITY: UseFacts(_ESTATE, EstateType.COMMODITY, _DRAWN, 1.05, 0.8, 0.95, _NEW),
    Use.RELOCATION: UseFacts(_ESTATE, EstateType.RELOCATION, _DRAWN, 1.10, 1.1, 0.85, _MOVED),
    Use.PUBLIC_RENTAL: UseFacts(_ESTATE, EstateType.PUBLIC_RENTAL, _DRAWN, 1.2, 0.7, 0.6, _LET),
    Use.MIXED: UseFacts(_ESTATE, EstateType.MIXED, _DRAWN, 0.8, 1.2, 0.3, _MIXED),
    Use.SHOPS: UseFacts(ZoneKind.STREET, EstateType.MIXED, None, 0.6, 1.2, 0.0, _MIXED),
    Use.SCIENCE: UseFacts(ZoneKind.PARK, None, LandmarkKind.CAMPUS, 0.04, 0.1, 0.5, _LET),
    Use.MALL: UseFacts(ZoneKind.MALL, None, LandmarkKind.MALL, 0.0, 0.0, 0.0, _LET),
    Use.CAMPUS: UseFacts(ZoneKind.CAMPUS, None, LandmarkKind.CAMPUS, 0.06, 0.15, 1.0, _LET),
    Use.BARRACKS: UseFacts(ZoneKind.BARRACKS, None, None, 0.0, 0.0, 1.0, _LET),
    Use.GREEN: UseFacts(None, None, LandmarkKind.PARK, 0.0, 0.0, 0.0, _LET),
}
PEOPLE_PER_BLOCK = np.array([FACTS[use].people for use in Use])
HOMES_PER_BLOCK = np.array([FACTS[use].homes for use in Use])
GATED_CHANCE = np.array([FACTS[use].gated for use in Use])
AGE_SHARES = np.array([FACTS[use].ages for use in Use])

# how often each housing use (in order: old, commodity, relocation, rental, mixed, shops) is met in
# a circle of this speciality
HOUSING: dict[CircleSpeciality, tuple[float, ...]] = {
    CircleSpeciality.CORE: (0.30, 0.42, 0.10, 0.03, 0.0, 0.15),
    CircleSpeciality.HAPPINESS: (0.66, 0.12, 0.16, 0.0, 0.06, 0.0),
    CircleSpeciality.SPORTS_CULTURE: (0.32, 0.38, 0.20, 0.10, 0.0, 0.0),
    CircleSpeciality.SCIENCE: (0.10, 0.40, 0.20, 0.22, 0.08, 0.0),
    CircleSpeciality.PUBLIC_GOOD: (0.36, 0.20, 0.16, 0.0, 0.0, 0.28),
}
# what else a circle of this speciality has, one zone each
LANDS: dict[CircleSpeciality, tuple[Use, ...]] = {
    CircleSpeciality.CORE: (Use.GREEN, Use.MALL),
    CircleSpeciality.HAPPINESS: (Use.CAMPUS,),
    CircleSpeciality.SPORTS_CULTURE: (Use.CAMPUS, Use.GREEN),
    CircleSpeciality.SCIENCE: (Use.SCIENCE, Use.SCIENCE),
    CircleSpeciality.PUBLIC_GOOD: (Use.BARRACKS,),
}
