"""CSV without a label (分隔文本): encoding and separator told from the content, rows streamed.

Excel in China saves CSV as GBK, Excel elsewhere as Windows-1252 or with semicolons, and copied
cells come with tabs. The whole file is tried in pieces, so that one wrong byte at its end is seen
without holding the file in memory.
"""

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from hequan.files.headers import heading_key
from hequan.files.wording import ReadError

Opener = Callable[[], BinaryIO]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 20
_SAMPLE_LINES = 60
_DELIMITERS = {",": ",", "\t": "Tab", ";": ";"}
_MARK = "�"


@dataclass(frozen=True)
class Form:
    """How a delimited text is written: Python's name of its encoding, and its separator."""

    encoding: str
    delimiter: str

    @property
    def delimiter_name(self) -> str:
        """Return the separator as it can be shown."""
        return _DELIMITERS[self.delimiter]


def sniff_delimited(opened: Opener, name: str, keys: frozenset[str]) -> Form:
    """Return encoding and separator; raise FileError for what is no text or a damaged one."""
    encoding = _sniff_encoding(opened, name)
    with opened() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        lines = [line for line, _ in zip(text, range(_SAMPLE_LINES), strict=False)]
        text.detach()
    return Form(encoding, _sniff_delimiter(lines, keys))


def delimited_rows(stream: BinaryIO, form: Form, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield row number and cells, one by one; raise FileError at a quote that never closes."""
    text = io.TextIOWrapper(stream, encoding=form.encoding, newline="")
    try:
        yield from _numbered(csv.reader(text, delimiter=form.delimiter, strict=True), name)
    finally:
        text.detach()  # whoever opened the stream closes it


def _numbered(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    for number in itertools.count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ReadError("bad-quotes", file=name, row=number) from None
        if not (number == 1 and len(cells) <= 2 and cells and cells[0].startswith("sep=")):
            yield number, cells


def _sniff_encoding(opened: Opener, name: str) -> str:
    with opened() as stream:
        start = stream.read(4096)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            _refuse_broken(opened, encoding, name)
            return encoding
    if b"\0" in start:
        return _utf16_without_mark(opened, start, name)
    good, broken = _tried(opened, "utf-8")
    if not broken:
        return "utf-8"
    if good > 3 * broken:
        raise ReadError("broken-encoding", file=name, encoding="UTF-8")
    return _gbk_or_western(opened, name)


def _refuse_broken(opened: Opener, encoding: str, name: str) -> None:
    if _tried(opened, encoding)[1]:
        raise ReadError(
            "broken-encoding", file=name, encoding=encoding.removesuffix("-sig").upper()
        )


def _utf16_without_mark(opened: Opener, start: bytes, name: str) -> str:
    """UTF-16 shows itself by the zero halves of its ASCII letters; other zeros are no text."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 10 > max(even, odd) or _tried(opened, encoding)[1]:
        raise ReadError("not-a-table", file=name)
    return encoding


def _gbk_or_western(opened: Opener, name: str) -> str:
    """GBK where most of its pairs are everyday characters; Windows-1252 where they are not.

    Any bytes make sense of some kind in Windows-1252 (Big5, Shift-JIS, Windows-1251), so it is
    taken only where its letters stand among plain ones, as in all that is written with it.
    """
    good, broken = _tried(opened, "gb18030")
    if not broken and _everyday(opened) * 2 >= good:
        return "gb18030"
    if not _tried(opened, "cp1252")[1] and _is_western(opened):
        return "cp1252"
    raise ReadError("unknown-encoding", file=name)


def _tried(opened: Opener, encoding: str) -> tuple[int, int]:
    """How many characters beyond ASCII decode, and how many pieces do not."""
    good = broken = 0
    for text in _decoded(opened, encoding):
        marks = text.count(_MARK)
        broken += marks
        good += len(text) - marks - len(text.encode("ascii", "ignore"))
    return good, broken


def _everyday(opened: Opener) -> int:
    common = 0
    for text in _decoded(opened, "gb18030"):
        beyond = [char for char in text if ord(char) > 127]
        common += len("".join(beyond).encode("gb2312", "ignore")) // 2
    return common


def _is_western(opened: Opener) -> bool:
    plain = beyond = 0
    for text in _decoded(opened, "cp1252"):
        plain += sum(1 for char in text if char.isascii() and char.isalpha())
        beyond += sum(1 for char in text if not char.isascii())
    return beyond <= plain


def _decoded(opened: Opener, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with opened() as stream:
        while piece := stream.read(_PIECE):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _sniff_delimiter(lines: list[str], keys: frozenset[str]) -> str:
    if lines and lines[0][:5] in {f"sep={mark}" for mark in _DELIMITERS}:
        return lines[0][4]
    return max(_DELIMITERS, key=lambda mark: _fit(lines, mark, keys))


def _fit(lines: list[str], mark: str, keys: frozenset[str]) -> tuple[int, int, int]:
    """Known headings in one row, then how many rows are equally wide, then how wide."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row]
    except csv.Error:
        return 0, 0, 0
    known = max((len({heading_key(cell) for cell in row} & keys) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return known, count, width
