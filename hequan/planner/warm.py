"""Compiling before the first guest comes (预热): every kernel once, on three streets.

The compiled code is kept on disk beside the modules, or in NUMBA_CACHE_DIR where it is set, so only
the first start of an installation waits for the compiler.
"""

import numpy as np


def warm() -> None:
    """Run every kernel of the planner once; takes seconds the first time, then tenths."""
    from hequan.planner.balls import ball_members, ball_sums
    from hequan.planner.coverage import cover
    from hequan.planner.coverage_problem import CoverageProblem
    from hequan.planner.entries import Doors, walking_graph
    from hequan.planner.fifteen import Walks
    from hequan.planner.isochrones import outlines
    from hequan.planner.network_build import build_network
    from hequan.planner.pointlocation import PolygonIndex
    from hequan.planner.profiles import PROFILES
    from hequan.planner.search import nearest
    from hequan.planner.street_pieces import street_pieces
    from hequan.planner.weights import arc_weights

    lon, lat = np.array([0.0, 0.001, 0.001, 0.0]), np.array([0.0, 0.0, 0.001, 0.001])
    network, _ = build_network(street_pieces(lon, lat, [0, 1, 2], [1, 2, 3]))
    # two stations on one street and a service, so that every way to a station is taken
    places = lon[:2] + 0.0002, lat[:2]
    problem = CoverageProblem(
        network, *places, np.ones(2), *places, services=("any",), profiles=("adult",)
    )
    cover(problem)
    weights, doors = arc_weights(network, PROFILES["adult"]), Doors(network)
    graph = walking_graph(network)
    walks = Walks.build(network, weights, *places, doors=doors)
    reach = walks.reach_from(0.0005, 0.0, 15)
    reach.route_to(int(reach.station[0]))
    seeds = walks.stations.arriving(network)
    nearest(graph, weights.in_weight, seeds)
    ball_members(graph, weights.in_weight, seeds, 60_000)
    ball_sums(graph, weights.in_weight, seeds, 60_000, np.ones((network.node_count, 1)))
    outlines(network, weights, walks.stations, [5], graph=graph)
    PolygonIndex.build([[np.array([[0, 0], [1, 0], [1, 1]])]]).locate_one(0.5, 0.2)
