"""Cells of old cases (旧案单元格): moments with or without a time, states in several words."""

import re
from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone

from hequan.files.headers import Field
from hequan.files.values import (
    Cell,
    CellError,
    clean_code,
    clean_text,
    parse_day,
    parse_latitude,
    parse_longitude,
)

_NOTHING = {"na", "n/a", "null", "none", "-", "–"}
_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?")
_FIRST_YEAR = 1950
_CLOSED = ("closed", "close", "done", "completed", "cancelled", "canceled", "resolved")
_CLOSED_CHINESE = ("已办结", "办结", "已结案", "结案", "已关闭", "关闭", "已完成", "完成", "已取消")


def parse_moment(cell: Cell) -> datetime | None:
    """Return a moment; a day alone is its first moment in the town, nothing for NA."""
    text = clean_text(cell)
    if not text or text.lower() in _NOTHING:
        return None
    if isinstance(cell, datetime):
        return _aware(cell, cell)
    found = _MOMENT.fullmatch(text)
    if found is None:
        day = parse_day(cell)
        return _aware(datetime.combine(day, time()), cell) if day else None
    day, clock = parse_day(found[1]), found[2].zfill(5)
    try:
        return _aware(datetime.combine(day, time.fromisoformat(clock)), cell) if day else None
    except ValueError:
        raise CellError("not-a-time", cell) from None


def _aware(moment: datetime, cell: Cell) -> datetime:
    if moment.year < _FIRST_YEAR:
        raise CellError("not-a-day", cell)
    local = moment if moment.tzinfo else timezone.make_aware(moment)
    return local.astimezone(UTC)


def parse_closed(cell: Cell) -> bool | None:
    """Tell whether a word for a state means closed; None for a blank one."""
    text = clean_text(cell).lower()
    if not text or text in _NOTHING:
        return None
    return text in _CLOSED or text in _CLOSED_CHINESE


def parse_words(cell: Cell) -> str:
    """Return text, nothing for NA."""
    text = clean_text(cell)
    return "" if text.lower() in _NOTHING else text.replace("\0", "")


_CHINESE: dict[str, Any] = {
    "number": ("外部编号", "原编号", "工单号", "工单编号", "案件编号", "编号"),
    "opened_at": ("受理时间", "受理日期", "登记时间", "反映时间", "创建时间"),
    "closed_at": ("办结时间", "办结日期", "结案时间", "关闭时间"),
    "due_at": ("截止时间", "办理时限", "到期时间", "要求办结时间"),
    "state": ("状态", "办理状态"),
    "matter": ("事项", "事项编码", "事项名称", "类别", "问题类别"),
    "words": ("诉求内容", "内容", "问题描述", "描述"),
    "place_words": ("地址", "地点", "事发地址", "发生地点"),
    "answer": ("答复", "办理结果", "处理结果"),
    "unit_code": ("单元代码", "居村代码", "网格代码", "区划代码"),
    "lon": ("经度", "lng", "longitude"),
    "lat": ("纬度", "latitude"),
}
_PARSERS = {
    "number": clean_code,
    "unit_code": clean_code,
    "opened_at": parse_moment,
    "closed_at": parse_moment,
    "due_at": parse_moment,
    "state": parse_closed,
    "lon": parse_longitude,
    "lat": parse_latitude,
}
_REQUIRED = ("number", "opened_at")
FIELDS = tuple(
    Field(name, titles, name in _REQUIRED, _PARSERS.get(name, parse_words))
    for name, titles in _CHINESE.items()
)
