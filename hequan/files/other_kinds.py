"""What a file really is that calls itself a table (冒名文件): told by its first bytes.

A PDF renamed `.csv` has no "missing column": whoever handed it in is told what it is, and what to
hand in instead.
"""

import io
import zipfile
from pathlib import Path
from typing import BinaryIO

from hequan.files.wording import ReadError

_HEAD = 1 << 20
_STARTS = (
    (b"%PDF", "is-pdf"),
    (b"\x89PNG\r\n", "is-picture"),
    (b"\xff\xd8\xff", "is-picture"),
    (b"GIF8", "is-picture"),
    (b"II*\0", "is-picture"),
    (b"MM\0*", "is-picture"),
    (b"{\\rtf", "is-text-document"),
    (b"\x1f\x8b", "is-archive"),
    (b"Rar!\x1a", "is-archive"),
    (b"7z\xbc\xaf", "is-archive"),
    (b"BZh91AY", "is-archive"),
    (b"\xfd7zXZ\0", "is-archive"),
    (b"SQLite format 3\0", "is-database"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_AFTER = b'"{[]}'
_OLE_STREAMS = (
    ("WordDocument", "is-text-document"),
    ("PowerPoint Document", "is-slides"),
)


def refuse_other_kind(source: Path | bytes, name: str) -> None:
    """Raise FileError, naming what it is, for a file of a well-known kind that is no table."""
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as stream:
        head = stream.read(_HEAD)
        code = _by_start(head) or _by_parts(stream, head)
    if code:
        raise ReadError(code, file=name)


def _by_start(head: bytes) -> str:
    found = next((code for start, code in _STARTS if head.startswith(start)), "")
    if found:
        return found
    if head[4:8] == b"ftyp":  # photos of phones, and films
        return "is-picture"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "is-picture"
    return "is-json" if _is_json(head) else ""


def _is_json(head: bytes) -> bool:
    """A title row such as `[draft] residents` is none: JSON goes on with a quote or a bracket."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    after = text[1:].lstrip()[:1]
    return text[:1] in (b"{", b"[") and after != b"" and after in _JSON_AFTER


def _by_parts(stream: BinaryIO, head: bytes) -> str:
    if head.startswith(_OLE):
        named = ((name.encode("utf-16-le"), code) for name, code in _OLE_STREAMS)
        return next((code for name, code in named if name in head), "")
    return _by_archive(stream) if head.startswith(_ZIP) else ""


def _by_archive(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""  # cut off, perhaps: a damaged workbook
    tops = {part.partition("/")[0] for part in parts}
    if "word" in tops:
        return "is-text-document"
    if "ppt" in tops:
        return "is-slides"
    return "" if tops & {"xl", "content.xml"} else "is-archive"
