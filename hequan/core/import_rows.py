"""Reading a file for import (导入读取): a table or a map file as rows of our fields.

Shared by every kind whose file is a table: the columns are found, each cell is read or refused with
its place, points are converted to WGS-84, and codes that stand twice are refused.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext_lazy as _

from hequan.core.file_words import remark_of, remark_of_note, sentence
from hequan.core.imports import ImportOptions, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.coordinates import CoordinateSystem, to_wgs84
from hequan.files.errors import FileError
from hequan.files.features import Features, read_features
from hequan.files.headers import Field, Mapping, Record, heading_key, match_headers, titles_of
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.files.tables import Table, read_table
from hequan.files.values import Cell, CellError, clean_text
from hequan.files.wording import ReadError

MAP_SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".kml", ".gml", ".fgb")
TABLE_SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class ImportRow:
    """One row of a file: the values by our field names, and what is wrong with its cells."""

    number: int
    values: Pairs[str, Any]
    refusals: tuple[Remark, ...] = ()

    def text(self, name: str) -> str:
        """Return a value as text, empty where it is absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def refused(self, remark: Remark) -> "ImportRow":
        """Return the row with one more refusal."""
        return replace(self, refusals=(*self.refusals, remark))


@dataclass(frozen=True)
class ImportTable:
    """A file read for import: its rows, which heading is which field, and what was noted."""

    file_name: str
    rows: tuple[ImportRow, ...]
    columns: Pairs[str, str]
    notes: tuple[Remark, ...] = ()
    features: Features | None = field(default=None, repr=False)

    def column(self, name: str) -> str:
        """Return the heading of a field in this file, or the field's own name."""
        return self.columns.get(name, name)

    def has(self, name: str) -> bool:
        """Tell whether the file has a column for this field."""
        return name in self.columns


def coordinate_system(options: ImportOptions) -> CoordinateSystem:
    """Return the system the file's points are in; FileError for a word that names none."""
    try:
        return CoordinateSystem(options.coordinates or "wgs84")
    except ValueError:
        raise unknown_choice("coordinates", options.coordinates, list(CoordinateSystem)) from None


def read_rows(
    path: Path, file_name: str, fields: Sequence[Field], options: ImportOptions
) -> ImportTable:
    """Read a table or a map file as rows of these fields, points already in WGS-84.

    FileError where the file or its headings cannot be used; a cell that cannot be read is refused
    in its row.
    """
    return rows_of(open_table(path, file_name, fields, options), fields, options)


@dataclass(frozen=True)
class OpenTable:
    """A file opened and not yet understood: its headings and cells, and its shapes if any."""

    table: Table
    features: Features | None = None

    def has(self, one: Field, options: ImportOptions) -> bool:
        """Tell whether a column for this field is named or can be told by its heading."""
        named = bool(options.columns.get(one.name))
        return named or any(heading_key(title) in one.keys for title in self.table.headers)


def open_table(
    path: Path, file_name: str, fields: Sequence[Field], options: ImportOptions
) -> OpenTable:
    """Open a table or a map file; FileError where it cannot be read at all."""
    if Path(file_name).suffix.lower() in MAP_SUFFIXES:
        features = read_features(path, name=file_name, system=coordinate_system(options))
        return OpenTable(features.table(), features)
    return OpenTable(read_table(path, name=file_name, known=titles_of(fields)))


def rows_of(opened: OpenTable, fields: Sequence[Field], options: ImportOptions) -> ImportTable:
    """Return an opened file as rows of these fields, points in WGS-84."""
    system, table = coordinate_system(options), opened.table
    columns = {name: title for name, title in options.columns.items() if title}
    sheet = "" if opened.features is not None else table.sheet
    mapping = match_headers(table.headers, fields, file=table.name, sheet=sheet, explicit=columns)
    rows = [_row(mapping.record(row.number, row.cells)) for row in table.rows]
    if opened.features is None:
        rows = _in_wgs84(rows, system)
    named = {name: mapping.column_title(name) for name in mapping.columns}
    notes = (*(remark_of_note(note) for note in table.notes), *_unused(mapping, opened))
    return ImportTable(table.name, tuple(rows), named, notes, opened.features)


