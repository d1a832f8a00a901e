"""The catalogue of matters from a table (事项目录导入): a class or subclass a row, by its code."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field, heading_key
from hequan.files.values import Cell, CellError, clean_code, parse_day, parse_list
from hequan.roster.actions.matters import save_matters
from hequan.roster.days import day_of
from hequan.roster.matters import MatterFacts, MatterRow, class_code_of, is_matter_code
from hequan.roster.queries.matters import matter_facts, newest_versions, without_days
from hequan.roster.starter import starter_matters
from hequan.territory.imports.words import ESTATE_WORDS, ZONE_WORDS

KIND = "matters"
_LENGTHS = {"name": 80, "name_en": 120, "local_code": 32}
_PLACES = {heading_key(word): code for word, code in {**ESTATE_WORDS, **ZONE_WORDS}.items()}
_ANYWHERE = {heading_key(word) for word in ("不限", "全部", "任意", "any", "all")}


def place_kinds(cell: Cell) -> tuple[str, ...]:
    """Return kinds of place from a cell; a blank one and 不限 are anywhere."""
    words = [word for word in parse_list(cell) if heading_key(word) not in _ANYWHERE]
    for word in words:
        if heading_key(word) not in _PLACES:
            raise CellError("not-a-choice", word, choices=", ".join(sorted(set(_PLACES.values()))))
    return tuple(dict.fromkeys(_PLACES[heading_key(word)] for word in words))


FIELDS = (
    Field("code", ("编码", "编号", "事项编码", "事项代码", "代码"), parse=clean_code),
    Field("name", ("名称", "事项名称", "事项", "小类", "小类名称", "类别名称")),
    Field("name_en", ("英文名称", "英文名", "english"), False),
    Field("place_kinds", ("适用区域", "发生区域", "区域类型", "地点类型"), False, place_kinds),
    Field("description", ("说明", "描述", "范围", "备注"), False),
    Field("local_code", ("本地编码", "热线编码", "12345编码", "自有编码"), False, clean_code),
    Field("valid_from", ("生效日期", "启用日期", "起始日期"), False, parse_day),
    Field("valid_to", ("停用日期", "失效日期", "终止日期"), False, parse_day),
)


def read_matters(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of matters and decide every row's fate; nothing is written.

    A row without a day holds from the day of the import on.
    """
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "code", table.column("code"))
    known = newest_versions()
    classes = {row.text("code") for row in rows} | set(known)
    decided = [_decide(row, known.get(row.text("code")), classes, table) for row in rows]
    facts = [said for fate, said in decided if said and fate.fate in (Fate.NEW, Fate.CHANGED)]

    def write(by: Account, at: datetime) -> None:
        today = day_of(at)
        dated = [one if one.valid_from else replace(one, valid_from=today) for one in facts]
        if dated:
            save_matters(facts=dated, source=file_name, by=by, at=at)

    return ImportPlan(
        KIND, file_name, [fate for fate, _said in decided], write, table.columns, table.notes
    )


def _decide(
    row: ImportRow, old: MatterRow | None, classes: set[str], table: ImportTable
) -> tuple[RowFate, MatterFacts | None]:
    label = row.text("name") or row.text("code")
    row = _checked(row, old, classes, table)
    if row.refusals:
        return refused_fate(row, label), None
    before = matter_facts(old) if old else None
    facts = _facts(row, before)
    if before is None:
        return RowFate(row.number, Fate.NEW, label), facts
    changes = _changes(before, facts)
    return RowFate(row.number, Fate.CHANGED if changes else Fate.SAME, label, changes), facts


def _checked(
    row: ImportRow, old: MatterRow | None, classes: set[str], table: ImportTable
) -> ImportRow:
    for name, most in _LENGTHS.items():
        if len(row.text(name)) > most:
            row = _refused(row, table, name, _("this text is too long"), _("Shorten it."))
    code = row.text("code")
    if code and not is_matter_code(code):
        said = _("a class has 2 digits, a subclass 5")
        return _refused(row, table, "code", said, _("Correct the code."))
    if class_code_of(code) and class_code_of(code) not in classes:
        said = _("there is no such class")
        row = _refused(row, table, "code", said, _("Add a row for the class, with 2 digits."))
    begins, ends = row.values.get("valid_from"), row.values.get("valid_to")
    if begins and ends and ends <= begins:
        said = _("ends before it begins")
        row = _refused(row, table, "valid_to", said, _("Correct one of the two days."))
    return _refused_day(row, old, begins, table)


def _refused_day(
    row: ImportRow, old: MatterRow | None, begins: date | None, table: ImportTable
) -> ImportRow:
    first = (old.valid_to or old.valid_from) if old else None
    if not (old and begins and first) or begins >= first or begins == old.valid_from:
        return row
    said = _("what is said of this matter now holds from a later day")
    return _refused(row, table, "valid_from", said, _("Name that day or a later one."))


def _refused(row: ImportRow, table: ImportTable, name: str, text: Any, remedy: Any) -> ImportRow:
    value = row.text(name)[:40]
    return row.refused(Remark(text, column=table.column(name), value=value, remedy=remedy))


def _facts(row: ImportRow, old: MatterFacts | None) -> MatterFacts:
    """What the row says; what it leaves blank stays as it is, but a day does not."""
    said = {k: v for k, v in row.values.items() if v not in (None, "", ())}
    kept = asdict(old) | {"valid_from": None} if old else {}
    return MatterFacts(**(kept | said))


def _changes(before: MatterFacts, after: MatterFacts) -> Mapping[str, tuple[Any, Any]]:
    """What differs, its first day aside: repeating what is said already is no change."""
    old, new = asdict(without_days(before)), asdict(without_days(after))
    old["valid_to"], new["valid_to"] = before.valid_to, after.valid_to
    return {k: (old[k], new[k]) for k in new if old[k] != new[k]}


def matters_template() -> bytes:
    """Return an .xlsx with the headings and the whole starter catalogue, to take or to edit."""
    columns = [(one.titles[0], one.name) for one in FIELDS]
    words = [*ESTATE_WORDS.items(), *ZONE_WORDS.items()]
    chinese = {code: word for word, code in reversed(words) if not word.isascii()}
    rows: list[list[Cell]] = [
        [
            one.code,
            one.name,
            one.name_en,
            "、".join(chinese[kind] for kind in one.place_kinds),
            one.description,
            None,
            None,
            None,
        ]
        for one in starter_matters(date.min)
    ]
    return template_book("事项目录", columns, rows)
