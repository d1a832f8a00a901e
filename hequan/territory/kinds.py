"""Kinds of units, zones, estates, circles and age bands."""

from enum import StrEnum


class Level(StrEnum):
    """A level of the territory, from the whole city down to a group of buildings."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    AREA = "area"
    COMMITTEE = "committee"
    GRID = "grid"
    BUILDING_GROUP = "building_group"

    @property
    def depth(self) -> int:
        """0 for the city, 6 for a building group."""
        return _DEPTHS[self]


_DEPTHS = {level: depth for depth, level in enumerate(Level)}


class ZoneKind(StrEnum):
    """What kind of zone a unit is (R14 四区, R59 五区)."""

    ESTATE = "estate"
    STREET = "street"
    PARK = "park"
    MALL = "mall"
    CAMPUS = "campus"
    BARRACKS = "barracks"


class EstateType(StrEnum):
    """What kind of housing an estate is (R35)."""

    COMMODITY = "commodity"
    RELOCATION = "relocation"
    PUBLIC_RENTAL = "public_rental"
    OLD_PUBLIC = "old_public"
    RURAL = "rural"
    MIXED = "mixed"


class AgeBand(StrEnum):
    """Age bands people are counted by; the value names the years."""

    UNDER_3 = "0_2"
    UNDER_7 = "3_6"
    CHILD = "7_14"
    ADULT = "15_59"
    SIXTIES = "60_64"
    ELDER = "65_79"
    OLDEST = "80_plus"


class CodeScheme(StrEnum):
    """Who gives a unit its code."""

    OFFICIAL = "official"
    LOCAL = "local"


class LineageKind(StrEnum):
    """How one unit came out of another."""

    MERGED = "merged"
    SPLIT = "split"


class CircleSpeciality(StrEnum):
    """What a circle is known for (R3)."""

    HAPPINESS = "happiness"
    SPORTS_CULTURE = "sports_culture"
    CORE = "core"
    SCIENCE = "science"
    PUBLIC_GOOD = "public_good"
    OTHER = "other"


class LandmarkKind(StrEnum):
    """What a landmark on the map is; areas and lines, never a unit of the tree."""

    RIVER = "river"
    LAKE = "lake"
    RAILWAY = "railway"
    PARK = "park"
    ESTATE = "estate"
    CAMPUS = "campus"
    MALL = "mall"
    SQUARE = "square"
    BUILDING = "building"
