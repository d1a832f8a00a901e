"""Tables as a town's officers keep them (表格): CSV, XLSX, XLS and ODS read by their content.

The name of a file says little: a `.xls` may hold HTML, a `.csv` may be GBK. So the first bytes
decide, the row of headings is found below title rows, merged cells are filled down, blank rows
are passed over, and every row keeps the number its owner sees on the screen.
"""

import io
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from hequan.files.delimited import delimited_rows, sniff_delimited
from hequan.files.headers import heading_key
from hequan.files.values import Cell, clean_text
from hequan.files.wording import Note, ReadError
from hequan.files.workbooks import is_workbook, workbook_sheets

MAX_BYTES = 200_000_000
MAX_CELLS = 10_000_000
_ROWS_SEARCHED = 30  # headings deeper than this below a title are not looked for

Numbered = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as the owner sees it (1 = first line) and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A read table: file name, sheet ("" for CSV), headings, rows as wide as the headings."""

    name: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()


def read_table(
    source: Path | bytes,
    *,
    name: str = "",
    known: Collection[str] = (),
    sheet: str = "",
    max_bytes: int = MAX_BYTES,
) -> Table:
    """Read a table from a path or from uploaded bytes; raise FileError if it cannot be used.

    `known` are titles that tell the row of headings (see `headers.titles_of`); without any match
    the first well-filled row is taken. `sheet` picks a sheet; otherwise the best match is read.
    """
    name = name or (source.name if isinstance(source, Path) else "table")
    refuse_too_big(source, name, max_bytes)
    keys = frozenset(heading_key(title) for title in known)
    if is_workbook(source, name):
        return _read_workbook(source, name, keys, sheet)
    return _read_delimited(source, name, keys)


def refuse_too_big(source: Path | bytes, name: str, max_bytes: int = MAX_BYTES) -> None:
    """Raise FileError for a missing, empty or oversized file, before a byte of it is read."""
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
    except OSError:
        raise ReadError("file-missing", file=name) from None
    if isinstance(source, Path) and not source.is_file():
        raise ReadError("file-missing", file=name)
    if size == 0:
        raise ReadError("file-empty", file=name)
    if size >= max_bytes:
        gaps: dict[str, Any] = {"size": round(size / 1e6), "limit": round(max_bytes / 1e6)}
        raise ReadError("file-too-big", file=name, **gaps)


def _read_delimited(source: Path | bytes, name: str, keys: frozenset[str]) -> Table:
    def opened() -> BinaryIO:
        return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)

    form = sniff_delimited(opened, name, keys)
    note = Note("read-as", {"encoding": form.encoding, "delimiter": form.delimiter_name})
    with opened() as stream:
        return _table(name, "", delimited_rows(stream, form, name), keys, [note])


def _read_workbook(source: Path | bytes, name: str, keys: frozenset[str], sheet: str) -> Table:
    tables = [
        (found, _table(name, found.name, found.rows(), keys, found.notes, lenient=True))
        for found in workbook_sheets(source, name, sheet, MAX_CELLS)
    ]
    filled = [table for _, table in tables if table.headers]
    if not filled:
        raise ReadError("table-empty", file=name, sheet=sheet)
    best = max(filled, key=lambda table: _matches(table.headers, keys))
    others = [table.sheet for table in filled if table is not best and table.rows]
    if not others:
        return best
    note = Note("sheet-chosen", {"sheet": best.sheet, "others": ", ".join(others)})
    return Table(best.name, best.sheet, best.headers, best.rows, (*best.notes, note))


def _table(
    name: str,
    sheet: str,
    rows: Iterator[Numbered],
    keys: frozenset[str],
    notes: Sequence[Note],
    *,
    lenient: bool = False,
) -> Table:
    filled = ((number, cells) for number, cells in rows if any(map(clean_text, cells)))
    first = list(itertools.islice(filled, _ROWS_SEARCHED))
    if not first and not lenient:
        raise ReadError("text-blank", file=name)
    if not first:
        return Table(name, sheet, (), ())
    at = _heading_row(first, keys)
    number, headings = first[at]
    found = tuple(_bounded(itertools.chain(first[at + 1 :], filled), name, sheet))
    width = max(len(headings), *(len(row.cells) for row in found), 0) if found else len(headings)
    headers = tuple(clean_text(cell) for cell in headings) + ("",) * (width - len(headings))
    if at:
        notes = [*notes, Note("titles-skipped", {"count": at, "row": number})]
    return Table(name, sheet, headers, _padded(found, width), tuple(notes))


def _bounded(rows: Iterator[Numbered], name: str, sheet: str) -> Iterator[Row]:
    count = 0
    for number, cells in rows:
        count += len(cells)
        if count > MAX_CELLS:
            raise ReadError("too-many-cells", file=name, sheet=sheet, limit=MAX_CELLS)
        yield Row(number, tuple(None if cell == "" else cell for cell in cells))


def _padded(rows: Sequence[Row], width: int) -> tuple[Row, ...]:
    return tuple(
        row if len(row.cells) == width else Row(row.number, _widened(row.cells, width))
        for row in rows
    )


def _widened(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells + (None,) * (width - len(cells))


def _matches(cells: Sequence[Cell], keys: frozenset[str]) -> int:
    return len({heading_key(clean_text(cell)) for cell in cells} & keys)


def _heading_row(rows: Sequence[Numbered], keys: frozenset[str]) -> int:
    """The row with most known titles; without any, the first one filled like the widest."""
    scores = [_matches(cells, keys) for _, cells in rows]
    if max(scores) > 0:
        return scores.index(max(scores))
    filled = [sum(1 for cell in cells if clean_text(cell)) for _, cells in rows]
    return next(at for at, count in enumerate(filled) if count * 2 >= max(filled))
