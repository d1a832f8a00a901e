"""pyrosm: walking network as tables and then as a graph one can route on."""

from pyrosm import OSM
from stopwatch import report


def build(file: str) -> tuple[int, int, float]:
    """Return nodes, edges (both directions) and metres of the graph."""
    osm = OSM(file)
    nodes, edges = osm.get_network(network_type="walking", nodes=True)
    graph = osm.to_graph(nodes, edges, graph_type="networkx", network_type="walking")
    return graph.number_of_nodes(), graph.number_of_edges(), float(edges["length"].sum())


report(build)
