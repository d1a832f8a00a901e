"""Persons from a table (人员名册): names, numbers, days of birth, units; one a row.

Somebody is known by number and name, without a number by name and day of birth, and without either
by name and unit. Numbers and days of birth show in the dry run as masks only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    read_rows,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.core.masks import mask_address, mask_phone
from hequan.files.headers import Field
from hequan.files.values import Cell, CellError, clean_code, clean_text, parse_day
from hequan.people.actions import PersonFacts, save_persons
from hequan.people.actions.sign_in_numbers import guard_numbers
from hequan.people.errors import BadPersonError
from hequan.people.facts import checked
from hequan.people.models import Person
from hequan.people.queries.known_persons import KnownPersons, known_persons
from hequan.territory.models import Unit
from hequan.territory.queries import units_with_codes

KIND = "persons"
_UNIT_TITLES = ("居委会代码", "所属代码", "网格代码", "区划代码", "unit")
FIELDS = (
    Field("name", ("姓名", "名字", "人员姓名")),
    Field(
        "phone", ("手机", "手机号", "手机号码", "电话", "联系电话", "联系方式"), False, clean_text
    ),
    Field("born_on", ("出生日期", "生日", "出生年月日"), False, lambda cell: _birth(cell)),
    Field("unit_code", _UNIT_TITLES, False, clean_code),
    Field("address", ("地址", "住址", "居住地址", "家庭住址"), False),
)
_FACTS = tuple(one.name for one in fields(PersonFacts))


def _birth(cell: Cell) -> Any:
    try:
        return parse_day(cell)
    except CellError as error:
        # the cell itself is personal: what is wrong is said without it
        raise CellError(error.code, "***") from None


@dataclass(frozen=True)
class _Table:
    """What the rows are decided with."""

    table: ImportTable
    options: ImportOptions
    units: Mapping[str, Unit]
    known: KnownPersons
    at: datetime
    day: Any
    first: dict[tuple[object, ...], int]


def read_persons(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of people and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    units = units_with_codes(row.text("unit_code") for row in table.rows if row.text("unit_code"))
    known = known_persons(
        (row.text("name") for row in table.rows), (row.text("phone") for row in table.rows)
    )
    at = clock.now()
    asked = _Table(table, options, units, known, at, timezone.localdate(at), {})
    fates: list[RowFate] = []
    written: list[tuple[int | None, PersonFacts]] = []
    for row in table.rows:
        fate, what = _decide(_masked(row), row, asked)
        fates.append(fate)
        if what is not None and fate.fate in (Fate.NEW, Fate.CHANGED):
            written.append(what)

    def write(by: Account, at: datetime) -> None:
        save_persons(persons=written, by=by, at=at)

    return ImportPlan(KIND, file_name, fates, write, table.columns, table.notes)


def _masked(row: ImportRow) -> ImportRow:
    """Return the row with what was refused of personal cells masked."""
    refusals = tuple(replace(one, value="***" if one.value else "") for one in row.refusals)
    return replace(row, refusals=refusals)


def _decide(
    row: ImportRow, plain: ImportRow, asked: _Table
) -> tuple[RowFate, tuple[int | None, PersonFacts] | None]:
    label = row.text("name")
    unit, row = _unit(row, asked)
    facts, row = _facts(row, unit, asked)
    if facts is None or row.refusals:
        return refused_fate(row, label), None
    old = asked.known.row(facts)
    row = _within(row, unit, old, asked)
    row = _once(row, facts, old, asked)
    row = _not_of_staff(row, facts, old, asked)
    if row.refusals:
        return refused_fate(row, label), None
    if old is None:
        warnings = _warnings(facts, asked)
        return RowFate(row.number, Fate.NEW, label, warnings=warnings), (None, facts)
    facts = _kept_where_blank(plain, facts, old)
    changes = _changes(old, facts)
    fate = Fate.CHANGED if changes else Fate.SAME
    return RowFate(row.number, fate, label, changes), (old.pk, facts)


def _unit(row: ImportRow, asked: _Table) -> tuple[Unit | None, ImportRow]:
    code = row.text("unit_code")
    if not code or code in asked.units:
        return asked.units.get(code), row
    remedy = _("Import the unit with its code first, or correct the code.")
    column = asked.table.column("unit_code")
    return None, row.refused(Remark(_("no unit bears this code"), column, code, remedy))


def _facts(
    row: ImportRow, unit: Unit | None, asked: _Table
) -> tuple[PersonFacts | None, ImportRow]:
    if row.refusals:
        return None, row
    facts = PersonFacts(
        row.text("name"),
        row.text("phone"),
        row.values.get("born_on"),
        unit.pk if unit else None,
        row.text("address"),
    )
    try:
        return checked(facts, asked.day), row
    except BadPersonError as error:
        shown = mask_phone(facts.phone) if error.field == "phone" else ""
        remedy = _("Correct the cell, or leave it blank.")
        return None, row.refused(Remark(error.text, asked.table.column(error.field), shown, remedy))


def _within(row: ImportRow, unit: Unit | None, old: Person | None, asked: _Table) -> ImportRow:
    """Whoever imports may write where the row puts somebody, and where she is known to live."""
    path = unit.path if unit else (old.unit.path if old and old.unit else "/")
    there = old.unit.path if old is not None and old.unit is not None else path
    if asked.options.may_write(path) and asked.options.may_write(there):
        return row
    column = asked.table.column("unit_code")
    return outside_reach(row, column, row.text("unit_code"))


def _not_of_staff(
    row: ImportRow, facts: PersonFacts, old: Person | None, asked: _Table
) -> ImportRow:
    """Leave the number an officer signs in with to herself."""
    try:
        if old is not None and facts.phone:
            guard_numbers([(old, facts.phone)], None, asked.at)
    except BadPersonError as error:
        shown, remedy = mask_phone(facts.phone), _("Leave the cell blank.")
        return row.refused(Remark(error.text, asked.table.column("phone"), shown, remedy))
    return row


def _once(row: ImportRow, facts: PersonFacts, old: Person | None, asked: _Table) -> ImportRow:
    if row.refusals:
        return row
    key: tuple[object, ...] = ("row", old.pk) if old else asked.known.key(facts)
    if key not in asked.first:
        asked.first[key] = row.number
        return row
    text = _("an earlier row tells of the same person")
    remedy = _("Keep one of the rows.")
    return row.refused(Remark(text, asked.table.column("name"), "", remedy))


def _warnings(facts: PersonFacts, asked: _Table) -> tuple[Remark, ...]:
    if not asked.known.shares_phone(facts):
        return ()
    text = _("somebody of another name has this number: a family may share one, or look it up")
    return (Remark(text, asked.table.column("phone"), mask_phone(facts.phone)),)


def _kept_where_blank(row: ImportRow, facts: PersonFacts, old: Person) -> PersonFacts:
    """What the row leaves blank stays as it is."""
    return replace(
        facts,
        phone=facts.phone or old.phone.open(),
        born_on=facts.born_on or old.born_on,
        unit_id=facts.unit_id or old.unit_id,
        address=facts.address or old.address,
    )


def _changes(old: Person, facts: PersonFacts) -> dict[str, tuple[object, object]]:
    before = PersonFacts(old.name, old.phone.open(), old.born_on, old.unit_id, old.address)
    return {
        name: (_shown(name, getattr(before, name)), _shown(name, getattr(facts, name)))
        for name in _FACTS
        if getattr(before, name) != getattr(facts, name)
    }


def _shown(name: str, value: Any) -> object:
    if name == "phone":
        return mask_phone(value)
    if name == "born_on":
        return "***" if value else ""
    return mask_address(value) if name == "address" else value


def persons_template() -> bytes:
    """Return the table to fill in, as .xlsx with an example row."""
    columns = (
        ("姓名", "name"),
        ("手机号码", "phone"),
        ("出生日期", "born_on"),
        ("居委会代码", "unit_code"),
        ("住址", "address"),
    )
    row: list[Any] = ["示例人", "13800000000", "1990-01-01", "310113111001", "示例路12号301室"]
    return template_book("人员 persons", columns, [row])
