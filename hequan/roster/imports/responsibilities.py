"""A responsibility list from a spreadsheet (责任清单导入): items in rows, parties in columns.

The rows go into the unit's draft, which is begun if there is none; a published list is never
touched. Every column that is no field of an item and holds roles is a party.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of, sentence
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    OpenTable,
    open_table,
    refuse_repeated,
    refused_fate,
    rows_of,
    template_book,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.headers import Field, heading_key
from hequan.files.values import Cell, clean_text, parse_list, parse_whole
from hequan.files.wording import ReadError
from hequan.people.models import Organisation
from hequan.roster.actions.responsibilities import ItemEntry, start_draft, write_sheet
from hequan.roster.imports.list_words import ROLE_CHINESE, ROLE_WORDS, party_by_heading
from hequan.roster.imports.matters import place_kinds
from hequan.roster.matters import MatterRow
from hequan.roster.models import ResponsibilityList
from hequan.roster.queries.matters import newest_versions
from hequan.roster.queries.responsibilities import list_facts
from hequan.roster.responsibilities import (
    ListFacts,
    ListState,
    PartyFacts,
    PartyRole,
    ResolvesBy,
)
from hequan.territory.models import Unit
from hequan.territory.queries import units_with_codes

KIND = "responsibilities"
_MOST_ITEMS = 2000
_LONGEST_TEXT, _LONGEST_PARTY = 200, 80

FIELDS = (
    Field("number", ("序号", "编号", "项目编号", "no", "number"), parse=parse_whole),
    Field("text", ("责任事项", "事项", "事项内容", "责任内容", "内容", "item")),
    Field("matters", ("对应事项", "事项编码", "事项类别", "对应编码", "matter"), False, parse_list),
    Field("place_kinds", ("适用区域", "区域类型", "地点类型", "place"), False, place_kinds),
)


@dataclass(frozen=True)
class _Book:
    """What stands in the unit's list already, and what the file's columns are."""

    unit: Unit
    draft: ResponsibilityList | None
    facts: ListFacts | None
    headings: Mapping[str, int]
    matters: Mapping[str, str]

    def said(self, number: int) -> ItemEntry | None:
        """Return an item of the list there is, as the file would say it."""
        if self.facts is None:
            return None
        item = next((one for one in self.facts.items if one.number == number), None)
        if item is None:
            return None
        names = {one.key: one.name for one in self.facts.parties}
        roles = tuple(sorted((names[key], str(role)) for key, role in item.roles))
        return ItemEntry(item.number, item.text, item.matters, item.place_kinds, roles)


def read_responsibilities(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a list in matrix form and decide every item's fate; nothing is written.

    FileError where the unit is unknown or out of reach, or no column holds roles.
    """
    unit = _unit(options)
    opened = open_table(path, file_name, FIELDS, options)
    table = rows_of(opened, FIELDS, options)
    book = _book(unit, opened, table)
    cells = {row.number: row.cells for row in opened.table.rows}
    rows = refuse_repeated(table.rows, "number", table.column("number"))
    decided = [_decide(row, cells[row.number], book, table) for row in rows]
    parties = _parties(book)
    entries = [one for fate, one in decided if one and fate.fate in (Fate.NEW, Fate.CHANGED)]
    title = options.extra.get("title", "") or (book.facts.title if book.facts else "")

    def write(by: Account, at: datetime) -> None:
        if not entries:
            return
        named = title or Path(file_name).stem
        draft = book.draft or start_draft(unit=unit, title=named, by=by, at=at)
        write_sheet(sheet=draft, parties=parties, items=entries, source=file_name, by=by, at=at)

    notes = (*_notes_of(table, book), *_absent(book, rows), *_unset(parties))
    fates = [fate for fate, _entry in decided]
    return ImportPlan(KIND, file_name, fates, write, table.columns, notes)


def _unit(options: ImportOptions) -> Unit:
    code = options.extra.get("unit", "").strip()
    unit = units_with_codes([code]).get(code) if code else None
    if unit is None or not options.may_write(unit.path):
        raise ReadError("not-a-choice", column="unit", value=code, choices=_("code of a unit"))
    return unit


