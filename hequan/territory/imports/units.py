"""Units from a table of codes and names (区划代码表): level and parent follow from the code.

The state's own tables say no more than code and name; the code tells the level and what lies above.
A town's own table may add areas, micro-grids and building groups with codes of its own.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import sentence
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    one_of,
    outside_reach,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field
from hequan.files.values import Cell, clean_code, parse_count, parse_day, parse_whole
from hequan.territory.actions import UnitFacts, save_units
from hequan.territory.codes import MUNICIPALITIES, short_code
from hequan.territory.imports.unit_rows import (
    code_remark,
    cut_to_part,
    implied_parent,
    level_of_row,
)
from hequan.territory.imports.words import ESTATE_WORDS, LEVEL_WORDS, ZONE_WORDS
from hequan.territory.kinds import EstateType, Level, ZoneKind
from hequan.territory.models import Unit
from hequan.territory.queries import codes_of_units, units_with_codes

KIND = "territory"


def _code(cell: Cell) -> str:
    return short_code(clean_code(cell))


def _households(cell: Cell) -> int | None:
    parse_count(cell)
    return parse_whole(cell)


_CODE_TITLES = ("代码", "编码", "编号", "区划代码", "统计用区划代码", "行政区划代码", "单位代码")
_NAME_TITLES = ("名称", "单位名称", "区划名称", "居委会名称", "居村委名称", "街镇名称", "网格名称")
_PARENT_TITLES = ("上级代码", "上级编码", "所属代码", "所属上级", "父级代码", "parent")
FIELDS = (
    Field("code", _CODE_TITLES, parse=_code),
    Field("name", _NAME_TITLES),
    Field("level", ("层级", "级别", "类别"), False, one_of(LEVEL_WORDS)),
    Field("parent_code", _PARENT_TITLES, False, _code),
    Field("zone_kind", ("区域类型", "四区类型", "五区类型", "zone"), False, one_of(ZONE_WORDS)),
    Field("estate_type", ("小区类型", "住房类型", "房屋类型"), False, one_of(ESTATE_WORDS)),
    Field("households", ("户数", "总户数", "常住户数"), False, _households),
    Field("valid_from", ("生效日期", "启用日期", "设立日期"), False, parse_day),
)


@dataclass
class _Known:
    """What a row may lie under: units in the database, and those the file itself brings."""

    units: dict[str, Unit]
    parent_codes: dict[int, str]
    brought: dict[str, UnitFacts] = field(default_factory=dict)
    inferred: dict[str, UnitFacts] = field(default_factory=dict)

    def level(self, code: str) -> Level | None:
        """Return the level of the unit with this code, None where nobody knows it."""
        for facts in (self.brought.get(code), self.inferred.get(code)):
            if facts is not None:
                return facts.level
        return Level(self.units[code].level) if code in self.units else None

    def path(self, code: str) -> str:
        """Return the path of the nearest unit in the database at or above this code."""
        while code not in self.units and code in self.brought:
            code = self.brought[code].parent_code
        return self.units[code].path if code in self.units else "/"

    def parent_code(self, unit: Unit) -> str:
        """Return the code of the unit that one lies in today."""
        return self.parent_codes.get(unit.parent_id or 0, "")


def read_units(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of units and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "code", table.column("code"))
    rows, notes = cut_to_part(rows, options.extra.get("within", ""), table.column("code"))
    known = _known(rows)
    fates = {row.number: _fate(row, level, table, known, options) for level, row in _ordered(rows)}
    written = (Fate.NEW, Fate.CHANGED)
    units = [
        *known.inferred.values(),
        *(known.brought[row.text("code")] for row in rows if fates[row.number].fate in written),
    ]

    def write(by: Account, at: datetime) -> None:
        save_units(units=units, by=by, at=at)

    notes = [*table.notes, *notes, *(_inferred_note(one) for one in known.inferred.values())]
    listed = [fates[row.number] for row in rows]
    return ImportPlan(KIND, file_name, listed, write, table.columns, tuple(notes))


def _ordered(rows: list[ImportRow]) -> list[tuple[Level | None, ImportRow]]:
    """Rows with their level, higher ones first, so that parents are known before children."""
    with_levels = [(level_of_row(row), row) for row in rows]
    return sorted(with_levels, key=lambda pair: -1 if pair[0] is None else pair[0].depth)


def _known(rows: list[ImportRow]) -> _Known:
    codes = {row.text(name) for row in rows for name in ("code", "parent_code")}
    for _step in ("town", "district", "city"):
        codes |= {implied_parent(code) for code in codes}
    units = units_with_codes(codes - {""})
    parents = codes_of_units({unit.parent_id for unit in units.values() if unit.parent_id})
    return _Known(units | units_with_codes(parents.values()), parents)


def _fate(
    row: ImportRow, level: Level | None, table: ImportTable, known: _Known, options: ImportOptions
) -> RowFate:
    label = row.text("name") or row.text("code")
    wrong = code_remark(row, level, table.column("code"))
    if wrong:
        row = row.refused(wrong)
    if row.refusals or level is None:
        return refused_fate(row, label)
    old = known.units.get(row.text("code"))
    parent, row = _parent(row, level, old, table, known)
    row = _level_kept(row, level, old, table)
    facts = _facts(row, level, parent, old)
    if not row.refusals and not _may_write(facts, known, options):
        row = outside_reach(row, table.column("code"), facts.code)
    if row.refusals:
        return refused_fate(row, label)
    known.brought[facts.code] = facts
    if old is None:
        return RowFate(row.number, Fate.NEW, label)
    changes = _changes(old, facts, known)
    return RowFate(row.number, Fate.CHANGED if changes else Fate.SAME, label, changes)


def _level_kept(row: ImportRow, level: Level, old: Unit | None, table: ImportTable) -> ImportRow:
    if old is None or old.level == level:
        return row
    return row.refused(
        Remark(
            sentence(_("this code is borne by {name}, a unit of another level"), name=old.name),
            column=table.column("code"),
            value=row.text("code"),
            remedy=_("Correct the code or the level."),
        )
    )


def _facts(row: ImportRow, level: Level, parent: str, old: Unit | None) -> UnitFacts:
    """What the row says of the unit; what it leaves blank stays as it is."""
    households, valid_from = row.values.get("households"), row.values.get("valid_from")
    return UnitFacts(
        level=level,
        code=row.text("code"),
        name=row.text("name"),
        parent_code=parent,
        zone_kind=row.text("zone_kind") or (old.zone_kind if old else ""),
        estate_type=row.text("estate_type") or (old.estate_type if old else ""),
        households=old.households if old and households is None else households,
        valid_from=old.valid_from if old and valid_from is None else valid_from,
    )


def _parent(
    row: ImportRow, level: Level, old: Unit | None, table: ImportTable, known: _Known
) -> tuple[str, ImportRow]:
    """The code of the unit above: as written, else as it is, else as the code implies."""
    written = row.text("parent_code")
    implied = implied_parent(row.text("code"))
    if not written and old is not None and _lies_inside(old, implied, known):
        return known.parent_code(old), row
    parent = written or implied
    if not parent:
        return "", row if level == Level.CITY else row.refused(_no_parent(table))
    if known.level(parent) is None and level == Level.DISTRICT:
        _infer_city(parent, known)
    above = known.level(parent)
    if above is None:
        return parent, row.refused(_unknown_parent(parent, bool(written), table))
    if above.depth >= level.depth:
        return parent, row.refused(_parent_not_above(parent, table))
    return parent, row


def _lies_inside(old: Unit, implied: str, known: _Known) -> bool:
    """An area between town and committee is in no official code: what lies so already stays."""
    above = known.units.get(implied)
    if implied and above is None:
        return False
    return bool(known.parent_code(old)) and (above is None or old.path.startswith(above.path))


def _infer_city(code: str, known: _Known) -> None:
    """The four municipalities' own names are known; every other city must come in a file."""
    name = MUNICIPALITIES.get(code[:2])
    if name and code == f"{code[:2]}0000":
        known.inferred[code] = UnitFacts(Level.CITY, code, name)


