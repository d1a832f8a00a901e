"""Which capabilities each kind of post gives, and where it may be held (岗位权限表).

The table of who may do what: actions write it out as grants, `access` of every app reads grants
only. A capability reaches as far as the post's place: a unit's whole subtree, a station's unit, or
what one organisation handles.
"""

from collections.abc import Mapping

from hequan.core.kinds import Capability
from hequan.roster.kinds import PlaceKind, PostKind
from hequan.territory.kinds import Level

_SEEING = frozenset({Capability.SEE_BOARD, Capability.SEE_ROSTER})
_KNOWING = _SEEING | {Capability.SEE_PEOPLE}
_AT_THE_COUNTER = _KNOWING | {Capability.ACT_ON_BEHALF, Capability.SEE_CASES}
_DIRECTING = frozenset({Capability.DISPATCH_CASES})
_COMMITTEE = _AT_THE_COUNTER | {
    Capability.EDIT_PEOPLE,
    Capability.REVEAL_PERSONAL,
    Capability.EDIT_ORGANISATIONS,
    Capability.EDIT_STATIONS,
    Capability.IMPORT_FILES,
    Capability.EDIT_ROSTER,
}

CAPABILITIES: Mapping[PostKind, frozenset[Capability]] = {
    PostKind.DISTRICT_OFFICER: _SEEING | {Capability.RUN_COVERAGE},
    PostKind.TOWN_OFFICER: _COMMITTEE
    | {
        Capability.EDIT_TERRITORY,
        Capability.RUN_COVERAGE,
        Capability.EDIT_RESPONSIBILITIES,
        Capability.EDIT_TEMPLATES,
        Capability.DISPATCH_CASES,
        Capability.SUPERVISE_CASES,
        Capability.DO_REPAIRS,
        Capability.DISPATCH_REPAIRS,
    },
    PostKind.DEPARTMENT_OFFICER: _SEEING | {Capability.EDIT_ORGANISATIONS, Capability.SEE_CASES},
    PostKind.DATA_OFFICER: _KNOWING
    | {
        Capability.PROTECT_DATA,
        Capability.REVEAL_PERSONAL,
        Capability.APPROVE_CHILD_ACCESS,
    },
    PostKind.AREA_HEAD: _KNOWING | {Capability.SEE_CASES, Capability.SUPERVISE_CASES},
    PostKind.COMMITTEE_SECRETARY: _COMMITTEE | _DIRECTING | {Capability.APPROVE_CHILD_ACCESS},
    PostKind.COMMITTEE_DIRECTOR: _COMMITTEE | _DIRECTING,
    PostKind.COMMITTEE_WORKER: _AT_THE_COUNTER | {Capability.EDIT_PEOPLE},
    PostKind.STATION_HEAD: _AT_THE_COUNTER | {Capability.EDIT_STATIONS, Capability.EDIT_ROSTER},
    PostKind.STATION_CLERK: _AT_THE_COUNTER,
    PostKind.GRID_HEAD: _AT_THE_COUNTER,
    PostKind.GRID_WORKER: _AT_THE_COUNTER,
    PostKind.GRID_PART_TIMER: _SEEING | {Capability.SEE_CASES},
    PostKind.GRID_HELPER: frozenset(),
    PostKind.LIAISON: frozenset({Capability.EDIT_ORGANISATIONS, Capability.SEE_CASES}),
    PostKind.REPAIR_DISPATCHER: frozenset({Capability.DO_REPAIRS, Capability.DISPATCH_REPAIRS}),
    PostKind.REPAIR_WORKER: frozenset({Capability.DO_REPAIRS}),
}

# at which levels of the territory a kind is held, if at units at all
LEVELS: Mapping[PostKind, frozenset[Level]] = {
    PostKind.DISTRICT_OFFICER: frozenset({Level.CITY, Level.DISTRICT}),
    PostKind.TOWN_OFFICER: frozenset({Level.TOWN}),
    PostKind.DATA_OFFICER: frozenset({Level.CITY, Level.DISTRICT, Level.TOWN}),
    PostKind.AREA_HEAD: frozenset({Level.AREA}),
    PostKind.COMMITTEE_SECRETARY: frozenset({Level.COMMITTEE}),
    PostKind.COMMITTEE_DIRECTOR: frozenset({Level.COMMITTEE}),
    PostKind.COMMITTEE_WORKER: frozenset({Level.COMMITTEE}),
    PostKind.GRID_HEAD: frozenset({Level.GRID}),
    PostKind.GRID_WORKER: frozenset({Level.GRID}),
    PostKind.GRID_PART_TIMER: frozenset({Level.GRID}),
    PostKind.GRID_HELPER: frozenset({Level.GRID}),
}
_AT_STATIONS = frozenset({PostKind.STATION_HEAD, PostKind.STATION_CLERK})
_AT_ORGANISATIONS = frozenset(
    {
        PostKind.DEPARTMENT_OFFICER,
        PostKind.LIAISON,
        PostKind.REPAIR_DISPATCHER,
        PostKind.REPAIR_WORKER,
    }
)


def capabilities_of_kind(kind: PostKind | str) -> frozenset[Capability]:
    """Return what a post of this kind lets its holder do; nothing for a kind nobody knows."""
    return CAPABILITIES[PostKind(kind)] if kind in set(PostKind) else frozenset()


def may_be_held_at(kind: PostKind, place: PlaceKind, level: str = "") -> bool:
    """Tell whether a kind of post is held at such a place; `level` is that of a unit."""
    if place is PlaceKind.UNIT:
        return level in LEVELS.get(kind, frozenset())
    return kind in (_AT_STATIONS if place is PlaceKind.STATION else _AT_ORGANISATIONS)


def kinds_held_at(place: PlaceKind, level: str = "") -> tuple[PostKind, ...]:
    """Return the kinds of post that are held at such a place, in the order of the enum."""
    return tuple(kind for kind in PostKind if may_be_held_at(kind, place, level))