def _book(unit: Unit, opened: OpenTable, table: ImportTable) -> _Book:
    lists = ResponsibilityList.objects.filter(unit=unit).order_by("-version")
    newest = lists.first()
    draft = newest if newest and newest.state == ListState.DRAFT else None
    headings = _party_columns(opened, table)
    if not headings:
        remedy = ", ".join(dict.fromkeys(ROLE_CHINESE.values()))
        raise ReadError("not-a-choice", column=table.file_name, value="", choices=remedy)
    matters: dict[str, str] = {}
    for code, row in newest_versions().items():
        matters |= _spellings(code, row)
    return _Book(unit, draft, list_facts(newest) if newest else None, headings, matters)


def _spellings(code: str, row: MatterRow) -> dict[str, str]:
    words = (code, row.name, row.name_en, row.local_code)
    return {heading_key(word): code for word in words if word}


def _party_columns(opened: OpenTable, table: ImportTable) -> dict[str, int]:
    """Return the columns that hold roles, by heading: at least one cell reads as a role."""
    taken = set(table.columns.values())
    found = {}
    for at, heading in enumerate(opened.table.headers):
        if not heading or heading in taken:
            continue
        said = [clean_text(row.cells[at]) for row in opened.table.rows]
        if any(heading_key(word) in ROLE_WORDS for word in said if word):
            found[heading] = at
    return found


def _decide(
    row: ImportRow, cells: Sequence[Cell], book: _Book, table: ImportTable
) -> tuple[RowFate, ItemEntry | None]:
    label = row.text("text") or row.text("number")
    row, matters = _matters(_checked(row, table), book, table)
    row, roles = _roles(row, cells, book)
    if row.refusals:
        return refused_fate(row, label), None
    entry = ItemEntry(
        number=int(row.values["number"]),
        text=row.text("text"),
        matters=tuple(sorted(matters)),
        place_kinds=row.values.get("place_kinds") or (),
        roles=tuple(sorted(roles)),
    )
    old = book.said(entry.number)
    entry = _kept(entry, old, book, table)
    warnings = tuple(_warnings(entry, table))
    if old is None:
        return RowFate(row.number, Fate.NEW, label, {}, (), warnings), entry
    changes = {
        name: (getattr(old, name), getattr(entry, name))
        for name in ("text", "matters", "place_kinds", "roles")
        if getattr(old, name) != getattr(entry, name)
    }
    fate = Fate.CHANGED if changes else Fate.SAME
    return RowFate(row.number, fate, label, changes, (), warnings), entry


def _kept(entry: ItemEntry, old: ItemEntry | None, book: _Book, table: ImportTable) -> ItemEntry:
    """Keep what the file has no column for; a blank cell of a column it has is an empty one."""
    if old is None:
        return entry
    missing = {n: getattr(old, n) for n in ("matters", "place_kinds") if not table.has(n)}
    beside = [one for one in old.roles if one[0] not in book.headings]
    return replace(entry, roles=tuple(sorted([*entry.roles, *beside])), **missing)


def _checked(row: ImportRow, table: ImportTable) -> ImportRow:
    number = row.values.get("number")
    if number is not None and not 1 <= number <= _MOST_ITEMS:
        said = sentence(_("numbers go from 1 to {most}"), most=_MOST_ITEMS)
        row = _refused(row, table.column("number"), number, said, _("Correct the number."))
    if len(row.text("text")) > _LONGEST_TEXT:
        said, column = _("this text is too long"), table.column("text")
        row = _refused(row, column, row.text("text")[:40], said, _("Shorten it."))
    return row


def _matters(row: ImportRow, book: _Book, table: ImportTable) -> tuple[ImportRow, list[str]]:
    """Return the codes a row's matters mean, by code or by name; one unknown is refused."""
    codes = []
    for word in row.values.get("matters") or ():
        code = book.matters.get(heading_key(word))
        if code is None:
            said = _("no matter of the catalogue has this code or name")
            remedy = _("Look it up in the catalogue of matters, or enter it there first.")
            row = _refused(row, table.column("matters"), word, said, remedy)
        else:
            codes.append(code)
    return row, list(dict.fromkeys(codes))


def _roles(
    row: ImportRow, cells: Sequence[Cell], book: _Book
) -> tuple[ImportRow, list[tuple[str, str]]]:
    roles = []
    for heading, at in book.headings.items():
        word = clean_text(cells[at]) if at < len(cells) else ""
        role = ROLE_WORDS.get(heading_key(word)) if word else None
        if role is not None:
            roles.append((heading, str(role)))
        elif word:
            known = ", ".join(f"{said} ({code})" for code, said in ROLE_CHINESE.items())
            remark = remark_of(ReadError("not-a-choice", column=heading, value=word, choices=known))
            row = row.refused(remark)
    return row, roles