def _inferred_note(facts: UnitFacts) -> Remark:
    text = _("{name} ({code}) is added as the city above.")
    return Remark(sentence(text, name=facts.name, code=facts.code))


def _no_parent(table: ImportTable) -> Remark:
    return Remark(
        _("the row does not say what the unit lies in"),
        column=table.column("parent_code"),
        remedy=_("Fill in the code of the unit above."),
    )


def _unknown_parent(parent: str, written: bool, table: ImportTable) -> Remark:
    return Remark(
        sentence(_("the unit above, {code}, is not known"), code=parent),
        column=table.column("parent_code" if written else "code"),
        value=parent,
        remedy=_("Import the unit above first, or correct the code."),
    )


def _parent_not_above(parent: str, table: ImportTable) -> Remark:
    return Remark(
        _("the unit above is not of a higher level"),
        column=table.column("parent_code"),
        value=parent,
        remedy=_("Fill in the code of a unit of a higher level."),
    )


def _may_write(facts: UnitFacts, known: _Known, options: ImportOptions) -> bool:
    old = known.units.get(facts.code)
    stays = old is not None and known.parent_code(old) == facts.parent_code
    if not stays and not options.may_write(known.path(facts.parent_code)):
        return False
    return old is None or options.may_write(old.path)


def _changes(old: Unit, facts: UnitFacts, known: _Known) -> dict[str, tuple[Any, Any]]:
    pairs = {
        "name": (old.name, facts.name),
        "parent_code": (known.parent_code(old), facts.parent_code),
        "zone_kind": (old.zone_kind, facts.zone_kind),
        "estate_type": (old.estate_type, facts.estate_type),
        "households": (old.households, facts.households),
        "valid_from": (old.valid_from, facts.valid_from),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def units_template() -> bytes:
    """Return the table to fill in, as .xlsx with example rows."""
    return template_book(
        "区划 territory",
        (
            ("层级", "level"),
            ("代码", "code"),
            ("名称", "name"),
            ("上级代码", "parent_code"),
            ("区域类型", "zone_kind"),
            ("小区类型", "estate_type"),
            ("户数", "households"),
            ("生效日期", "valid_from"),
        ),
        [
            ["district", "310113", "宝山区", "310000", None, None, None, None],
            ["town", "310113111", "高境镇", "310113", None, None, None, None],
            ["area", "GJ-A1", "第一片区", "310113111", None, None, None, "2024-01-01"],
            ["committee", "310113111001", "示例居委会", "GJ-A1", "estate", "commodity", 1200, None],
            ["grid", "GJ-A1-001", "第一微网格", "310113111001", "estate", None, 300, None],
        ],
        {
            "level": [str(one) for one in Level],
            "zone_kind": [str(one) for one in ZoneKind],
            "estate_type": [str(one) for one in EstateType],
        },
    )
