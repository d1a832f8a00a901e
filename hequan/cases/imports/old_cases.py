"""Old cases from a table (旧案导入): every row's fate first; the same file again changes nothing.

A row is known by its source and its own number there. What another system says again of a case that
nobody moved here is taken over; a case that is being handled here stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.cases.actions.old_cases import renew_old_cases, take_over_cases
from hequan.cases.asking import PLACE_LENGTH, WORDS_LENGTH
from hequan.cases.imports.old_cells import FIELDS
from hequan.cases.imports.old_places import Places
from hequan.cases.imports.presets import PRESETS
from hequan.cases.models.sources import EXTERNAL_LENGTH, SOURCE_LENGTH
from hequan.cases.old_cases import OldCase
from hequan.cases.queries.sources import KnownCase, cases_from, matter_codes
from hequan.core.accounts import Account
from hequan.core.clock import now
from hequan.core.file_words import sentence
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    read_rows,
    refuse_repeated,
    refused_fate,
    template_book,
    unknown_choice,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.values import Cell
from hequan.roster.days import day_of
from hequan.roster.queries.matters import catalogue_on

KIND = "old-cases"
_LENGTHS = {"number": EXTERNAL_LENGTH, "words": WORDS_LENGTH, "place_words": PLACE_LENGTH}
_LENGTHS |= {"answer": WORDS_LENGTH}
_NAMED = 8


@dataclass
class _Reading:
    """What a file is read with, and what was found on the way."""

    table: ImportTable
    source: str
    places: Places
    matters: Mapping[str, int]
    known: Mapping[str, KnownCase]
    options: ImportOptions
    at: datetime
    new: list[OldCase] = field(default_factory=list)
    changed: dict[int, OldCase] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)


def read_old_cases(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of old cases and decide every row's fate; nothing is written."""
    options, source = _with_preset(options, file_name)
    table = read_rows(path, file_name, FIELDS, options)
    rows = refuse_repeated(table.rows, "number", table.column("number"))
    at = now()
    reading = _Reading(
        table=table,
        source=source,
        places=Places.of(rows, options.extra.get("unit", "")),
        matters=_matters(at),
        known=cases_from(source),
        options=options,
        at=at,
    )
    fates = [_decide(row, reading) for row in rows]
    new, changed = reading.new, reading.changed

    def write(by: Account, at: datetime) -> None:
        if new:
            take_over_cases(rows=new, source=source, by=by, at=at)
        if changed:
            renew_old_cases(rows=changed, source=source, by=by, at=at)

    notes = (*table.notes, *_unknown_classes(reading.unknown))
    return ImportPlan(KIND, file_name, fates, write, table.columns, notes)


def _with_preset(options: ImportOptions, file_name: str) -> tuple[ImportOptions, str]:
    name = options.extra.get("preset", "")
    if name and name not in PRESETS:
        raise unknown_choice("preset", name, list(PRESETS))
    known = PRESETS.get(name)
    columns = {**(known.columns if known else {}), **options.columns}
    source = options.extra.get("source", "") or (known.source if known else Path(file_name).stem)
    return replace(options, columns=columns), source[:SOURCE_LENGTH]


def _matters(at: datetime) -> dict[str, int]:
    """Return the matters in force by everything they are called."""
    by_code = catalogue_on(day_of(at)).by_code
    return {said: by_code[code].pk for said, code in matter_codes(at).items()}


def _decide(row: ImportRow, reading: _Reading) -> RowFate:
    label = row.text("number")
    row, unit, warnings = reading.places.place(_checked(row, reading), reading.table)
    if unit is not None and not reading.options.may_write(unit.path):
        column = reading.table.column("unit_code")
        row = outside_reach(row, column, unit.name)
    if row.refusals or unit is None:
        return refused_fate(row, label)
    old = _old_case(row, unit.pk, reading)
    known = reading.known.get(old.number)
    if known is None:
        reading.new.append(old)
        return RowFate(row.number, Fate.NEW, label, {}, (), warnings)
    return _seen_again(row, old, known, reading)


