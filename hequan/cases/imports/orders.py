"""Work orders of the city's hotline from a table (市热线工单导入): opened, routed and told at once.

An order that was brought before is known by its source and number: other words or another deadline
are taken over while its case is open, everything else stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.cases.actions.orders import take_order
from hequan.cases.asking import NAME_LENGTH, PLACE_LENGTH, WORDS_LENGTH, Asking
from hequan.cases.imports.old_cells import FIELDS as OLD_FIELDS
from hequan.cases.imports.old_cells import parse_words
from hequan.cases.imports.old_places import Places
from hequan.cases.kinds import CaseChannel
from hequan.cases.models.sources import EXTERNAL_LENGTH, SOURCE_LENGTH
from hequan.cases.orders import Order
from hequan.cases.queries.places import town_of
from hequan.cases.queries.sources import KnownCase, cases_from, matter_codes
from hequan.core.accounts import Account
from hequan.core.clock import now
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field
from hequan.territory.models import Unit

KIND = "hotline-orders"
SOURCE = "12345"
_TAKEN = ("number", "due_at", "matter", "words", "place_words", "unit_code", "lon", "lat")
FIELDS = (
    *(one for one in OLD_FIELDS if one.name in _TAKEN),
    Field("contact_name", ("姓名", "诉求人", "联系人", "来电人"), False, parse_words),
    Field("contact_phone", ("电话", "联系电话", "来电号码", "手机"), False, parse_words),
)
_LENGTHS = {"number": EXTERNAL_LENGTH, "words": WORDS_LENGTH, "place_words": PLACE_LENGTH}
_LENGTHS |= {"contact_name": NAME_LENGTH, "contact_phone": 32}


@dataclass
class _Reading:
    """What a file is read with, and the orders found."""

    table: ImportTable
    source: str
    places: Places
    matters: Mapping[str, str]
    known: Mapping[str, KnownCase]
    options: ImportOptions
    orders: list[Order] = field(default_factory=list)


def read_orders(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of work orders and decide every row's fate; nothing is written."""
    source = (options.extra.get("source", "") or SOURCE)[:SOURCE_LENGTH]
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "number", table.column("number"))
    places = Places.of(rows, options.extra.get("unit", ""))
    reading = _Reading(table, source, places, matter_codes(now()), cases_from(source), options)
    fates = [_decide(row, reading) for row in rows]

    def write(by: Account, at: datetime) -> None:
        for order in reading.orders:
            take_order(order=order, by=by, at=at)

    return ImportPlan(KIND, file_name, fates, write, table.columns, table.notes)


def _decide(row: ImportRow, reading: _Reading) -> RowFate:
    label = row.text("number")
    row, unit, warnings = reading.places.place(_checked(row, reading.table), reading.table)
    if unit is not None and not reading.options.may_write(unit.path):
        row = outside_reach(row, reading.table.column("unit_code"), unit.name)
    if row.refusals or unit is None:
        return refused_fate(row, label)
    order = _order(row, unit, reading)
    known = reading.known.get(order.number)
    if known is None:
        reading.orders.append(order)
        return RowFate(row.number, Fate.NEW, label, {}, (), warnings)
    return _seen_again(row, order, known, reading)


def _seen_again(row: ImportRow, order: Order, known: KnownCase, reading: _Reading) -> RowFate:
    changes: dict[str, tuple[Any, Any]] = {}
    if order.asking.words != known.words:
        changes["words"] = (known.words, order.asking.words)
    if order.due_at is not None and order.due_at != known.due_at:
        changes["due_at"] = (known.due_at, order.due_at)
    if not changes:
        return RowFate(row.number, Fate.SAME, order.number)
    if not known.is_open:
        over = Remark(_("the case is over: what the order says now changes nothing"))
        return RowFate(row.number, Fate.SAME, order.number, {}, (), (over,))
    reading.orders.append(order)
    return RowFate(row.number, Fate.CHANGED, order.number, changes)


def _checked(row: ImportRow, table: ImportTable) -> ImportRow:
    for name, most in _LENGTHS.items():
        if len(row.text(name)) > most:
            told = (_("this text is too long"), table.column(name), row.text(name)[:40])
            row = row.refused(Remark(*told, _("Shorten it.")))
    if not row.text("words"):
        told = (_("says nothing of what it is about"), table.column("words"), "")
        row = row.refused(Remark(*told, _("Add the words of the order.")))
    return row


def _order(row: ImportRow, unit: Unit, reading: _Reading) -> Order:
    said = row.text("matter")
    has_place = unit != reading.places.default
    asking = Asking(
        channel=CaseChannel.HOTLINE,
        words=row.text("words").strip(),
        at_unit=town_of(unit),
        matter_code=reading.matters.get(said) or reading.matters.get(said.casefold(), ""),
        unit=unit.pk if has_place else None,
        lon=row.values.get("lon") if has_place else None,
        lat=row.values.get("lat") if has_place else None,
        place_words=row.text("place_words"),
        contact_name=row.text("contact_name"),
        contact_phone=row.text("contact_phone"),
    )
    return Order(reading.source, row.text("number"), asking, row.values.get("due_at"))


def orders_template() -> bytes:
    """Return an .xlsx with the headings and an example row."""
    told: dict[str, Any] = {
        "number": "2026-000123",
        "due_at": "2026-03-12 18:00",
        "matter": "52999",
        "words": "楼道堆物两周无人清理",
        "place_words": "三门路497弄",
        "unit_code": "310113111001",
    }
    columns = [(one.titles[0], one.name) for one in FIELDS]
    return template_book("热线工单", columns, [[told.get(one.name) for one in FIELDS]])
