"""Who reaches which station on foot (可达性): pure numbers, no Django, usable as a library.

    from hequan.planner import CoverageProblem, cover, open_network

Names are fetched when they are first asked for: importing the package costs nothing, and a command
that never searches never loads the compiler. Nothing is compiled on import; `warm.warm()` does
that. (A function called like its module cannot be fetched from here: take it from its module.)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hequan.planner.balls import ball_around, ball_members, ball_sums
    from hequan.planner.coverage import cover
    from hequan.planner.coverage_problem import CoverageProblem
    from hequan.planner.coverage_result import CoverageResult, GroupCoverage, ProfileCoverage
    from hequan.planner.entries import Doors, Entries, walking_graph
    from hequan.planner.errors import CoverageError, NetworkError, PlannerError
    from hequan.planner.fifteen import Reach, Route, Walks
    from hequan.planner.gaps import Gap, gaps_among
    from hequan.planner.isochrones import Outline, outlines
    from hequan.planner.network import EdgeFlag, Gate, WalkNetwork
    from hequan.planner.network_build import build_network
    from hequan.planner.network_report import NetworkReport
    from hequan.planner.network_store import open_network, save_network
    from hequan.planner.pointlocation import PolygonIndex
    from hequan.planner.profiles import PROFILES, Profile, profile_named
    from hequan.planner.search import UNREACHABLE, Graph, Search, Seeds, nearest, nearest_many
    from hequan.planner.snapping import SnapIndex, Snapped, snap
    from hequan.planner.street_pieces import StreetPieces
    from hequan.planner.weights import ArcWeights, arc_weights

_HOME = {
    "balls": ("ball_around", "ball_members", "ball_sums"),
    "coverage": ("cover",),
    "coverage_problem": ("CoverageProblem",),
    "coverage_result": ("CoverageResult", "GroupCoverage", "ProfileCoverage"),
    "entries": ("Doors", "Entries", "walking_graph"),
    "errors": ("CoverageError", "NetworkError", "PlannerError"),
    "fifteen": ("Reach", "Route", "Walks"),
    "gaps": ("Gap", "gaps_among"),
    "isochrones": ("Outline", "outlines"),
    "network": ("EdgeFlag", "Gate", "WalkNetwork"),
    "network_build": ("build_network",),
    "network_report": ("NetworkReport",),
    "network_store": ("open_network", "save_network"),
    "pointlocation": ("PolygonIndex",),
    "profiles": ("PROFILES", "Profile", "profile_named"),
    "search": ("UNREACHABLE", "Graph", "Search", "Seeds", "nearest", "nearest_many"),
    "snapping": ("SnapIndex", "Snapped", "snap"),
    "street_pieces": ("StreetPieces",),
    "weights": ("ArcWeights", "arc_weights"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "PROFILES",
    "UNREACHABLE",
    "ArcWeights",
    "CoverageError",
    "CoverageProblem",
    "CoverageResult",
    "Doors",
    "EdgeFlag",
    "Entries",
    "Gap",
    "Gate",
    "Graph",
    "GroupCoverage",
    "NetworkError",
    "NetworkReport",
    "Outline",
    "PlannerError",
    "PolygonIndex",
    "Profile",
    "ProfileCoverage",
    "Reach",
    "Route",
    "Search",
    "Seeds",
    "SnapIndex",
    "Snapped",
    "StreetPieces",
    "WalkNetwork",
    "Walks",
    "arc_weights",
    "ball_around",
    "ball_members",
    "ball_sums",
    "build_network",
    "cover",
    "gaps_among",
    "nearest",
    "nearest_many",
    "open_network",
    "outlines",
    "profile_named",
    "save_network",
    "snap",
    "walking_graph",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_MODULE_OF[name]}")
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