def _row(record: Record) -> ImportRow:
    refusals = tuple(remark_of(problem) for problem in record.problems)
    return ImportRow(record.number, record.values, refusals)


def _unused(mapping: Mapping, opened: OpenTable) -> tuple[Remark, ...]:
    made_here = {"lon", "lat"} if opened.features is not None else set()
    unused = [title for title in mapping.unused if title not in made_here]
    if not unused:
        return ()
    listed = ", ".join(unused[:12]) + (" …" if len(unused) > 12 else "")
    return (Remark(sentence(_("Columns not used: {columns}."), columns=listed)),)


def _in_wgs84(rows: list[ImportRow], system: CoordinateSystem) -> list[ImportRow]:
    if system in (CoordinateSystem.WGS84, CoordinateSystem.CGCS2000):
        return rows
    lon, lat = points_of(rows)
    moved_lon, moved_lat = to_wgs84(lon, lat, system)
    return [
        row
        if np.isnan(x)
        else replace(row, values={**row.values, "lon": float(x), "lat": float(y)})
        for row, x, y in zip(rows, moved_lon, moved_lat, strict=True)
    ]


def points_of(rows: Iterable[ImportRow]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return longitude and latitude of every row, NaN where either is missing."""
    pairs = [(row.values.get("lon"), row.values.get("lat")) for row in rows]
    known = [(x, y) if x is not None and y is not None else (np.nan, np.nan) for x, y in pairs]
    array = np.asarray(known, dtype=np.float64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def refuse_repeated(rows: Iterable[ImportRow], name: str, column: str) -> list[ImportRow]:
    """Return the rows, refusing each whose value of a field stood in an earlier row."""
    first: dict[str, int] = {}
    checked = []
    for row in rows:
        value = row.text(name)
        if value and value in first:
            row = row.refused(
                Remark(
                    sentence(_("stands in row {row} already"), row=first[value]),
                    column=column,
                    value=value,
                    remedy=_("Keep one of the two rows, or correct the code."),
                )
            )
        elif value:
            first[value] = row.number
        checked.append(row)
    return checked


def one_of(choices: Pairs[str, Any]) -> Callable[[Cell], str | None]:
    """Return a cell reader that takes a code or one of its words in either language.

    `choices` maps words (any spelling) to codes; an unknown word is refused with the first word
    and the code of each choice.
    """
    by_key = {heading_key(word): code for word, code in choices.items()}
    spelt = {str(code): str(code) for code in choices.values()}
    for word, code in reversed(list(choices.items())):
        if word != str(code):
            spelt[str(code)] = f"{word} ({code})"
    known = ", ".join(spelt.values())

    def read(cell: Cell) -> str | None:
        text = clean_text(cell)
        if not text:
            return None
        if heading_key(text) not in by_key:
            raise CellError("not-a-choice", cell, choices=known)
        return str(by_key[heading_key(text)])

    return read


def unknown_choice(name: str, value: str, choices: Iterable[str]) -> FileError:
    """Return the refusal of an option that names nothing."""
    return ReadError("not-a-choice", column=name, value=value, choices=", ".join(choices))


def refused_fate(row: ImportRow, label: str, warnings: Sequence[Remark] = ()) -> RowFate:
    """Return the fate of a row that is not written."""
    return RowFate(row.number, Fate.REFUSED, label, {}, row.refusals, tuple(warnings))


def outside_reach(row: ImportRow, column: str, value: str) -> ImportRow:
    """Return the row refused because whoever imports may not write there."""
    return row.refused(
        Remark(
            _("lies outside the part of the territory you may write"),
            column=column,
            value=value,
            remedy=_("Ask an office whose part it is to import this row."),
        )
    )


def template_book(
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Cell]],
    choices: Pairs[str, Sequence[str]] | None = None,
) -> bytes:
    """Return an .xlsx template: bilingual headings, a few example rows, choices per column.

    `columns` are pairs of the Chinese title and the field's name.
    """
    headers = [f"{chinese} ({name})" for chinese, name in columns]
    by_name = dict(zip([name for _, name in columns], headers, strict=True))
    offered: dict[str, Sequence[str]] = {
        by_name[name]: list(words) for name, words in (choices or {}).items()
    }
    return workbook_bytes([Sheet(title, headers, rows, choices=offered)])
