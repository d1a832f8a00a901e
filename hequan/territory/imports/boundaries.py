"""Outlines from a map file (边界图): polygons joined to units by code."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of, sentence
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    read_rows,
    refuse_repeated,
    refused_fate,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field
from hequan.files.values import Cell, clean_code
from hequan.files.wording import ReadError
from hequan.territory.actions import BoundaryFacts, save_boundaries
from hequan.territory.boundaries import Outline, OutlineError, km2_of, outline_from, same_outline
from hequan.territory.codes import short_code
from hequan.territory.imports.place_words import PlaceChecks
from hequan.territory.models import Boundary, Unit
from hequan.territory.queries import units_with_codes

KIND = "boundaries"


def _code(cell: Cell) -> str:
    return short_code(clean_code(cell))


_CODE_TITLES = ("代码", "编码", "区划代码", "统计用区划代码", "行政区划代码", "adcode", "unit code")
FIELDS = (
    Field("code", _CODE_TITLES, parse=_code),
    Field("name", ("名称", "单位名称", "区划名称"), required=False),
)
_OUTLINE_WORDS: dict[str, Any] = {
    "unreadable": _("its shape cannot be read"),
    "empty": _("its shape is empty"),
    "not-a-surface": _("its shape is not a polygon"),
    "not-degrees": _("its shape lies beyond the globe"),
    "no-surface-left": _("its polygon has no surface"),
}


def read_boundaries(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read polygons with unit codes and decide every feature's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    if table.features is None:
        raise ReadError("features-unreadable", file=file_name)
    rows = refuse_repeated(table.rows, "code", table.column("code"))
    units = units_with_codes(row.text("code") for row in rows)
    known = Boundary.objects.filter(unit__in=[unit.pk for unit in units.values()])
    old = {row.unit_id: row.geometry for row in known}
    reasons = dict(table.features.repaired)
    checks, fates, facts = PlaceChecks(), [], []
    for at, row in enumerate(rows):
        unit = units.get(row.text("code"))
        outline, row = _outline(row, unit, table, at, options)
        warnings = _warnings(row, unit, outline, reasons.get(at), checks)
        fate = _fate(row, unit, outline, old, warnings)
        fates.append(fate)
        if unit and outline and fate.fate in (Fate.NEW, Fate.CHANGED):
            facts.append(_facts(unit, outline, at in reasons, options, file_name))

    def write(by: Account, at: datetime) -> None:
        save_boundaries(boundaries=facts, by=by, at=at)

    return ImportPlan(KIND, file_name, fates, write, table.columns, table.notes)


def _outline(
    row: ImportRow, unit: Unit | None, table: ImportTable, at: int, options: ImportOptions
) -> tuple[Outline | None, ImportRow]:
    """The feature's outline, or the row with the reason why there is none."""
    column, code = table.column("code"), row.text("code")
    if unit is None and code:
        return None, row.refused(_unknown_unit(column, code))
    if unit is not None and not options.may_write(unit.path):
        return None, outside_reach(row, column, code)
    shape_found = table.features.geometries[at] if table.features else None
    if shape_found is None:
        return None, row.refused(remark_of(ReadError("no-shape")))
    try:
        return outline_from(shape_found), row
    except OutlineError as error:
        remedy: Any = _("Draw it as a polygon or take the feature out.")
        if error.reason == "not-degrees":
            remedy = _("Longitude and latitude are probably exchanged: exchange them.")
        return None, row.refused(Remark(_OUTLINE_WORDS[error.reason], "", "", remedy))


def _unknown_unit(column: str, code: str) -> Remark:
    return Remark(
        _("no unit bears this code"),
        column=column,
        value=code,
        remedy=_("Import the unit with its code first, or correct the code."),
    )


def _warnings(
    row: ImportRow,
    unit: Unit | None,
    outline: Outline | None,
    reason: str | None,
    checks: PlaceChecks,
) -> list[Remark]:
    if unit is None or outline is None:
        return []
    found = []
    if reason or outline.repaired:
        text = _("the polygon crossed itself and was repaired")
        found.append(Remark(text, value=reason or "", remedy=_("Look at it on the map.")))
    name = row.text("name")
    if name and name != unit.name:
        text = sentence(_("the unit with this code is called {name}"), name=unit.name)
        found.append(Remark(text, "name", name, _("Check that the code is right.")))
    if unit.parent_id is not None:
        inside = outline.shape.representative_point()
        wrong = checks.remark(inside.x, inside.y, _parent(unit))
        found += [wrong] if wrong else []
    return found


def _parent(unit: Unit) -> Unit:
    assert unit.parent is not None
    return unit.parent


def _fate(
    row: ImportRow,
    unit: Unit | None,
    outline: Outline | None,
    old: Mapping[int, Mapping[str, Any]],
    warnings: list[Remark],
) -> RowFate:
    label = row.text("name") or (unit.name if unit else row.text("code"))
    if row.refusals or unit is None or outline is None:
        return refused_fate(row, label, warnings)
    before = old.get(unit.pk)
    if before is None:
        return RowFate(row.number, Fate.NEW, label, warnings=tuple(warnings))
    if same_outline(before, outline.geojson()):
        return RowFate(row.number, Fate.SAME, label, warnings=tuple(warnings))
    km2 = (round(km2_of(shape(before)), 4), round(outline.km2, 4))
    return RowFate(row.number, Fate.CHANGED, label, {"km²": km2}, warnings=tuple(warnings))


def _facts(
    unit: Unit, outline: Outline, repaired: bool, options: ImportOptions, file_name: str
) -> BoundaryFacts:
    return BoundaryFacts(
        unit_id=unit.pk,
        geometry=outline.geojson(),
        source=options.extra.get("source") or file_name,
        source_coordinates=options.coordinates or "wgs84",
        repaired=repaired or outline.repaired,
    )
