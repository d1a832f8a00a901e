"""The service catalogue of a table (服务目录导入): one service a row, known by its code."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    one_of,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field
from hequan.files.values import Cell, CellError, clean_code, parse_day, parse_list, parse_whole
from hequan.files.wording import ReadError
from hequan.stations.actions.batch import save_services
from hequan.stations.imports.words import CATEGORY_WORDS, MODE_WORDS, chinese
from hequan.stations.models import Service
from hequan.stations.queries import service_record
from hequan.stations.records import ServiceRecord

KIND = "services"
_LENGTHS = {"code": 32, "name": 80, "audience": 120, "fee": 80}
_LONGEST_MINUTES = 24 * 60


def _minutes(cell: Cell) -> int | None:
    minutes = parse_whole(cell)
    if minutes is not None and not 0 <= minutes <= _LONGEST_MINUTES:
        raise CellError("negative" if minutes < 0 else "not-a-number", cell)
    return minutes


FIELDS = (
    Field("code", ("编号", "编码", "代码", "事项编码", "服务编号"), parse=clean_code),
    Field("name", ("名称", "服务名称", "事项名称", "服务项目", "title")),
    Field("category", ("类别", "分类", "服务类别"), False, one_of(CATEGORY_WORDS)),
    Field("mode", ("方式", "服务方式", "办理方式"), False, one_of(MODE_WORDS)),
    Field("minutes", ("时长", "办理时长", "用时", "分钟", "duration"), False, _minutes),
    Field("papers", ("材料", "所需材料", "办理材料"), False, parse_list),
    Field("audience", ("对象", "服务对象", "适用对象"), False),
    Field("fee", ("收费", "费用", "收费标准", "价格"), False),
    Field("description", ("说明", "简介", "服务内容", "内容"), False),
    Field("ended_on", ("停止日期", "终止日期", "下架日期"), False, parse_day),
)


def read_services(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of services and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "code", table.column("code"))
    known = {one.code: one for one in Service.objects.all()}
    decided = [_decide(row, known.get(row.text("code")), table) for row in rows]
    written = (Fate.NEW, Fate.CHANGED)
    records = [record for fate, record in decided if record and fate.fate in written]

    def write(by: Account, at: datetime) -> None:
        save_services(records=records, source=file_name, by=by, at=at)

    return ImportPlan(
        KIND, file_name, [fate for fate, _record in decided], write, table.columns, table.notes
    )


def _decide(
    row: ImportRow, old: Service | None, table: ImportTable
) -> tuple[RowFate, ServiceRecord | None]:
    label = row.text("name") or row.text("code")
    row = refuse_too_long(row, table, _LENGTHS)
    if old is None and row.values.get("category") is None and not _is_spoilt(row, table):
        row = row.refused(remark_of(ReadError("cell-blank", column=table.column("category"))))
    if row.refusals:
        return refused_fate(row, label), None
    before = service_record(old) if old else None
    record = _record(row, before)
    if before is None:
        return RowFate(row.number, Fate.NEW, label), record
    changes = changes_between(asdict(before), asdict(record))
    return RowFate(row.number, Fate.CHANGED if changes else Fate.SAME, label, changes), record


def _is_spoilt(row: ImportRow, table: ImportTable) -> bool:
    return any(remark.column == table.column("category") for remark in row.refusals)


def _record(row: ImportRow, old: ServiceRecord | None) -> ServiceRecord:
    """What the row says; what it leaves blank stays as it is."""
    said = {k: v for k, v in row.values.items() if v not in (None, "", ())}
    return ServiceRecord(**((asdict(old) if old else {}) | said))


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """Return the values that differ, before and after."""
    return {k: (before[k], after[k]) for k in after if before[k] != after[k]}


def refuse_too_long(row: ImportRow, table: ImportTable, lengths: Mapping[str, int]) -> ImportRow:
    """Return the row, refused where a text is longer than its place in the books."""
    for name, most in lengths.items():
        if len(row.text(name)) > most:
            row = row.refused(
                Remark(
                    _("this text is too long"),
                    column=table.column(name),
                    value=row.text(name)[:40] + "…",
                    remedy=_("Shorten it."),
                )
            )
    return row


def services_template() -> bytes:
    """Return an .xlsx with the headings, two examples and the words to choose from."""
    columns = [(one.titles[0], one.name) for one in FIELDS]
    rows: list[list[Cell]] = [
        [
            "FW-001",
            "社区助餐",
            "助餐",
            "预约",
            30,
            "身份证",
            "60岁以上居民",
            "按菜单",
            "午餐、晚餐",
            None,
        ],
        ["FW-002", "图书借阅", "文化", "随时", None, "读者证", "全体居民", "免费", "", None],
    ]
    choices = {"category": chinese(CATEGORY_WORDS), "mode": chinese(MODE_WORDS)}
    return template_book("服务目录", columns, rows, choices)
