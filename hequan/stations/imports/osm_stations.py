"""Stations of an OpenStreetMap extract (地图设施点): libraries, community centres and the like.

The map's number is the code, so that the same extract brought again changes nothing. A facility
without a name is refused: nobody could be sent there.
"""

from pathlib import Path
from typing import Any

from hequan.core.file_words import remark_of
from hequan.core.import_rows import ImportRow, ImportTable
from hequan.core.imports import Remark
from hequan.files.osm_points import OsmPoint, read_points
from hequan.files.wording import ReadError
from hequan.stations.hours import HoursError, Rule
from hequan.stations.hours_clash import clashes_among
from hequan.stations.hours_text import parse_hours
from hequan.stations.imports.station_rows import left_out
from hequan.stations.kinds import StationKind

_SUFFIXES = (".osm", ".osm.gz", ".osm.pbf", ".pbf")
_KINDS = {
    "library": StationKind.LIBRARY,
    "community_centre": StationKind.NEIGHBOURHOOD_CENTRE,
    "social_facility": StationKind.ELDER_CENTRE,
}


def is_osm(file_name: str) -> bool:
    """Tell whether a file of this name is an OpenStreetMap extract."""
    return file_name.lower().endswith(_SUFFIXES)


def osm_table(path: Path, file_name: str) -> tuple[ImportTable, dict[int, Remark]]:
    """Return the facilities as rows numbered from 1, and warnings of hours left out, by row."""
    rows, warnings = [], {}
    for number, point in enumerate(read_points(path), start=1):
        rules, unread = _rules(point.opening_hours)
        if unread:
            warnings[number] = left_out(point.opening_hours)
        rows.append(_row(number, point, rules))
    columns = {"name": "name", "code": "id", "lon": "lon", "lat": "lat"}
    return ImportTable(file_name, tuple(rows), columns), warnings


def _row(number: int, point: OsmPoint, rules: tuple[Rule, ...]) -> ImportRow:
    values: dict[str, Any] = {
        "code": f"OSM-{point.id}",
        "name": point.name[:120] or None,
        "kind": _KINDS.get(point.kind, StationKind.OTHER).value,
        "lon": point.lon,
        "lat": point.lat,
        "hours": rules or None,
    }
    row = ImportRow(number, values)
    if not point.name:
        row = row.refused(remark_of(ReadError("cell-blank", column="name", value=point.id)))
    return row


def _rules(text: str) -> tuple[tuple[Rule, ...], bool]:
    """Hours as mapped, and whether there were some that nobody here can read."""
    if not text:
        return (), False
    try:
        rules = parse_hours(text, later_replaces=True)
    except HoursError:
        return (), True
    return ((), True) if clashes_among(rules) else (rules, False)
