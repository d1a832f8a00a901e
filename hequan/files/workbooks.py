"""Workbooks (工作簿): XLSX, XLS and ODS opened safely, merged cells filled down.

A workbook is a zip whose few kilobytes may unfold into gigabytes, and one stray cell at XFD1048576
makes any reader lay out seventeen thousand million cells. Both are measured before the workbook
is opened.
"""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine

from hequan.files.other_kinds import refuse_other_kind
from hequan.files.values import Cell, clean_text
from hequan.files.wording import Note, ReadError

MAX_UNFOLDED_BYTES = 1_000_000_000
SMALL_BYTES = 50_000_000  # unfolded: below it the ratio says nothing
MAX_RATIO = 100  # sheets unfold to 5 to 60 times their size, bombs to 400 and more
MAX_PARTS = 10_000
MAX_MERGES = 100_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 1 << 20
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{1,7})[\"'][^>]*(?<!/)>")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b")
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table)\b([^>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")

_PANIC = "PanicException"

Grid = list[list[Any]]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Sheet:
    """One sheet with anything in it: its name, its cells from A1 on, and what was noticed."""

    name: str
    grid: Grid
    notes: list[Note] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Yield row number and cells from the first row of the sheet on."""
        return ((number, cells) for number, cells in enumerate(self.grid, start=1))


def is_workbook(source: Path | bytes, name: str) -> bool:
    """Return whether the content is a workbook; raise FileError for what is no table at all."""
    refuse_other_kind(source, name)
    if isinstance(source, Path):
        with source.open("rb") as stream:
            start = stream.read(64)
    else:
        start = source[:64]
    if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise ReadError("web-page", file=name)
    return start.startswith(_ZIP) or start.startswith(_OLE)


def workbook_sheets(source: Path | bytes, name: str, sheet: str, max_cells: int) -> Iterator[Sheet]:
    """Yield the visible sheets (or the one asked for); raise FileError for a dangerous workbook."""
    stream = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
    with stream:
        _refuse_bomb(stream, name, max_cells)
        stream.seek(0)
        try:
            yield from _opened_sheets(stream, name, sheet)
        except calamine.PasswordError:
            raise ReadError("workbook-locked", file=name) from None
        except BaseException as error:
            # a malformed workbook may end in a panic, which is no Exception
            if isinstance(error, calamine.CalamineError) or type(error).__name__ == _PANIC:
                raise ReadError("workbook-damaged", file=name) from None
            raise


def _opened_sheets(stream: Any, name: str, sheet: str) -> Iterator[Sheet]:
    with calamine.load_workbook(stream) as book:
        visible = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
            and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
        if sheet and sheet not in book.sheet_names:
            raise ReadError("sheet-missing", file=name, wanted=sheet, sheets=", ".join(visible))
        for title in [sheet] if sheet else visible:
            yield _sheet(book.get_sheet_by_name(title))


def _sheet(page: calamine.CalamineSheet) -> Sheet:
    grid: Grid = page.to_python(skip_empty_area=False)
    filled = _fill_down(grid, page.merged_cell_ranges or [])
    notes = [Note("merged-filled", {"count": filled})] if filled else []
    return Sheet(page.name, grid, notes)


def _fill_down(grid: Grid, merges: Sequence[Merge]) -> int:
    """Copy the value of each merged range down its first column; return how many were copied.

    Not across: a total written over several columns is not the value of each of them.
    """
    count = 0
    for (top, left), (bottom, _) in merges:
        if top >= len(grid) or left >= len(grid[top]) or not clean_text(grid[top][left]):
            continue
        for row in grid[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = grid[top][left]
                count += 1
    return count


def _refuse_bomb(stream: Any, name: str, max_cells: int) -> None:
    if stream.read(4) != _ZIP:
        return  # the old binary format is bounded by itself: 65 536 rows of 256 columns
    try:
        with zipfile.ZipFile(stream) as packed:
            _refuse_unfolding(packed.infolist(), name)
            for part in packed.namelist():
                _refuse_wide(packed, part, name, max_cells)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        raise ReadError("workbook-damaged", file=name) from None


def _refuse_unfolding(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Go by what the file says of itself: a reader stops where a part is larger than it said."""
    unfolded = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    limit = min(MAX_UNFOLDED_BYTES, max(SMALL_BYTES, MAX_RATIO * packed))
    if len(parts) > MAX_PARTS:
        raise ReadError("workbook-damaged", file=name)
    if unfolded > limit:
        gaps: dict[str, Any] = {"size": round(unfolded / 1e6), "limit": round(limit / 1e6)}
        raise ReadError("unfolds-too-big", file=name, **gaps)


def _refuse_wide(packed: zipfile.ZipFile, part: str, name: str, max_cells: int) -> None:
    if part == "content.xml":
        cells = _ods_cells(packed, part)
    elif part.endswith(".xml"):
        cells = _xlsx_cells(packed, part)
    else:
        return
    if cells > max_cells:
        raise ReadError("too-many-cells", file=name, limit=max_cells)


def _xlsx_cells(packed: zipfile.ZipFile, part: str) -> int:
    """Rows times columns up to the last filled cell: what a reader will lay out."""
    last_row = last_column = merges = 0
    for piece in _pieces(packed, part):
        merges += len(_MERGE.findall(piece))
        if merges > MAX_MERGES:
            raise zipfile.BadZipFile(part)
        found = _FILLED_CELL.findall(piece)
        last_row = max([last_row, *(int(row) for row in _ROW_NUMBER.findall(piece))])
        last_row = max([last_row, *(int(row) for _, row in found)])
        last_column = max([last_column, *(_column_number(letters) for letters, _ in found)])
    return last_row * last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(packed: zipfile.ZipFile, part: str) -> int:
    """Rows times columns up to the last filled cell of the largest table; repeats unfolded."""
    most = rows = columns = last_row = last_column = 0
    for piece in _pieces(packed, part):
        for kind, attributes in _ODS_TAG.findall(piece):
            if kind == b"table":
                rows = last_row = last_column = 0
            elif kind == b"table-row":
                rows, columns = rows + _repeats(attributes), 0
            else:
                columns += _repeats(attributes)
                if not attributes.endswith(b"/"):
                    last_row, last_column = rows, max(last_column, columns)
                    most = max(most, last_row * last_column)
    return most


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _pieces(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that never cut a tag in two."""
    kept = b""
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            whole = kept + piece
            cut = max(whole.rfind(b"<"), 0)
            kept = whole[cut:]
            yield whole[:cut]
    yield kept
