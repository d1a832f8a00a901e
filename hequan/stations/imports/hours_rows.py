"""One row of a table of opening hours (开放时间表): its day, its halves, its season, its spans."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.import_rows import ImportRow, ImportTable, one_of
from hequan.core.imports import Remark
from hequan.files.headers import Field
from hequan.files.values import Cell, CellError, clean_text, half_width, parse_day, parse_time
from hequan.stations.hours import MIDNIGHT, HoursError, Rule, clock_text
from hequan.stations.hours_text import parse_hours
from hequan.stations.imports.words import DAY_WORDS
from hequan.stations.kinds import OpeningDay

_YEAR = re.compile(r"(\d{4})(?:[-/年](\d{1,2})月?)?年?")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SEASON = re.compile(r"(\d\d-\d\d)\s*[~至-]\s*(\d\d-\d\d)")
_TIMES = ("opens", "lunch_from", "lunch_to", "closes")
_EARLY = 6 * 60  # hours that end before six in the morning ran past midnight


def since_day(cell: Cell) -> date | None:
    """Return the day hours hold from: a day, a month (`2005-07`), a year, or day/month/year."""
    text = half_width(clean_text(cell))
    if found := _YEAR.fullmatch(text):
        return _calendar_day(int(found[1]), int(found[2] or 1), 1, cell)
    if found := _DAY_FIRST.fullmatch(text):
        return _calendar_day(int(found[3]), int(found[2]), int(found[1]), cell)
    return parse_day(cell)


def _calendar_day(year: int, month: int, day: int, cell: Cell) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("not-a-day", cell) from None


def _minutes(cell: Cell) -> int | None:
    if half_width(clean_text(cell)) in ("24:00", "24:00:00"):
        return MIDNIGHT
    moment = parse_time(cell)
    return None if moment is None else moment.hour * 60 + moment.minute


def _season_days(cell: Cell) -> tuple[str, str] | None:
    """`06-01~08-31`, or as people write it: 6月1日至8月31日, Jun-Aug."""
    text = half_width(clean_text(cell))
    if not text:
        return None
    if found := _SEASON.fullmatch(text):
        text = f"[{found[1]}~{found[2]}]"
    try:
        rules = parse_hours(f"{text} 00:00-24:00")
    except HoursError:
        raise CellError("not-a-day", cell) from None
    if not rules or not rules[0].season_from:
        raise CellError("not-a-day", cell)
    try:
        Rule(OpeningDay.MONDAY, 0, 1, "", rules[0].season_from, rules[0].season_to)
    except HoursError:
        raise CellError("not-a-day", cell) from None
    return rules[0].season_from, rules[0].season_to


FIELDS = (
    Field("station", ("站点", "站点名称", "站点编号", "名称", "venue", "name", "library")),
    Field(
        "valid_from",
        ("生效日期", "执行日期", "起始日期", "dataset_date_key", "from", "since"),
        False,
        since_day,
    ),
    Field("day", ("星期", "星期几", "周几", "weekday"), True, one_of(DAY_WORDS)),
    Field("opens", ("开门", "上午开门", "开放", "open", "open_morning"), False, _minutes),
    Field("lunch_from", ("午休开始", "上午关门", "close_lunchtime"), False, _minutes),
    Field("lunch_to", ("午休结束", "下午开门", "open_lunchtime"), False, _minutes),
    Field("closes", ("关门", "下午关门", "关闭", "close", "close_evening"), False, _minutes),
    Field("season", ("季节", "时令"), False),
    Field("season_days", ("季节日期", "时令日期", "season days"), False, _season_days),
)


@dataclass(frozen=True)
class Times:
    """The spans of a row, none where it is shut that day; what is wrong or odd with them."""

    spans: tuple[tuple[int, int], ...] = ()
    refusals: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


def times_of(row: ImportRow, table: ImportTable) -> Times:
    """Return the spans of a row; a half that ends when it begins counts as shut."""
    if any(remark.column for remark in row.refusals):
        return Times()
    given = [(name, row.values.get(name)) for name in _TIMES]
    times = [(name, minutes) for name, minutes in given if minutes is not None]
    if len(times) % 2:
        text = _("a time is missing: an opening and a closing time belong together")
        remedy = _("Fill in both, or leave both blank.")
        return Times(refusals=(Remark(text, table.column(times[-1][0]), remedy=remedy),))
    spans: list[tuple[int, int]] = []
    odd: list[Remark] = []
    for (_opening, opens), (closing, closes) in zip(times[::2], times[1::2], strict=True):
        if opens == closes:
            odd.append(_empty_half(table, closing, opens))
            continue
        late = closes < opens and closing == "closes" and closes <= _EARLY
        end = closes + MIDNIGHT if late else closes
        if end <= opens or (spans and opens < spans[-1][1]) or opens >= MIDNIGHT:
            return Times(refusals=(_not_in_order(table, closing, opens, closes),))
        spans.append((opens, end))
    return Times(tuple(spans), _season_remarks(row, table), tuple(odd))


def _empty_half(table: ImportTable, name: str, minutes: int) -> Remark:
    text = _("a half that ends when it begins is read as shut")
    return Remark(text, table.column(name), clock_text(minutes))


def _not_in_order(table: ImportTable, name: str, opens: int, closes: int) -> Remark:
    return Remark(
        _("the times are not in order"),
        column=table.column(name),
        value=f"{clock_text(opens)}-{clock_text(closes)}",
        remedy=_("A closing time comes after its opening time; past midnight up to 06:00."),
    )


def _season_remarks(row: ImportRow, table: ImportTable) -> tuple[Remark, ...]:
    if not row.text("season") or row.values.get("season_days"):
        return ()
    text, remedy = _("a season needs its days"), _("Write them as 06-01~08-31.")
    return (Remark(text, table.column("season_days"), row.text("season"), remedy),)


def with_seasons(
    row: ImportRow, times: tuple[tuple[int, int], ...], ends: Mapping[date, date | None]
) -> list[Rule]:
    """Return the rules of a row: its spans, or shut where a holiday or a season says so."""
    since = row.values.get("valid_from")
    season: Any = row.values.get("season_days") or ("", "")
    day = OpeningDay(row.text("day"))
    says_more = day == OpeningDay.HOLIDAY or bool(season[0])
    spans = times or (((0, 0),) if says_more else ())
    return [
        Rule(
            day,
            opens,
            closes,
            row.text("season")[:32],
            season[0],
            season[1],
            since,
            ends[since or date.min],
        )
        for opens, closes in spans
    ]
