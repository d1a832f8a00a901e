"""A walking network from an OpenStreetMap extract (路网导入): .osm, .osm.gz or .osm.pbf.

Ways with a `highway` are judged by their tags, and so are nodes with a barrier or crossing. What is
not walked is counted by reason with examples, so that an officer can see why a street is missing.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import osmium

from hequan.files.osm_barriers import is_crossing, read_barrier
from hequan.files.osm_format import open_osm, reading
from hequan.files.osm_lines import Line, street_lines, tags_of
from hequan.files.osm_pieces import WayCollector
from hequan.files.osm_tags import NoStreet, Street, read_street
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
        _read_streets(file, found, progress or _say_nothing)
    try:
        network, report = build_network(found.pieces(f"{Path(path).name}, {_ATTRIBUTION}"))
    except NetworkError as error:
        if error.code != "network.empty":
            raise
        raise _nothing_to_walk(path, found) from error
    return network, replace(
        report,
        left_out=(*report.left_out, *found.left_out()),
        warnings=(*report.warnings, *found.warnings()),
    )


def _say_nothing(count: int) -> None:
    """Take the place of a progress bar."""


def _read_streets(file: osmium.io.File, found: WayCollector, progress: Progress) -> None:
    judged: dict[str, Street | NoStreet] = {}  # many ways say the same
    read = 0
    for line, outline in street_lines(file):
        if not line.is_way:
            _note_node(line, found)
            continue
        street = outline or judged.get(line.tags)
        if street is None:
            street = judged[line.tags] = read_street(tags_of(line.tags))
        _note_way(line, street, found)
        read += 1
        if read % _TOLD_EVERY == 0:
            progress(read)
    progress(read)


def _note_node(line: Line, found: WayCollector) -> None:
    tags = tags_of(line.tags)
    if is_crossing(tags):
        found.crossing_nodes.add(line.id)
    barrier = read_barrier(tags)
    if barrier is not None:
        found.add_barrier(line.id, barrier)


def _note_way(line: Line, street: Street | NoStreet, found: WayCollector) -> None:
    if isinstance(street, Street):
        found.add_way(line.id, street, line.points)
    elif street is not NoStreet.NOT_A_STREET or "highway=" in line.tags:
        found.refuse(street, line.id)


def _nothing_to_walk(path: str | Path, found: WayCollector) -> ReadError:
    counts = {item.reason: item.count for item in found.left_out()}
    missing = counts.pop("missing_nodes", 0)
    return ReadError("osm-no-streets", file=path, ways=sum(counts.values()), points=missing)
