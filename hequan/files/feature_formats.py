"""Which map files are opened at all (可读的地图格式): those that hold their data themselves.

The library that reads map files knows many formats, and some of them (virtual layers, pipelines,
schemas on the web) read whatever path or address their author wrote into them. A file handed in
by anybody must not make the server read its own disk, so the first bytes have to agree with the
name, and only formats that point nowhere are let through.
"""

import json
import mmap
import re
import zipfile
from pathlib import Path

from hequan.files.wording import ReadError

MAX_UNFOLDED_BYTES = 1_000_000_000
_SHAPEFILE_PARTS = frozenset(
    (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".cst", ".xml", ".txt")
)
_JSON_TYPES = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|(Multi)?(Point|LineString|Polygon)|Topology|'
    rb'GeometryCollection)"'
)
_PIPELINE = b"gdal_streamed_alg"
# a coordinate system may be named, but not by an address to fetch it from; a letter written as
# \u0063 is only ever written so to get past a check like this one
_CRS = re.compile(rb'"crs"\s*:\s*')
_HIDDEN_LETTER = re.compile(rb"\\u00(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])", re.IGNORECASE)
_LONGEST_CRS = 4096
_NAMED_CRS = frozenset(("name", "EPSG", "OGC"))
_KML_ROOT = re.compile(rb"^(?:\s*<(?:\?|!--)[^>]*>)*\s*<(?:\w+:)?kml\b")  # no DOCTYPE
_START = 1 << 16


def is_feature_file(name: str) -> bool:
    """Return whether a file of this name is a map file, so that `read_features` should read it."""
    return Path(name).suffix.lower() in _CHECKS


def refuse_foreign(path: Path, name: str) -> None:
    """Raise FileError unless the content is what the name says and points to nothing outside."""
    check = _CHECKS.get(Path(name).suffix.lower())
    with path.open("rb") as stream:
        start = stream.read(_START).removeprefix(b"\xef\xbb\xbf")
    if check is None or not check(path, start):
        raise ReadError("features-unreadable", file=name)


def _is_json(path: Path, start: bytes) -> bool:
    if start.lstrip()[:1] != b"{" or not _JSON_TYPES.search(start):
        return False
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if text.find(_PIPELINE) >= 0 or _HIDDEN_LETTER.search(text):
            return False
        places = [found.end() for found in _CRS.finditer(text)]
        return all(_is_named_crs(text[at : at + _LONGEST_CRS]) for at in places)


def _is_named_crs(text: bytes) -> bool:
    try:
        found, _end = json.JSONDecoder().raw_decode(text.decode("utf-8", "replace"))
    except ValueError:
        return False
    return not isinstance(found, dict) or found.get("type", "name") in _NAMED_CRS


def _is_package(path: Path, start: bytes) -> bool:
    return start.startswith(b"SQLite format 3\x00")


def _is_flat(path: Path, start: bytes) -> bool:
    return start.startswith(b"fgb")


def _is_shapefile(path: Path, start: bytes) -> bool:
    return start.startswith(b"\x00\x00\x27\x0a")


def _is_zipped_shapefile(path: Path, start: bytes) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
    except (zipfile.BadZipFile, OSError):
        return False
    suffixes = {Path(part.filename).suffix.lower() for part in parts}
    small = sum(part.file_size for part in parts) <= MAX_UNFOLDED_BYTES
    return small and ".shp" in suffixes and suffixes <= _SHAPEFILE_PARTS


def _is_kml(path: Path, start: bytes) -> bool:
    return bool(_KML_ROOT.match(start))


_CHECKS = {
    ".geojson": _is_json,
    ".json": _is_json,
    ".geojsonl": _is_json,
    ".topojson": _is_json,
    ".gpkg": _is_package,
    ".fgb": _is_flat,
    ".shp": _is_shapefile,
    ".zip": _is_zipped_shapefile,
    ".kml": _is_kml,
}
