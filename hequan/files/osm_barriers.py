"""What stands at one point of a street (路障): gates, walls, turnstiles, kerbs, crossings.

Pure rules on the tags of a node. A gate that is private or locked parts the street; a gate with
hours is passed when it is open; a turnstile or a raised kerb stops wheels only.
"""

from typing import NamedTuple

from hequan.files.osm_hours import Tags, hours_of_conditions, open_only_by_hours, words_of
from hequan.files.osm_tags import allowed_on_foot
from hequan.planner.network import EdgeFlag


class Barrier(NamedTuple):
    """What a walker meets at one point; hours are empty when they never matter."""

    flags: int  # EdgeFlag; BLOCKED = nobody passes
    hours: str
    name: str
    odd: tuple[str, ...]


_WALLS = words_of(
    "wall fence hedge city_wall retaining_wall ditch guard_rail cable_barrier wire_fence"
)
_FEET_ONLY = words_of(
    "stile turnstile kissing_gate full-height_turnstile hampshire_gate jersey_barrier log "
    "cycle_barrier motorcycle_barrier step rope debris"
)
_WHEELS_WELCOME = words_of("yes designated")


def read_barrier(tags: Tags) -> Barrier | None:
    """Return what a barrier node is to a walker, None when it is nothing."""
    kind = tags.get("barrier")
    if kind is None:
        return None
    passable = _passable(kind, tags) and not open_only_by_hours(tags)
    hours, odd = hours_of_conditions(tags, passable)
    if not passable and not hours:
        return Barrier(int(EdgeFlag.BLOCKED), "", "", odd)
    flags = _flags(kind, tags)
    if not flags and not hours and not odd:
        return None
    return Barrier(flags, hours, tags.get("name") or kind, odd)


def is_crossing(tags: Tags) -> bool:
    """Return whether a node is a place to cross a road on foot."""
    return tags.get("highway") == "crossing" and tags.get("crossing") != "no"


def _passable(kind: str, tags: Tags) -> bool:
    allowed = allowed_on_foot(tags)
    if allowed is not None:
        return allowed
    return kind not in _WALLS and tags.get("locked") != "yes"


def _flags(kind: str, tags: Tags) -> int:
    wheelchair = tags.get("wheelchair")
    if wheelchair in _WHEELS_WELCOME:
        return 0
    raised = kind == "kerb" and tags.get("kerb") in ("raised", "yes")
    return int(EdgeFlag.NO_WHEELS) if wheelchair == "no" or raised or kind in _FEET_ONLY else 0
