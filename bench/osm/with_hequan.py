"""hequan: read, judge, contract, order, and build the adjacency."""

from stopwatch import report

from hequan.files.osm import read_network


def build(file: str) -> tuple[int, int, float]:
    """Return nodes, edges and metres of the walking network."""
    network, _ = read_network(file)
    return network.node_count, network.edge_count, network.metres


report(build)
