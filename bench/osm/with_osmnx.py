"""OSMnx: simplified graph, both directions, from the same XML."""

import warnings

import osmnx
from stopwatch import report

warnings.filterwarnings("ignore")


def build(file: str) -> tuple[int, int, float]:
    """Return nodes, edges (both directions) and metres of each street once."""
    graph = osmnx.graph_from_xml(file, bidirectional=True, simplify=True, retain_all=True)
    metres = sum(length for _, _, length in graph.edges(data="length")) / 2
    return graph.number_of_nodes(), graph.number_of_edges(), float(metres)


report(build)
