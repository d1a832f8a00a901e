"""Which kind of OpenStreetMap file it is (文件格式), told by its first bytes."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium

from hequan.files.errors import FileError
from hequan.files.wording import ReadError


def open_osm(path: str | Path) -> osmium.io.File:
    """Return the file for the reader, or refuse what is absent, empty or no map extract."""
    path = Path(path)
    if not path.is_file():
        raise ReadError("file-missing", file=path)
    if path.stat().st_size == 0:
        raise ReadError("file-empty", file=path)
    return osmium.io.File(str(path), _kind_of(path))


def _kind_of(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(64)
    if start[:2] == b"\x1f\x8b":
        inner = _gunzipped(path)
        if _is_xml_map(inner):
            return "osm.gz"
    elif _is_xml_map(start):
        return "osm"
    elif b"OSMHeader" in start[:32]:
        return "pbf"
    raise ReadError("osm-foreign", file=path)


def _gunzipped(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(64)
    except (OSError, EOFError, zlib.error):
        raise ReadError("osm-damaged", file=path, why="gzip") from None


def _is_xml_map(start: bytes) -> bool:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"<?xml", b"<osm", b"<!--"))


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Turn whatever the reader says about a broken file into one refusal."""
    try:
        yield
    except FileError:
        raise
    except (RuntimeError, OSError, EOFError) as error:
        raise ReadError("osm-damaged", file=path, why=str(error).strip().rstrip(".")) from error
