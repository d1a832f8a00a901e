"""The working calendar from a year's file (节假日安排): days off and days worked to make up.

Takes the JSON that the public holiday-cn collection offers for every year's notice of the State
Council, or a table of date, name and whether the day is off. A year is replaced as a whole.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.calendar_days import CalendarDay, NamedDay, replace_calendar_year
from hequan.core.file_words import remark_of, sentence
from hequan.core.import_rows import (
    ImportRow,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportKind, ImportOptions, ImportPlan, Remark, RowFate, register
from hequan.core.kinds import Capability, Fate
from hequan.files.headers import Field
from hequan.files.tables import refuse_too_big
from hequan.files.values import CellError, parse_day, parse_yes_no
from hequan.files.wording import ReadError, cell_refused

KIND = "calendar"
_OFF_TITLES = ("是否放假", "放假", "休息", "isOffDay", "off")
FIELDS = (
    Field("day", ("日期", "date"), True, parse_day),
    Field("name", ("名称", "节日", "节日名称")),
    Field("is_off", _OFF_TITLES, True, parse_yes_no),
)
_MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class _YearFile:
    """What a file says: its rows, the year it is for where it tells, and where it comes from."""

    rows: list[ImportRow]
    year: int | None
    source: str
    notes: tuple[Remark, ...] = ()
    columns: Mapping[str, str] | None = None


def read_calendar(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read one year's days and decide every day's fate; nothing is written."""
    if Path(file_name).suffix.lower() == ".json":
        found = _read_json(path, file_name)
    else:
        table = read_rows(path, file_name, FIELDS, options)
        found = _YearFile(list(table.rows), None, file_name, table.notes, table.columns)
    rows = refuse_repeated(found.rows, "day", "date")
    year = found.year or _commonest_year(rows)
    known = {row.day: row for row in CalendarDay.objects.select_related("year")}
    fates = [_fate(row, year, known) for row in rows]
    kept = [
        NamedDay(row.values["day"], row.text("name")[:32], bool(row.values["is_off"]))
        for row, fate in zip(rows, fates, strict=True)
        if fate.fate != Fate.REFUSED
    ]
    gone = _gone(known, kept, year)
    changed = gone or any(fate.fate in (Fate.NEW, Fate.CHANGED) for fate in fates)

    def write(by: Account, at: datetime) -> None:
        if year is not None and changed:
            replace_calendar_year(year=year, days=kept, source=found.source, by=by, at=at)

    notes = (*found.notes, *_notes(year, rows, gone))
    return ImportPlan(KIND, file_name, fates, write, found.columns or {}, notes)


def _read_json(path: Path, file_name: str) -> _YearFile:
    refuse_too_big(path, file_name, _MOST_BYTES)
    try:
        told = json.loads(path.read_bytes())
        year, days = int(told["year"]), list(told["days"])
        papers = ", ".join(str(paper) for paper in told.get("papers", ()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ReadError("calendar-unreadable", file=file_name) from None
    rows = [_json_row(number, one, file_name) for number, one in enumerate(days, start=1)]
    return _YearFile(rows, year, papers or file_name)


def _json_row(number: int, one: Any, file_name: str) -> ImportRow:
    told = one if isinstance(one, dict) else {}
    values: dict[str, Any] = {"name": str(told.get("name", ""))}
    refusals = []
    for field, key in (("day", "date"), ("is_off", "isOffDay")):
        try:
            values[field] = (parse_day if field == "day" else parse_yes_no)(told.get(key))
            if values[field] is None:
                raise CellError("cell-blank", None)
        except CellError as error:
            wrong = cell_refused(error, file=file_name, row=number, column=key)
            refusals.append(remark_of(wrong))
    return ImportRow(number, values, tuple(refusals))


def _commonest_year(rows: Sequence[ImportRow]) -> int | None:
    years = [row.values["day"].year for row in rows if row.values.get("day")]
    return max(set(years), key=years.count) if years else None


def _fate(row: ImportRow, year: int | None, known: Mapping[date, CalendarDay]) -> RowFate:
    day = row.values.get("day")
    label = f"{day} {row.text('name')}" if day else row.text("name")
    old = known.get(day) if day else None
    if day and old is not None and old.year.year != year:
        text = _("the notice of {year} names this day already")
        said = sentence(text, year=old.year.year)
        row = row.refused(Remark(said, "date", str(day), _("Keep it in one of the two files.")))
    if day and year is not None and abs(day.year - year) > 1:
        text = sentence(_("the day does not belong to {year}"), year=year)
        row = row.refused(
            Remark(text, "date", str(day), _("Give every year in a file of its own."))
        )
    if row.refusals:
        return refused_fate(row, label)
    if old is None:
        return RowFate(row.number, Fate.NEW, label)
    pairs = {
        "name": (old.name, row.text("name")[:32]),
        "is_off": (old.is_off, bool(row.values["is_off"])),
    }
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return RowFate(row.number, Fate.CHANGED if changes else Fate.SAME, label, changes)


def _gone(
    known: Mapping[date, CalendarDay], kept: Sequence[NamedDay], year: int | None
) -> list[date]:
    """Days the year names today and the file does not."""
    named = {one.day for one in kept}
    return sorted(day for day, row in known.items() if row.year.year == year and day not in named)


def _notes(year: int | None, rows: Sequence[ImportRow], gone: Sequence[date]) -> list[Remark]:
    found = []
    if not rows:
        text = _("The file names no day of {year}: the notice may not have been given yet.")
        found.append(Remark(sentence(text, year=year or "?")))
    if gone:
        text = _("Named until now and not in the file, so they go: {days}.")
        found.append(Remark(sentence(text, days=", ".join(str(day) for day in gone))))
    return found


def calendar_template() -> bytes:
    """Return the table to fill in, as .xlsx with example rows."""
    columns = (("日期", "day"), ("名称", "name"), ("是否放假", "is_off"))
    rows = [["2026-01-01", "元旦", "是"], ["2026-01-04", "元旦", "否"]]
    return template_book("节假日 calendar", columns, rows, {"is_off": ["是", "否"]})


def announce() -> None:
    """Register the kind."""
    register(
        ImportKind(
            code=KIND,
            title=_("Public holidays and make-up working days"),
            explanation=_("One year's notice: the days off and the weekend days worked instead."),
            capability=Capability.IMPORT_FILES,
            read=read_calendar,
            template=calendar_template,
            suffixes=(".json", ".xlsx", ".csv"),
            shared=True,
        )
    )
