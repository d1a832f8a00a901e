"""A walking network from an OpenStreetMap extract (路网导入): .osm, .osm.gz or .osm.pbf.

One pass over the file keeps node positions and looks only at ways with a `highway` and nodes with a
barrier or crossing; squares drawn as relations need their outlines afterwards. What is not walked
is counted by reason with examples, so that an officer can see why a street is missing.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import osmium
from osmium.osm import NODE, RELATION, WAY, Node, Relation, Way

from hequan.files.osm_barriers import is_crossing, read_barrier
from hequan.files.osm_format import open_osm, reading
from hequan.files.osm_pieces import WayCollector
from hequan.files.osm_tags import Street, read_street
from hequan.files.wording import ReadError
from hequan.planner.errors import NetworkError
from hequan.planner.network import WalkNetwork
from hequan.planner.network_build import build_network
from hequan.planner.network_report import NetworkReport

Progress = Callable[[int], None]  # told now and then how many streets were read

_TOLD_EVERY = 10_000
_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"


def read_network(
    path: str | Path, *, progress: Progress | None = None
) -> tuple[WalkNetwork, NetworkReport]:
    """Return the walking network of an extract with its report, or raise `FileError`."""
    file = open_osm(path)
    found = WayCollector()
    with reading(path):
        outlines = _square_outlines(file)
        locations = _read_streets(file, found, outlines, progress or _say_nothing)
    try:
        pieces = found.pieces(locations, f"{Path(path).name}, {_ATTRIBUTION}")
        network, report = build_network(pieces)
    except NetworkError as error:
        raise _nothing_to_walk(path, found) from error
    return network, replace(
        report,
        left_out=(*report.left_out, *found.left_out()),
        warnings=(*report.warnings, *found.warnings()),
    )


def _say_nothing(count: int) -> None:
    """Take the place of a progress bar."""


def _square_outlines(file: osmium.io.File) -> dict[int, Street]:
    """Return the ways that only bound a square drawn as a relation, with what it means."""
    outlines: dict[int, Street] = {}
    relations = osmium.FileProcessor(file, RELATION)
    for relation in relations.with_filter(osmium.filter.KeyFilter("highway")):
        if not isinstance(relation, Relation) or relation.tags.get("type") != "multipolygon":
            continue
        street = read_street(relation.tags)
        if isinstance(street, Street):
            ways = (member.ref for member in relation.members if member.type == "w")
            outlines.update(dict.fromkeys(ways, street))
    return outlines


def _read_streets(
    file: osmium.io.File, found: WayCollector, outlines: dict[int, Street], progress: Progress
) -> osmium.index.LocationTable | None:
    """Collect streets and what stands on them; return where each node of the file lies."""
    streets = osmium.FileProcessor(file).with_locations()
    streets.with_filter(osmium.filter.EntityFilter(NODE | WAY))
    streets.with_filter(osmium.filter.KeyFilter("highway", "barrier"))
    read = 0
    for thing in streets:
        if isinstance(thing, Node):
            _note_node(thing, found)
        elif isinstance(thing, Way):
            outlines.pop(thing.id, None)  # a street of its own says more than the square's edge
            _note_way(thing, found)
            read += 1
            if read % _TOLD_EVERY == 0:
                progress(read)
    _read_outlines(file, found, outlines)
    progress(read)
    return streets.node_location_storage


def _note_node(node: Node, found: WayCollector) -> None:
    tags = node.tags
    if is_crossing(tags):
        found.crossing_nodes.add(node.id)
    barrier = read_barrier(tags)
    if barrier is not None:
        found.add_barrier(node.id, barrier)


def _note_way(way: Way, found: WayCollector) -> None:
    street = read_street(way.tags)
    if isinstance(street, Street):
        found.add_way(way.id, street, [node.ref for node in way.nodes])
    elif way.tags.get("highway") is not None:
        found.refuse(street, way.id)


def _read_outlines(file: osmium.io.File, found: WayCollector, outlines: dict[int, Street]) -> None:
    if not outlines:
        return
    ways = osmium.FileProcessor(file, WAY)
    for way in ways.with_filter(osmium.filter.IdFilter(list(outlines))):
        if isinstance(way, Way):
            found.add_way(way.id, outlines[way.id], [node.ref for node in way.nodes])


def _nothing_to_walk(path: str | Path, found: WayCollector) -> ReadError:
    counts = {item.reason: item.count for item in found.left_out()}
    missing = counts.pop("missing_nodes", 0)
    return ReadError("osm-no-streets", file=path, ways=sum(counts.values()), points=missing)
