"""People of units by age band as of a day (分年龄人口)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    refuse_repeated,
    refused_fate,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.values import CellError, parse_day
from hequan.files.wording import ReadError
from hequan.territory.actions import CountFacts, place_stand_ins, save_people_counts
from hequan.territory.kinds import AgeBand
from hequan.territory.models import PeopleCount, Unit
from hequan.territory.queries import units_with_codes

KIND = "people-counts"
Counted = dict[tuple[int, date], dict[str, int]]


def plan_unit_people(table: ImportTable, options: ImportOptions) -> ImportPlan:
    """Decide the fate of every unit's counts; nothing is written."""
    if not any(table.has(f"age_{band}") for band in AgeBand):
        raise _no_figures(table)
    day = _day_asked(table, options)
    rows = refuse_repeated(table.rows, "unit_code", table.column("unit_code"))
    units = units_with_codes(row.text("unit_code") for row in rows)
    known = _counted(units)
    fates: list[RowFate] = []
    counts: dict[date, list[CountFacts]] = {}
    for row in rows:
        unit, on = units.get(row.text("unit_code")), row.values.get("as_of") or day
        row = _checked(row, unit, on, table, options)
        fate = _fate(row, unit, on, known)
        fates.append(fate)
        if unit is not None and on is not None and fate.fate in (Fate.NEW, Fate.CHANGED):
            given = _by_band(row).items()
            counts.setdefault(on, []).extend(CountFacts(unit.pk, band, n) for band, n in given)
    source = options.extra.get("source") or table.file_name

    def write(by: Account, at: datetime) -> None:
        for on, facts in counts.items():
            save_people_counts(counts=facts, as_of=on, source=source, by=by, at=at)
        place_stand_ins(by=by, at=at)

    return ImportPlan(KIND, table.file_name, fates, write, table.columns, table.notes)


def _no_figures(table: ImportTable) -> ReadError:
    gaps: dict[str, Any] = {"field": "lon / age_*", "titles": "经度, 0-2岁, age_0_2"}
    return ReadError(
        "field-missing",
        file=table.file_name,
        headers=", ".join(table.columns.values()) or "-",
        **gaps,
    )


def _day_asked(table: ImportTable, options: ImportOptions) -> date | None:
    """The day the whole file was counted on, where its rows do not say."""
    try:
        return parse_day(options.extra.get("as_of"))
    except CellError as error:
        gaps: dict[str, Any] = {"column": "as_of", "value": error.value}
        raise ReadError(error.code, file=table.file_name, **gaps) from None


def _counted(units: dict[str, Unit]) -> Counted:
    found: Counted = {}
    rows = PeopleCount.objects.filter(unit__in=[unit.pk for unit in units.values()])
    for unit_id, on, band, people in rows.values_list("unit_id", "as_of", "band", "people"):
        found.setdefault((unit_id, on), {})[band] = people
    return found


def _checked(
    row: ImportRow, unit: Unit | None, on: date | None, table: ImportTable, options: ImportOptions
) -> ImportRow:
    column, code = table.column("unit_code"), row.text("unit_code")
    if unit is None and code:
        remedy = _("Import the unit with its code first, or correct the code.")
        return row.refused(Remark(_("no unit bears this code"), column, code, remedy))
    if unit is not None and not options.may_write(unit.path):
        row = outside_reach(row, column, code)
    if on is None:
        remedy = _("Fill in the day, or give it for the whole file.")
        wrong = Remark(_("nobody says on which day this was counted"), "as_of", "", remedy)
        row = row.refused(wrong)
    if not _by_band(row) and not row.refusals:
        row = row.refused(remark_of(ReadError("cell-blank", column=_first_age(table))))
    return row


def _first_age(table: ImportTable) -> str:
    ages: Sequence[str] = [f"age_{band}" for band in AgeBand if table.has(f"age_{band}")]
    return table.column(ages[0])


def _by_band(row: ImportRow) -> dict[str, int]:
    values = {str(band): row.values.get(f"age_{band}") for band in AgeBand}
    return {band: round(number) for band, number in values.items() if number is not None}


def _fate(row: ImportRow, unit: Unit | None, on: date | None, known: Counted) -> RowFate:
    label = unit.name if unit else row.text("unit_code")
    if row.refusals or unit is None or on is None:
        return refused_fate(row, label)
    old, new = known.get((unit.pk, on)), _by_band(row)
    if old is None:
        return RowFate(row.number, Fate.NEW, label)
    changes = {band: (old.get(band), n) for band, n in new.items() if old.get(band) != n}
    return RowFate(row.number, Fate.CHANGED if changes else Fate.SAME, label, changes)