def _refused(row: ImportRow, column: str, value: object, text: Any, remedy: Any) -> ImportRow:
    return row.refused(Remark(text, column=column, value=str(value), remedy=remedy))


def _warnings(entry: ItemEntry, table: ImportTable) -> list[Remark]:
    """Say what the check will find: nobody or two who answer, no matter."""
    said = []
    answerable = [name for name, role in entry.roles if role == PartyRole.ANSWERABLE]
    if not answerable:
        said.append(Remark(_("nobody is answerable"), remedy=_("Mark one party 主责.")))
    if len(answerable) > 1:
        names = "、".join(answerable)
        text = _("two parties are answerable")
        said.append(Remark(text, value=names, remedy=_("Keep one of them.")))
    if not entry.matters:
        text = _("no matter is named: the item answers nothing")
        remedy = _("Fill in codes or names of matters, parted by ；")
        said.append(Remark(text, column=table.column("matters"), remedy=remedy))
    return said


def _parties(book: _Book) -> list[PartyFacts]:
    """Return the file's parties: as the list there is knows them, by their words, or by name."""
    known = {one.name: one for one in book.facts.parties} if book.facts else {}
    unknown = [h for h in book.headings if h not in known and party_by_heading(h) is None]
    bodies = _bodies(unknown, book.unit)
    found = []
    for at, heading in enumerate(book.headings, start=1):
        facts = known.get(heading) or party_by_heading(heading) or bodies.get(heading)
        facts = facts or PartyFacts(0, heading)
        found.append(replace(facts, key=0, name=heading[:_LONGEST_PARTY], position=at))
    return found


def _bodies(names: Sequence[str], unit: Unit) -> dict[str, PartyFacts]:
    """Return the organisations that bear these names, each only where one alone does."""
    rows = Organisation.objects.filter(name__in=names, closed_on=None)
    rows = rows.filter(unit__path__startswith=unit.path) | rows.filter(unit=None)
    found: dict[str, list[int]] = {}
    for name, pk in rows.values_list("name", "pk"):
        found.setdefault(name, []).append(pk)
    return {
        name: PartyFacts(0, name, ResolvesBy.ORGANISATION, organisation_id=pks[0])
        for name, pks in found.items()
        if len(pks) == 1
    }


def _notes_of(table: ImportTable, book: _Book) -> list[Remark]:
    """Say which columns are parties, in place of the note that they are not used."""
    parties = "、".join(book.headings)
    kept = [one for one in table.notes if not any(h in str(one.text) for h in book.headings)]
    return [*kept, Remark(sentence(_("Parties read: {parties}."), parties=parties))]


def _absent(book: _Book, rows: Sequence[ImportRow]) -> list[Remark]:
    said = {row.values.get("number") for row in rows}
    left = [str(i.number) for i in book.facts.items if i.number not in said] if book.facts else []
    if not left:
        return []
    text = _("Items of the list that the file does not hold stay as they are: {numbers}.")
    return [Remark(sentence(text, numbers=", ".join(left)))]


def _unset(parties: Sequence[PartyFacts]) -> list[Remark]:
    names = [one.name for one in parties if one.resolves_by == ResolvesBy.UNSET]
    if not names:
        return []
    text = _("Say on the page of the draft how these parties are found: {names}.")
    return [Remark(sentence(text, names="、".join(names)))]


def responsibilities_template() -> bytes:
    """Return an .xlsx in matrix form with two examples and the roles to choose from."""
    parties = ("居委会主任", "网格长", "物业公司", "业委会", "站长", "片区长")
    columns = [(one.titles[0], one.name) for one in FIELDS]
    columns += [(party, party) for party in parties]
    rows: list[list[Cell]] = [
        [1, "房屋渗漏水", "51999", "小区", "配合", "知悉", "主责", "配合", None, None],
        [2, "楼道堆物清理", "52996", "小区", "配合", "主责", "实施", None, None, "知悉"],
    ]
    choices = {party: list(ROLE_CHINESE.values()) for party in parties}
    return template_book("责任清单", columns, rows, choices)
