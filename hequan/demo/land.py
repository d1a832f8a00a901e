"""The land of a demo (场地): plan, streets and homes together, without any database."""

from dataclasses import dataclass

from hequan.demo.homes import Homes, settle
from hequan.demo.naming import Names, give_names
from hequan.demo.paths import Paths, lay_paths
from hequan.demo.plan import Plan, make_plan
from hequan.demo.scale import Scale
from hequan.demo.street_classes import classify_streets
from hequan.demo.street_edges import StreetEdges, tabulate_edges
from hequan.demo.streets import draw_streets
from hequan.planner.street_pieces import StreetPieces


@dataclass(frozen=True, eq=False)
class Land:
    """Everything that is drawn before anything is written."""

    plan: Plan
    names: Names
    edges: StreetEdges
    paths: Paths
    homes: Homes
    streets: StreetPieces


def make_land(scale: Scale, seed: int) -> Land:
    """Return the land of a demo: the same for the same scale and seed, on any machine."""
    plan = make_plan(scale, seed)
    grid = classify_streets(plan)
    names = give_names(plan, grid)
    edges = tabulate_edges(plan, grid, names)
    paths = lay_paths(plan, edges, names.zones)
    homes = settle(plan, edges, paths)
    streets = draw_streets(plan, edges, paths, homes, names)
    return Land(plan, names, edges, paths, homes, streets)
