"""Which map files are opened at all (可读的地图格式): those that hold their data themselves.

The library that reads map files knows many formats, and some of them (virtual layers, pipelines,
schemas on the web) read whatever path or address their author wrote into them. A file handed in
by anybody must not make the server read its own disk, so the first bytes have to agree with the
name, and only formats that point nowhere are let through.
"""

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
_KML_ROOT = re.compile(rb"^(?:\s*<[?!][^>]*>)*\s*<(?:\w+:)?kml\b")
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
    return start.lstrip()[:1] == b"{" and bool(_JSON_TYPES.search(start)) and _PIPELINE not in start


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
