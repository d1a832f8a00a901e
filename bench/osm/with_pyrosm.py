"""pyrosm: walking network as node and edge tables (its reader), without building a graph."""

from pyrosm import OSM
from stopwatch import report


def build(file: str) -> tuple[int, int, float]:
    """Return nodes, edges and metres of the walking network."""
    nodes, edges = OSM(file).get_network(network_type="walking", nodes=True)
    return len(nodes), len(edges), float(edges["length"].sum())


report(build)
