"""Small made-up street networks, and the same streets for networkx with points set into them."""

import itertools

import networkx as nx
import numpy as np

from hequan.planner.network import EdgeFlag
from hequan.planner.network_build import build_network
from hequan.planner.search import UNREACHABLE
from hequan.planner.street_pieces import street_pieces

METRE = 1 / 111_195.0797343  # degrees on a meridian, and on the equator


def grid_network(columns, rows, *, metres=100.0, keep=1.0, seed=0, flags=None, **more):
    """Return a grid of streets at the equator, where a metre is as long in both directions."""
    rng = np.random.default_rng(seed)
    number = np.arange(columns * rows).reshape(rows, columns)
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1)
    along = np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1)
    segments = np.concatenate([across, along])
    segments = segments[rng.random(len(segments)) <= keep]
    lon = (np.arange(columns * rows) % columns) * metres * METRE
    lat = (np.arange(columns * rows) // columns) * metres * METRE
    if flags is None:
        flags = random_flags(len(segments), rng)
    network, _ = build_network(
        street_pieces(
            lon, lat, segments[:, 0], segments[:, 1], flags=flags[: len(segments)], **more
        )
    )
    return network


def random_flags(count, rng):
    """Return flags of which some close a direction, and some the way for wheels."""
    choices = np.array([0, 0, 0, 0, EdgeFlag.STEPS, EdgeFlag.FORWARD_ONLY, EdgeFlag.NO_WHEELS])
    return rng.choice(choices, count).astype(np.uint16)


def plain(count):
    """Return flags of streets that anybody may walk in both directions."""
    return np.zeros(count, np.uint16)


def line_network(metres=1000.0):
    """Return one straight street along the equator."""
    network, _ = build_network(street_pieces([0.0, metres * METRE], [0.0, 0.0], [0], [1]))
    return network


def twin_graph(network, weights, **points):
    """Return the streets against the walking direction, with points as nodes on their edges.

    `points` are Entries by name; point i of `home` becomes the node ("home", i). Arcs weigh
    milliseconds. Built edge by edge from the arrays, without the product's adjacency.
    """
    graph = nx.DiGraph()
    on_edge = {}
    for name, entries in points.items():
        for index in np.flatnonzero(entries.edge >= 0).tolist():
            spot = (float(entries.fraction[index]), (name, index, "street"))
            on_edge.setdefault(int(entries.edge[index]), []).append(spot)
            air = entries.air_length[index] / 1000 / weights.profile.metres_per_second * 1000
            _link(graph, (name, index), spot[1], air)
            _link(graph, spot[1], (name, index), air)
    ends = zip(network.edge_from.tolist(), network.edge_to.tolist(), strict=True)
    for edge, (start, end) in enumerate(ends):
        chain = [(0.0, start), *sorted(on_edge.get(edge, [])), (1.0, end)]
        for (low, before), (high, after) in itertools.pairwise(chain):
            if weights.forward[edge] != UNREACHABLE:
                _link(graph, before, after, (high - low) * int(weights.forward[edge]))
            if weights.backward[edge] != UNREACHABLE:
                _link(graph, after, before, (high - low) * int(weights.backward[edge]))
    return graph


def _link(graph, walk_from, walk_to, cost):
    if graph.get_edge_data(walk_to, walk_from, {"weight": np.inf})["weight"] > cost:
        graph.add_edge(walk_to, walk_from, weight=cost)


def twin_seconds(graph, homes, sources):
    """Return seconds from each home to the nearest of the sources, by networkx."""
    sources = [node for node in sources if node in graph]
    found = nx.multi_source_dijkstra_path_length(graph, sources) if sources else {}
    return np.array([found.get(("home", index), np.inf) for index in range(homes)]) / 1000
