"""Opening hours over the years (历年开放时间): a table of station x day it holds from x weekday.

The newest rows of a station before a day are its hours on that day, so each revision ends where the
station's next one begins. The hours of a station are written whole: where one row of it is refused
the others wait, for a week without its Monday would tell people the station is shut.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import sentence
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
from hequan.files.wording import ReadError
from hequan.stations.actions.batch import save_station_hours
from hequan.stations.hours import Rule
from hequan.stations.hours_clash import clashes_among
from hequan.stations.hours_text import hours_text
from hequan.stations.imports.hours_rows import FIELDS, times_of, with_seasons
from hequan.stations.imports.words import DAY_WORDS, chinese
from hequan.stations.kinds import OpeningDay
from hequan.stations.models import Station
from hequan.stations.queries.directory import schedules_of

KIND = "opening-hours"
_KIND_WORDS = ("library", "centre", "center", "图书馆", "服务站", "站", "中心")


@dataclass(frozen=True)
class _Line:
    """A row of the file with its station and its spans; no station where the row is refused."""

    row: ImportRow
    station: Station | None
    times: tuple[tuple[int, int], ...]
    warnings: tuple[Remark, ...] = ()


def read_opening_hours(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of hours and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    names = _Names(options.extra.get("alias", ""))
    lines = [_line(row, table, names, options) for row in table.rows]
    lines = _once(lines, table)
    wanted, lines = _whole(lines, table)
    had = {pk: one.rules for pk, one in schedules_of(wanted).items()}
    fates = [_fate(line, wanted, had) for line in lines]
    changed = [(pk, rules) for pk, rules in wanted.items() if set(rules) != set(had[pk])]

    def write(by: Account, at: datetime) -> None:
        save_station_hours(hours=changed, source=file_name, by=by, at=at)

    notes = (*table.notes, *_replaced_note(changed, had))
    return ImportPlan(KIND, file_name, fates, write, table.columns, notes)


class _Names:
    """Finds the station a row means: by code, name, or another name that was given for it."""

    def __init__(self, aliases: str) -> None:
        stations = list(Station.objects.select_related("unit").order_by("pk"))
        self._by_code = {one.code: one for one in stations}
        self._by_name: dict[str, list[Station]] = defaultdict(list)
        for one in stations:
            self._by_name[_plain(one.name)].append(one)
        self._aliases = dict(_pairs(aliases))

    def station(self, text: str) -> Station | None:
        """Return the one station of that code or name; a kind word at the end may be missing."""
        text = self._aliases.get(_plain(text), text)
        if text in self._by_code:
            return self._by_code[text]
        bare = _plain(text)
        for name in (bare, *(bare.removesuffix(word).strip() for word in _KIND_WORDS)):
            found = self._by_name.get(name, [])
            if len(found) == 1:
                return found[0]
        return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _pairs(aliases: str) -> Iterable[tuple[str, str]]:
    for part in aliases.replace("；", ";").split(";"):
        name, equals, station = part.partition("=")
        if not part.strip():
            continue
        if not equals or not name.strip() or not station.strip():
            raise ReadError("not-a-choice", column="alias", value=part, choices="Name=Station")
        yield _plain(name), station.strip()


def _line(row: ImportRow, table: ImportTable, names: _Names, options: ImportOptions) -> _Line:
    station = names.station(row.text("station")) if row.text("station") else None
    if station is None and row.text("station"):
        row = row.refused(
            Remark(
                _("there is no such station, or more than one"),
                column=table.column("station"),
                value=row.text("station"),
                remedy=_("Import the stations first, use the code, or give the other name."),
            )
        )
    elif station is not None and not options.may_write(station.unit.path):
        row = outside_reach(row, table.column("station"), row.text("station"))
    times = times_of(row, table)
    for remark in times.refusals:
        row = row.refused(remark)
    return _Line(row, station, times.spans, times.warnings)


def _once(lines: Iterable[_Line], table: ImportTable) -> list[_Line]:
    """A station's weekday from one day on may stand in several rows only with other hours."""
    seen: dict[tuple[Any, ...], int] = {}
    checked = []
    for line in lines:
        row = line.row
        key = (line.station and line.station.pk, *_revision(row), row.text("day"), line.times)
        if line.station is not None and key in seen:
            text = sentence(_("stands in row {row} already"), row=seen[key])
            row = row.refused(
                Remark(text, table.column("day"), row.text("day"), _("Keep one of the two rows."))
            )
        seen.setdefault(key, row.number)
        checked.append(replace(line, row=row))
    return checked


