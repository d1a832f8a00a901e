"""Which kind of OpenStreetMap file it is (文件格式), told by its first bytes."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium

from hequan.files.errors import FileError

_EXPORT_AGAIN = "Export or download the extract again and give the complete file."


def open_osm(path: str | Path) -> osmium.io.File:
    """Return the file for the reader, or refuse what is absent, empty or no map extract."""
    path = Path(path)
    if not path.is_file():
        raise FileError(
            "osm.absent", "there is no such file", file=path, remedy="Check the path and the name."
        )
    if path.stat().st_size == 0:
        raise FileError("osm.empty", "the file is empty", file=path, remedy=_EXPORT_AGAIN)
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
    raise FileError(
        "osm.foreign",
        "this is not an OpenStreetMap extract",
        file=path,
        remedy="Give a file of the kind .osm, .osm.gz or .osm.pbf.",
    )


def _gunzipped(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(64)
    except (OSError, EOFError, zlib.error):
        raise _damaged(path, "the compressed file ends too early or is damaged") from None


def _is_xml_map(start: bytes) -> bool:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"<?xml", b"<osm", b"<!--"))


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Turn whatever the reader says about a broken file into one `FileError`."""
    try:
        yield
    except FileError:
        raise
    except (RuntimeError, OSError, EOFError) as error:
        raise _damaged(path, f"the file ends too early or is damaged: {error}") from error


def _damaged(path: str | Path, message: str) -> FileError:
    return FileError("osm.damaged", message, file=path, remedy=_EXPORT_AGAIN)
