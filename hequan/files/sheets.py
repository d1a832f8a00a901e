"""Tables going out (导出): templates and downloads as .xlsx, plain results as CSV.

What people typed comes back out as text and never as a formula: a name that begins with `=` must
not run on the desk of the officer who opens the file.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hequan.files.values import Cell

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")
_TITLE_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_LONGEST_CELL = 32_767
_HEAD = PatternFill("solid", start_color="FFE8EEF4")
_NARROWEST, _WIDEST = 8, 48


@dataclass(frozen=True)
class Sheet:
    """One sheet to write: its title, headings, rows, and choices offered for a heading."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]] = ()
    choices: dict[str, Sequence[str]] | None = None
    hints: dict[str, str] | None = None


def write_workbook(stream: BinaryIO, sheets: Sequence[Sheet]) -> None:
    """Write sheets as .xlsx with a frozen, filterable row of headings; no cell is a formula."""
    book = openpyxl.Workbook(write_only=True)
    for number, sheet in enumerate(sheets, start=1):
        _write_sheet(book, sheet, number)
    book.save(stream)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    write_workbook(stream, sheets)
    return stream.getvalue()


def _write_sheet(book: Any, sheet: Sheet, number: int) -> None:
    title = _TITLE_FORBIDDEN.sub(" ", _FORBIDDEN.sub("", sheet.title)).strip("' ")[:31]
    page = book.create_sheet(title or f"Sheet{number}")
    page.freeze_panes = "A2"
    hints = sheet.hints or {}
    for at, heading in enumerate(sheet.headers, start=1):
        width = 2 + sum(2 if ord(char) > 127 else 1 for char in heading)
        page.column_dimensions[get_column_letter(at)].width = min(max(width, _NARROWEST), _WIDEST)
        _offer(page, at, (sheet.choices or {}).get(heading, ()), hints.get(heading, ""))
    page.append([_head_cell(page, heading) for heading in sheet.headers])
    count = 1
    for row in sheet.rows:
        page.append([_body_cell(page, value) for value in row])
        count += 1
    if sheet.headers:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headers))}{count}"


def _head_cell(page: Any, text: str) -> Any:
    cell = _body_cell(page, text)
    cell.font = Font(bold=True)
    cell.fill = _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _body_cell(page: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(page, value=value)
    cell = WriteOnlyCell(page, value=_FORBIDDEN.sub("", value)[:_LONGEST_CELL])
    if cell.data_type in ("f", "e"):
        cell.data_type = "s"
    if value.startswith(_STARTS_FORMULA):
        cell.quotePrefix = True  # stays a text when the cell is edited
    return cell


def _offer(page: Any, at: int, choices: Sequence[str], hint: str) -> None:
    """Attach a list of choices and a hint to a column, below its heading."""
    if not choices and not hint:
        return
    listed = ",".join(choice.replace(",", "，").replace('"', "”") for choice in choices)
    fits = 0 < len(listed) <= 255  # longer lists are not offered: spreadsheets refuse them
    rule = DataValidation(type="list", formula1=f'"{listed}"') if fits else DataValidation()
    rule.allow_blank = True
    rule.showErrorMessage = False
    if hint:
        rule.prompt, rule.showInputMessage = hint[:255], True
    letter = get_column_letter(at)
    rule.add(f"{letter}2:{letter}10000")
    page.data_validations.append(rule)


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it opens a CSV.

    Numbers pass unchanged; anything else that begins like a formula gets an apostrophe in front.
    """
    if text.isprintable() and not text.startswith(_STARTS_FORMULA):
        return text
    clean = _FORBIDDEN.sub("", text)
    if clean.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(clean):
        return f"'{clean}"
    return clean


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV in UTF-8; marked as such where it holds more than ASCII, for Excel's sake."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([safe_text(heading) for heading in headers])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    text = stream.getvalue()
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _csv_cell(value: Cell) -> Cell:
    if value is None:
        return ""
    return safe_text(value) if isinstance(value, str) else value