def _revision(row: ImportRow) -> tuple[date | None, str, Any]:
    return row.values.get("valid_from"), row.text("season"), row.values.get("season_days")


def _whole(
    lines: Sequence[_Line], table: ImportTable
) -> tuple[dict[int, tuple[Rule, ...]], list[_Line]]:
    """The rules of every station all of whose rows are sound, and the rows as judged."""
    by_station: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        if line.station is not None:
            by_station[line.station.pk].append(line)
    wanted: dict[int, tuple[Rule, ...]] = {}
    remarks: dict[int, Remark] = {}
    for pk, own in by_station.items():
        if any(line.row.refusals for line in own):
            remarks[pk] = _waits(table, own)
            continue
        rules = _rules(own)
        clash = next(iter(clashes_among(rules)), None)
        if clash is None:
            wanted[pk] = rules
        else:
            said = f"{hours_text([clash.first])} / {hours_text([clash.second])}"
            remarks[pk] = Remark(
                _("the hours of this station overlap"),
                column=table.column("opens"),
                value=said,
                remedy=_("Change one of them so that they do not share a minute."),
            )
    return wanted, [_judged(line, remarks) for line in lines]


def _judged(line: _Line, remarks: Mapping[int, Remark]) -> _Line:
    if line.station is None or line.row.refusals or line.station.pk not in remarks:
        return line
    return replace(line, row=line.row.refused(remarks[line.station.pk]))


def _waits(table: ImportTable, own: Iterable[_Line]) -> Remark:
    first = next(line.row.number for line in own if line.row.refusals)
    return Remark(
        sentence(_("waits for row {row} of the same station, which is refused"), row=first),
        column=table.column("station"),
        remedy=_("Correct that row; a station's hours are written whole."),
    )


def _rules(own: Sequence[_Line]) -> tuple[Rule, ...]:
    starts = sorted({line.row.values.get("valid_from") or date.min for line in own})
    ends = dict(zip(starts, [*starts[1:], None], strict=True))
    return tuple(rule for line in own for rule in with_seasons(line.row, line.times, ends))


def _fate(
    line: _Line,
    wanted: Mapping[int, tuple[Rule, ...]],
    had: Mapping[int, tuple[Rule, ...]],
) -> RowFate:
    row = line.row
    since = row.values.get("valid_from")
    label = f"{row.text('station')} {since or ''} {row.text('day')}".replace("  ", " ")
    if row.refusals or line.station is None:
        return refused_fate(row, label, line.warnings)
    own, old = wanted[line.station.pk], had[line.station.pk]
    before, after = _of_day(old, row), _of_day(own, row)
    if before == after:
        return RowFate(row.number, Fate.SAME, label, warnings=line.warnings)
    changes = {"hours": (before or "-", after or "-")}
    fate = Fate.CHANGED if before else Fate.NEW
    return RowFate(row.number, fate, label, changes, warnings=line.warnings)


def _of_day(rules: Iterable[Rule], row: ImportRow) -> str:
    since, day = row.values.get("valid_from"), OpeningDay(row.text("day"))
    return hours_text(
        sorted(
            (rule for rule in rules if rule.day == day and rule.valid_from == since),
            key=lambda rule: (rule.season_from, rule.opens),
        )
    )


def _replaced_note(
    changed: Iterable[tuple[int, tuple[Rule, ...]]], had: Mapping[int, tuple[Rule, ...]]
) -> list[Remark]:
    gone = sum(len(set(had[pk]) - set(rules)) for pk, rules in changed)
    if not gone:
        return []
    text = _("{count} rows of hours now on the books of these stations give way to the file.")
    return [Remark(sentence(text, count=gone))]


def hours_template() -> bytes:
    """Return an .xlsx with the headings and a week with a lunch break."""
    columns = [(one.titles[0], one.name) for one in FIELDS]
    plain = ["红枫党群服务站", "2026-01-01", "周一", "09:00", "12:00", "13:00", "17:00", None, None]
    week = [[*plain[:2], day, *plain[3:]] for day in ("周一", "周二", "周三", "周四", "周五")]
    summer = [
        "红枫党群服务站",
        "2026-01-01",
        "周一",
        "08:30",
        None,
        None,
        "17:30",
        "夏令",
        "06-01~08-31",
    ]
    return template_book("开放时间", columns, [*week, summer], {"day": chinese(DAY_WORDS)})