def _seen_again(row: ImportRow, old: OldCase, known: KnownCase, reading: _Reading) -> RowFate:
    changes = _changes(known, old)
    if not changes:
        return RowFate(row.number, Fate.SAME, old.number)
    if not known.is_untouched:
        kept = Remark(_("is being handled here: what the file says of it is not taken over"))
        return RowFate(row.number, Fate.SAME, old.number, {}, (), (kept,))
    reading.changed[known.pk] = old
    return RowFate(row.number, Fate.CHANGED, old.number, changes)


def _changes(known: KnownCase, old: OldCase) -> dict[str, tuple[Any, Any]]:
    names = ("closed_at", "due_at", "words", "answer")
    pairs = ((name, getattr(known, name), getattr(old, name)) for name in names)
    return {name: (before, after) for name, before, after in pairs if before != after}


def _checked(row: ImportRow, reading: _Reading) -> ImportRow:
    for name, most in _LENGTHS.items():
        if len(row.text(name)) > most:
            row = _refused(row, reading, name, _("this text is too long"), _("Shorten it."))
    opened, closed = row.values.get("opened_at"), row.values.get("closed_at")
    if opened and opened > reading.at:
        said = _("lies in the future")
        row = _refused(row, reading, "opened_at", said, _("Correct the day."))
    if opened and closed and closed < opened:
        said = _("closes before it opens")
        row = _refused(row, reading, "closed_at", said, _("Correct one of the two days."))
    return row


def _refused(row: ImportRow, reading: _Reading, name: str, text: Any, remedy: Any) -> ImportRow:
    column, value = reading.table.column(name), row.text(name)[:40]
    return row.refused(Remark(text, column=column, value=value, remedy=remedy))


def _old_case(row: ImportRow, unit: int, reading: _Reading) -> OldCase:
    values = row.values
    said = row.text("matter")
    matter = reading.matters.get(said) or reading.matters.get(said.casefold())
    if said and matter is None:
        reading.unknown[said] = reading.unknown.get(said, 0) + 1
    own = "" if matter else said
    words = (own, row.text("words") if row.text("words") != own else "")
    return OldCase(
        number=row.text("number"),
        opened_at=values["opened_at"],
        closed_at=values.get("closed_at") or (values["opened_at"] if values.get("state") else None),
        due_at=values.get("due_at"),
        words=": ".join(one for one in words if one)[:WORDS_LENGTH] or row.text("number"),
        place_words=row.text("place_words"),
        answer=row.text("answer"),
        unit=unit,
        matter=matter,
        lon=values.get("lon"),
        lat=values.get("lat"),
    )


def _unknown_classes(unknown: Mapping[str, int]) -> tuple[Remark, ...]:
    """Return one note of the words that name no matter here; they stay before the case's words."""
    if not unknown:
        return ()
    most = sorted(unknown.items(), key=lambda pair: -pair[1])[:_NAMED]
    listed = ", ".join(f"{word[:40]} ({count})" for word, count in most)
    text = _("{kinds} kinds are no matters here and stay in the words: {listed}")
    return (Remark(sentence(text, kinds=len(unknown), listed=listed)),)


def old_cases_template() -> bytes:
    """Return an .xlsx with the headings and two example rows."""
    columns = [(one.titles[0], one.name) for one in FIELDS]
    closed: Sequence[Cell] = (
        *("GD-2024-0001", "2024-03-01 09:12", "2024-03-04 16:00", "2024-03-08", "已办结", "52999"),
        *("楼道堆物", "三门路497弄", "已清理", "310113111001", None, None),
    )
    still_open: Sequence[Cell] = (
        *("GD-2024-0002", "2024-03-02", None, None, "办理中", "51998", "电梯故障"),
        *("三门路", None, "310113111001", None, None),
    )
    return template_book("旧案", columns, [list(closed), list(still_open)])
