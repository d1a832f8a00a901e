"""Taking one's data with her (个人信息转移): one zip with JSON for machines and a workbook to read.

Plain tables in, bytes out; the words of titles and fields come from whoever asks.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

FORMAT = "hequan-own-data/1"
_LONGEST_SHEET = 31  # letters of a sheet's name, by the format
_NO_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ExportTable:
    """One table in words: code name, title, code names and words of the columns, rows."""

    label: str
    title: str
    fields: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def own_archive(tables: Sequence[ExportTable], made_at: datetime) -> bytes:
    """Return the zip: `data.json` with code names and values, `data.xlsx` in words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(_plain(tables, made_at), ensure_ascii=False))
        archive.writestr("data.xlsx", _workbook(tables))
    return out.getvalue()


def _plain(tables: Sequence[ExportTable], made_at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "tables": {
            table.label: [
                {name: _value(one) for name, one in zip(table.fields, row, strict=True)}
                for row in table.rows
            ]
            for table in tables
        },
    }


def _value(one: Any) -> Any:
    return one.isoformat() if isinstance(one, date) else one


def _workbook(tables: Sequence[ExportTable]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"{number} {_sheet_name(table.title)}"[:_LONGEST_SHEET])
        sheet.append(list(table.headings))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in table.rows:
            sheet.append([_cell(one) for one in row])
        sheet.freeze_panes = "A2"
        for column in sheet.columns:
            wide = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(2 * wide + 2, 60)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in r"[]:*?/\'")


def _cell(one: Any) -> Any:
    """A value a spreadsheet takes; text is never a formula."""
    if isinstance(one, datetime):
        return one.isoformat(sep=" ", timespec="minutes")
    if isinstance(one, list | dict):
        return json.dumps(one, ensure_ascii=False) if one else ""
    if isinstance(one, str) and one.startswith(_NO_FORMULA):
        return f"'{one}"
    return one
