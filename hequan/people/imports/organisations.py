"""Organisations from a table (单位名录): names, kinds, credit codes, addresses, places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    one_of,
    outside_reach,
    points_of,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field
from hequan.files.values import (
    Cell,
    clean_code,
    parse_latitude,
    parse_longitude,
    parse_yes_no,
)
from hequan.files.wording import ReadError
from hequan.people.actions import OrganisationFacts, differences, save_organisations
from hequan.people.credit_codes import is_credit_code
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation
from hequan.people.queries import organisations_by_credit_code, organisations_by_name
from hequan.territory.imports.place_words import PlaceChecks, reading_note
from hequan.territory.models import Unit
from hequan.territory.queries import units_at, units_with_codes, units_with_ids

KIND = "organisations"
_KINDS = {
    OrganisationKind.FIRM: ("企业", "公司"),
    OrganisationKind.SHOP: ("商铺", "商户", "店铺", "门店", "个体工商户", "沿街商铺"),
    OrganisationKind.DEPARTMENT: ("机关", "部门", "政府部门", "行政机关"),
    OrganisationKind.INSTITUTION: ("事业单位", "学校", "医院", "院校"),
    OrganisationKind.BRANCH: ("党支部", "支部", "党组织", "党委", "党总支"),
    OrganisationKind.SOCIAL: ("社会组织", "社团", "民非", "基金会", "民办非企业单位"),
    OrganisationKind.OWNERS_COMMITTEE: ("业委会", "业主委员会"),
    OrganisationKind.PROPERTY_FIRM: ("物业", "物业公司", "物业服务企业"),
    OrganisationKind.TEAM: ("队伍", "团队", "志愿队", "文体团队", "群众团队"),
    OrganisationKind.ALLIANCE: ("联盟", "共建联盟", "商会"),
    OrganisationKind.OTHER: ("其他", "其它"),
}
KIND_WORDS = {word: str(kind) for kind, words in _KINDS.items() for word in (str(kind), *words)}


def _credit_code(cell: Cell) -> str:
    return clean_code(cell).upper()


_CODE_TITLES = ("统一社会信用代码", "信用代码", "社会信用代码", "uscc")
_UNIT_TITLES = ("居委会代码", "所属代码", "区划代码", "网格代码", "unit")
FIELDS = (
    Field("name", ("名称", "单位名称", "企业名称", "组织名称", "机构名称")),
    Field("kind", ("类型", "单位类型", "类别", "性质"), False, one_of(KIND_WORDS)),
    Field("credit_code", _CODE_TITLES, False, _credit_code),
    Field("address", ("地址", "经营地址", "注册地址", "单位地址"), False),
    Field("phone", ("电话", "联系电话", "单位电话"), False),
    Field("unit_code", _UNIT_TITLES, False, clean_code),
    Field("lon", ("经度", "longitude", "lng", "x"), False, parse_longitude),
    Field("lat", ("纬度", "latitude", "y"), False, parse_latitude),
    Field("is_new_field", ("新兴领域", "两新", "两企三新", "new field"), False, parse_yes_no),
)


@dataclass(frozen=True)
class _Known:
    """What the rows are compared with."""

    by_code: Mapping[str, Organisation]
    by_name: Mapping[tuple[str, int | None], Organisation]
    named: Mapping[str, Unit]
    located: Mapping[int, Unit]
    checks: PlaceChecks

    def row(self, facts: OrganisationFacts) -> Organisation | None:
        """Return the organisation these facts speak of."""
        if facts.credit_code:
            return self.by_code.get(facts.credit_code)
        return self.by_name.get((facts.name, facts.unit_id))


def read_organisations(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of organisations and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "credit_code", table.column("credit_code"))
    lon, lat = points_of(rows)
    placed = np.isfinite(lon)
    located = np.zeros(len(rows), dtype=np.int64)
    located[placed] = units_at(lon[placed], lat[placed])
    known = _Known(
        organisations_by_credit_code(row.text("credit_code") for row in rows),
        organisations_by_name(row.text("name") for row in rows),
        units_with_codes(row.text("unit_code") for row in rows if row.text("unit_code")),
        units_with_ids(located.tolist()),
        PlaceChecks(),
    )
    fates, written, seen = [], [], set[object]()
    for row, unit_id in zip(rows, located.tolist(), strict=True):
        fate, facts = _decide(row, known.located.get(unit_id), table, known, options, seen)
        fates.append(fate)
        if facts is not None and fate.fate in (Fate.NEW, Fate.CHANGED):
            written.append(facts)

    def write(by: Account, at: datetime) -> None:
        save_organisations(organisations=written, by=by, at=at)

    advice = reading_note(lon, lat)
    notes = (*table.notes, *((advice,) if advice else ()))
    return ImportPlan(KIND, file_name, fates, write, table.columns, notes)


def _decide(
    row: ImportRow,
    located: Unit | None,
    table: ImportTable,
    known: _Known,
    options: ImportOptions,
    seen: set[object],
) -> tuple[RowFate, OrganisationFacts | None]:
    label = row.text("name") or row.text("credit_code")
    row = _checked_code(_whole_place(row, table), table)
    unit, row = _unit(row, located, table, known)
    if not row.refusals and not options.may_write(unit.path if unit else "/"):
        row = outside_reach(row, table.column("unit_code"), row.text("unit_code"))
    facts = _facts(row, unit)
    row = _once(row, facts, table, seen)
    if row.refusals:
        return refused_fate(row, label), None
    old = known.row(facts)
    if old is not None:
        if old.unit is not None and not options.may_write(old.unit.path):
            return refused_fate(outside_reach(row, "", label), label), None
        facts = _kept_where_blank(row, facts, old)
    warnings = _warnings(row, unit, known, table)
    if old is None:
        return RowFate(row.number, Fate.NEW, label, warnings=warnings), facts
    changes = differences(old, facts)
    fate = Fate.CHANGED if changes else Fate.SAME
    return RowFate(row.number, fate, label, changes, warnings=warnings), facts


def _whole_place(row: ImportRow, table: ImportTable) -> ImportRow:
    """Half a place is none: both degrees or neither."""
    lon, lat = row.values.get("lon"), row.values.get("lat")
    if (lon is None) == (lat is None):
        return row
    missing = table.column("lon" if lon is None else "lat")
    if any(remark.column == missing for remark in row.refusals):
        return row
    return row.refused(remark_of(ReadError("cell-blank", column=missing)))


def _checked_code(row: ImportRow, table: ImportTable) -> ImportRow:
    code = row.text("credit_code")
    if not code or is_credit_code(code):
        return row
    return row.refused(
        Remark(
            _("this is not a unified social credit code: its check character is wrong"),
            column=table.column("credit_code"),
            value=code,
            remedy=_("Compare it with the licence, character by character; or leave it blank."),
        )
    )


def _unit(
    row: ImportRow, located: Unit | None, table: ImportTable, known: _Known
) -> tuple[Unit | None, ImportRow]:
    """The unit named in the row; without a name the smallest one where the place lies."""
    code = row.text("unit_code")
    if not code:
        return located, row
    if code in known.named:
        return known.named[code], row
    remedy = _("Import the unit with its code first, or correct the code.")
    return None, row.refused(
        Remark(_("no unit bears this code"), table.column("unit_code"), code, remedy)
    )


def _once(
    row: ImportRow, facts: OrganisationFacts, table: ImportTable, seen: set[object]
) -> ImportRow:
    """Without a credit code, name and unit tell organisations apart."""
    key = (facts.name, facts.unit_id)
    if facts.credit_code or row.refusals:
        return row
    if key in seen:
        text = _("an earlier row has the same name in the same unit, and neither has a code")
        remedy = _("Add the credit code, or keep one of the rows.")
        row = row.refused(Remark(text, table.column("name"), facts.name, remedy))
    seen.add(key)
    return row


def _facts(row: ImportRow, unit: Unit | None) -> OrganisationFacts:
    return OrganisationFacts(
        name=row.text("name")[:120],
        kind=OrganisationKind(row.text("kind") or OrganisationKind.OTHER),
        credit_code=row.text("credit_code"),
        unit_id=unit.pk if unit else None,
        address=row.text("address")[:200],
        phone=row.text("phone")[:32],
        lon=row.values.get("lon"),
        lat=row.values.get("lat"),
        is_new_field=bool(row.values.get("is_new_field")),
    )


def _kept_where_blank(
    row: ImportRow, facts: OrganisationFacts, old: Organisation
) -> OrganisationFacts:
    """What the row leaves blank stays as it is."""
    given = {name for name, value in row.values.items() if value not in (None, "")}
    given |= {"unit_id"} if facts.unit_id is not None else set()
    return OrganisationFacts(
        **{
            name: getattr(facts if name in given else old, name)
            for name in OrganisationFacts.__dataclass_fields__
        }
    )


def _warnings(
    row: ImportRow, unit: Unit | None, known: _Known, table: ImportTable
) -> tuple[Remark, ...]:
    lon, lat = row.values.get("lon"), row.values.get("lat")
    if unit is None or lon is None or lat is None or not row.text("unit_code"):
        return ()
    wrong = known.checks.remark(lon, lat, unit, table.column("lon"))
    return (wrong,) if wrong else ()


def organisations_template() -> bytes:
    """Return the table to fill in, as .xlsx with an example row."""
    columns: tuple[tuple[str, str], ...] = (
        ("单位名称", "name"),
        ("单位类型", "kind"),
        ("统一社会信用代码", "credit_code"),
        ("地址", "address"),
        ("电话", "phone"),
        ("居委会代码", "unit_code"),
        ("经度", "lon"),
        ("纬度", "lat"),
        ("新兴领域", "is_new_field"),
    )
    row: list[Any] = ["示例科技有限公司", "firm", "91110000600037341L", "示例路12号"]
    row += ["021-00000000", "310113111001", 121.4801, 31.3201, "是"]
    kinds = [str(kind) for kind in OrganisationKind]
    return template_book(
        "单位 organisations", columns, [row], {"kind": kinds, "is_new_field": ["是", "否"]}
    )
