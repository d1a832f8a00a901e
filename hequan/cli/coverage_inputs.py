"""Stations and residents of a coverage run (输入): files become arrays on the map.

Either file may be a table or a map file. Rows that cannot be read are gathered and refused
together, so that they can be corrected in one go; columns that look exchanged or shifted are told.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hequan.files.coordinates import CoordinateSystem, in_china, look_swapped, to_wgs84
from hequan.files.feature_formats import is_feature_file
from hequan.files.features import read_features
from hequan.files.headers import Field, Mapping, Record, match_headers, titles_of
from hequan.files.osm_points import read_points
from hequan.files.tables import Row, Table, read_table
from hequan.files.values import CellError, parse_count, parse_list, parse_number
from hequan.files.wording import Note, ReadError
from hequan.planner.network import WalkNetwork
from hequan.planner.snapping import SnapIndex

Floats = NDArray[np.float64]

_PLACE = (
    Field("lon", ("经度", "lng", "long", "longitude", "x"), parse=parse_number),
    Field("lat", ("纬度", "latitude", "y"), parse=parse_number),
)
STATION_FIELDS = (
    Field("id", ("编号", "站点编号", "编码", "代码", "code", "station id"), required=False),
    Field("name", ("名称", "站点名称", "站点", "station", "station name"), required=False),
    *_PLACE,
    Field(
        "services", ("服务", "服务项目", "提供服务", "service"), required=False, parse=parse_list
    ),
    Field("opening_hours", ("开放时间", "营业时间", "服务时间", "opening hours"), required=False),
)
RESIDENT_FIELDS = (
    Field("id", ("编号", "格网编号", "格网号", "编码", "代码", "code", "cell id"), required=False),
    *_PLACE,
    Field(
        "people",
        ("人口", "人口数", "人数", "常住人口", "居住人口", "population", "residents", "pop"),
        parse=parse_count,
    ),
)
_AGE = re.compile(
    r"(?:ages?|aged|people|pop|population|年龄|人口)?[\s_]*"
    r"(?:\d{1,3}\s*(?:[-–~_至到]|to)\s*\d{1,3}|(?:over|under)\s*\d{1,3}"
    r"|\d{1,3}\s*岁?\s*(?:\+|plus|(?:及|and)?\s*(?:以上|以下|over|up)))"
    r"\s*岁?\s*(?:years|人口数?|人数?)?"
)
_SAMPLE = 400  # points asked for when coordinates are held against the streets
_FEWEST = 10  # fewer say nothing


class RowsRefusedError(Exception):
    """Rows of one file that cannot be used, each with its place and remedy."""

    def __init__(self, problems: Sequence[ReadError]) -> None:
        """Keep the refusals in the order of the file."""
        super().__init__(*problems)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Remark:
    """Something a reader of the result should know: a key of `words` and its gaps."""

    key: str
    gaps: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Places:
    """Points with their identifiers, as read from one file and not yet held against the streets."""

    file: str
    ids: tuple[str, ...]
    lon: Floats
    lat: Floats
    rows: NDArray[np.int64]
    lon_title: str
    lat_title: str
    in_wgs84: bool  # already converted by the reader of map files
    notes: tuple[Note, ...] = ()
    shapes: NDArray[np.object_] | None = None  # polygons, where the file holds them


@dataclass(frozen=True, eq=False)
class Stations:
    """Stations as read: places, names, what each offers, and its hours ("" = always)."""

    places: Places
    names: tuple[str, ...]
    services: tuple[str, ...]
    offers: NDArray[np.bool_]
    hours: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Residents:
    """Residents as read: places, people, and people by age group."""

    places: Places
    people: Floats
    ages: dict[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """How to read one file: columns named otherwise, and its coordinate system."""

    path: Path
    columns: dict[str, str]
    system: CoordinateSystem


def read_stations(reading: Reading) -> Stations:
    """Read the stations; raise FileError or RowsRefusedError."""
    opened = _opened(reading, STATION_FIELDS)
    places, records = _read(opened, STATION_FIELDS, reading.columns)
    named = [record.values["name"] for record in records]
    names = tuple(str(name or one) for name, one in zip(named, places.ids, strict=True))
    offered: list[Any] = [record.values["services"] or () for record in records]
    services = tuple(dict.fromkeys(service for row in offered for service in row))
    offers = np.array([[one in row for one in services] for row in offered], dtype=bool)
    hours = tuple(str(record.values["opening_hours"] or "") for record in records)
    shape = (len(records), len(services))
    return Stations(places, names, services, offers.reshape(shape), hours)


def read_residents(reading: Reading, age_columns: Sequence[str] = ()) -> Residents:
    """Read the residents; raise FileError or RowsRefusedError."""
    opened = _opened(reading, RESIDENT_FIELDS)
    ages = tuple(age_columns) or tuple(filter(is_age_title, opened.table.headers))
    fields = (*RESIDENT_FIELDS, *(Field(one, required=False, parse=parse_count) for one in ages))
    places, records = _read(opened, fields, reading.columns | {one: one for one in ages})
    counts = {
        one: np.array([record.values[one] or 0.0 for record in records], dtype=np.float64)
        for one in ages
    }
    people = np.array([record.values["people"] for record in records], dtype=np.float64)
    return Residents(places, people, counts)


def is_age_title(title: str) -> bool:
    """Return whether a heading names an age group, such as 65+, 0-14 or 65岁及以上."""
    plain = unicodedata.normalize("NFKC", title).casefold().strip()
    return bool(_AGE.fullmatch(plain))


@dataclass(frozen=True, eq=False)
class _Opened:
    table: Table
    shapes: NDArray[np.object_] | None = None  # of a map file
    in_wgs84: bool = False  # converted by its reader, or never anything else


def _opened(reading: Reading, fields: Sequence[Field]) -> _Opened:
    if is_osm_file(reading.path.name):
        return _Opened(_points_table(reading.path), in_wgs84=True)
    if is_feature_file(reading.path.name):
        features = read_features(reading.path, system=reading.system)
        return _Opened(features.table(), features.geometries, in_wgs84=True)
    return _Opened(read_table(reading.path, known=titles_of(fields)))


def _points_table(path: Path) -> Table:
    """Facilities of an OpenStreetMap extract as rows; their kind is the service they offer."""
    headers = tuple(one.name for one in STATION_FIELDS)
    rows = tuple(
        Row(at, (one.id, one.name, one.lon, one.lat, one.kind, one.opening_hours))
        for at, one in enumerate(read_points(path), start=1)
    )
    return Table(path.name, "", headers, rows)


def is_osm_file(name: str) -> bool:
    """Return whether a file of this name is an OpenStreetMap extract."""
    return name.lower().endswith((".osm", ".osm.gz", ".osm.pbf", ".osm.bz2"))


def _read(
    opened: _Opened, fields: Sequence[Field], columns: dict[str, str]
) -> tuple[Places, list[Record]]:
    table = opened.table
    if opened.shapes is not None:
        columns = {"lon": "lon", "lat": "lat"} | columns
    mapping = match_headers(
        table.headers, fields, file=table.name, sheet=table.sheet, explicit=columns
    )
    records = [mapping.record(row.number, row.cells) for row in table.rows]
    if not records:
        raise ReadError("table-empty", file=table.name, sheet=table.sheet)
    problems = [problem for record in records for problem in record.problems]
    if problems:
        raise RowsRefusedError(problems)
    return _places(opened, mapping, records), records


def _places(opened: _Opened, mapping: Mapping, records: Sequence[Record]) -> Places:
    ids = tuple(str(record.values["id"] or record.number) for record in records)
    _refuse_twice(mapping, ids, records)
    return Places(
        file=opened.table.name,
        ids=ids,
        lon=np.array([record.values["lon"] for record in records], dtype=np.float64),
        lat=np.array([record.values["lat"] for record in records], dtype=np.float64),
        rows=np.array([record.number for record in records], dtype=np.int64),
        lon_title=mapping.column_title("lon"),
        lat_title=mapping.column_title("lat"),
        in_wgs84=opened.in_wgs84,
        notes=opened.table.notes,
        shapes=opened.shapes,
    )


def _refuse_twice(mapping: Mapping, ids: Sequence[str], records: Sequence[Record]) -> None:
    first: dict[str, int] = {}
    problems = []
    for one, record in zip(ids, records, strict=True):
        if one in first:
            error = CellError("id-twice", one, id=one, first=first[one])
            problems.append(mapping.refused(error, record.number, "id"))
        first.setdefault(one, record.number)
    if problems:
        raise RowsRefusedError(problems)


def settled(
    places: Places, system: CoordinateSystem, network: WalkNetwork
) -> tuple[Places, list[Remark]]:
    """Return the places in WGS-84 beside the streets, and what looked wrong with them.

    Exchanged columns are put right and told; a shifted system nobody named is only told, since it
    is a guess.
    """
    warnings = []
    if look_swapped(places.lon, places.lat, within=network.bounds()):
        places = replace(places, lon=places.lat, lat=places.lon)
        warnings.append(Remark("warn.swapped", {"file": places.file}))
    _refuse_off_the_globe(places)
    if not places.in_wgs84:
        lon, lat = to_wgs84(places.lon, places.lat, system)
        places = replace(places, lon=lon, lat=lat)
    unshifted = system in (CoordinateSystem.WGS84, CoordinateSystem.CGCS2000)
    if unshifted and not is_osm_file(places.file):
        warnings += _shift_suspected(places, network)
    return places, warnings


def _refuse_off_the_globe(places: Places) -> None:
    problems = []
    limits = ((places.lon, 180, "lon"), (places.lat, 90, "lat"))
    for values, limit, name in limits:
        code = "not-a-longitude" if name == "lon" else "not-a-latitude"
        title = places.lon_title if name == "lon" else places.lat_title
        problems += [
            ReadError(
                code, file=places.file, row=int(places.rows[at]), column=title, value=values[at]
            )
            for at in np.flatnonzero(np.abs(values) > limit)
        ]
    if problems:
        raise RowsRefusedError(problems)


def _shift_suspected(places: Places, network: WalkNetwork) -> list[Remark]:
    """Points of a shifted map lie anywhere beside the streets; undone, they come close to them."""
    step = max(1, len(places.lon) // _SAMPLE)
    lon, lat = places.lon[::step], places.lat[::step]
    if len(lon) < _FEWEST or not in_china(lon, lat).all():
        return []
    index = SnapIndex.build(network)
    here = float(np.median(index.snap(lon, lat).metres))
    fits = [
        (float(np.median(index.snap(*to_wgs84(lon, lat, system)).metres)), system)
        for system in (CoordinateSystem.GCJ02, CoordinateSystem.BD09)
    ]
    there, system = min(fits)
    if there > here / 2 or here - there < 15:
        return []
    gaps = {"system": system.upper(), "option": system.value, "file": places.file}
    return [Remark("warn.shifted", gaps | {"here": round(here), "there": round(there)})]
