"""Every write to the territory: units, outlines, homes, counts, circles, streets, lineage."""

from hequan.territory.actions.boundaries import BoundariesSaved, BoundaryFacts, save_boundaries
from hequan.territory.actions.circles import remove_circle, save_circle, save_circle_set
from hequan.territory.actions.homes import (
    CountFacts,
    HomeFacts,
    Saved,
    place_homes,
    save_homes,
    save_people_counts,
)
from hequan.territory.actions.landmarks import LandmarkFacts, replace_landmarks
from hequan.territory.actions.lineage import (
    end_unit,
    merge_units,
    recode_unit,
    rename_unit,
    split_unit,
)
from hequan.territory.actions.stand_ins import place_stand_ins
from hequan.territory.actions.streets import put_street_network
from hequan.territory.actions.units import UnitFacts, describe_unit, save_units

__all__ = [
    "BoundariesSaved",
    "BoundaryFacts",
    "CountFacts",
    "HomeFacts",
    "LandmarkFacts",
    "Saved",
    "UnitFacts",
    "describe_unit",
    "end_unit",
    "merge_units",
    "place_homes",
    "place_stand_ins",
    "put_street_network",
    "recode_unit",
    "remove_circle",
    "rename_unit",
    "replace_landmarks",
    "save_boundaries",
    "save_circle",
    "save_circle_set",
    "save_homes",
    "save_people_counts",
    "save_units",
    "split_unit",
]
