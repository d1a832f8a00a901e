"""Headings in any language (表头): which column of a table is which field of ours.

Officers write 居委会名称, "Name of committee" or committee_name; all of them are titles of one
field. Matching ignores case, spaces, width and a unit in brackets. What is missing or could be
two columns is refused with the headings that were found, never guessed.
"""

import re
import unicodedata
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hequan.files.values import Cell, CellError, Parse, clean_text
from hequan.files.wording import ReadError, cell_refused

_BRACKETS = re.compile(r"[(\[{<【〔「][^)\]}>】〕」]*[)\]}>】〕」]")
_LONG, _MANY = 30, 40  # headings named in a refusal: letters of each, and how many
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class Field:
    """One thing a table may hold: our name, the titles people give it, and how its cells read."""

    name: str
    titles: tuple[str, ...] = ()
    required: bool = True
    parse: Parse = clean_text

    @property
    def keys(self) -> frozenset[str]:
        """Return every spelling that means this field, as `heading_key` writes them."""
        return frozenset(heading_key(title) for title in (self.name, *self.titles))


@dataclass(frozen=True)
class Record:
    """One row read by fields: the values that could be read, and why others could not."""

    number: int
    values: dict[str, object]
    problems: tuple[ReadError, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """Which column holds which field; made by `match_headers`."""

    file: str
    sheet: str
    headers: tuple[str, ...]
    fields: tuple[Field, ...]
    columns: dict[str, int]
    unused: tuple[str, ...] = field(default=())

    def record(self, number: int, cells: Sequence[Cell]) -> Record:
        """Return one row's values by field name, None where the column is absent or blank."""
        values: dict[str, object] = {}
        problems = []
        for wanted in self.fields:
            at = self.columns.get(wanted.name)
            cell = cells[at] if at is not None and at < len(cells) else None
            try:
                values[wanted.name] = _value(wanted, cell)
            except CellError as error:
                values[wanted.name] = None
                problems.append(self.refused(error, number, wanted.name))
        return Record(number, values, tuple(problems))

    def refused(self, error: CellError, number: int, name: str) -> ReadError:
        """Return the refusal of one field's cell in a row, its column named as in the file."""
        column = self.column_title(name)
        return cell_refused(error, file=self.file, sheet=self.sheet, row=number, column=column)

    def column_title(self, name: str) -> str:
        """Return the heading of a field's column in this file, or the field's own name."""
        at = self.columns.get(name)
        return (self.headers[at] or column_letter(at)) if at is not None else name


def _value(wanted: Field, cell: Cell) -> object:
    value = wanted.parse(cell)
    if wanted.required and value in (None, "", ()):
        raise CellError("cell-blank", None)
    return None if value == "" else value


def heading_key(title: str) -> str:
    """Return a heading without case, width, spaces, punctuation and units in brackets."""
    text = unicodedata.normalize("NFKC", title).casefold()
    bare = _letters_of(_BRACKETS.sub("", text))
    return bare or _letters_of(text)


def _letters_of(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def titles_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return every title of the fields, for finding the row of headings."""
    return tuple(title for one in fields for title in (one.name, *one.titles))


def match_headers(
    headers: Sequence[str],
    fields: Sequence[Field],
    *,
    file: str,
    sheet: str = "",
    explicit: Pairs[str, str] | None = None,
) -> Mapping:
    """Return which column is which field; raise FileError if one is missing or could be two.

    `explicit` names columns by field: a heading as it stands in the file, or a letter (`C`).
    """
    titles = tuple(headers)
    chosen = dict(explicit or {})
    unknown = sorted(set(chosen) - {one.name for one in fields})
    if unknown:
        gaps: dict[str, Any] = {
            "wanted": unknown[0],
            "fields": ", ".join(one.name for one in fields),
        }
        raise ReadError("unknown-field", file=file, sheet=sheet, **gaps)
    if not chosen:
        _refuse_one_column(titles, fields, file, sheet)
    columns: dict[str, int] = {}
    for one in fields:
        if one.name in chosen:
            columns[one.name] = _named_column(titles, chosen[one.name], file, sheet)
    for one in fields:
        if one.name not in columns:
            at = _found_column(titles, one, frozenset(columns.values()), file, sheet)
            if at is not None:
                columns[one.name] = at
    taken = set(columns.values())
    unused = tuple(title for at, title in enumerate(titles) if title and at not in taken)
    return Mapping(file, sheet, titles, tuple(fields), columns, unused)


def _refuse_one_column(
    titles: Sequence[str], fields: Sequence[Field], file: str, sheet: str
) -> None:
    """One column that nobody looks for is no table: a letter, or columns parted by odd marks."""
    filled = [title for title in titles if title]
    wanted = [one for one in fields if one.required]
    if len(filled) != 1 or not wanted or any(heading_key(filled[0]) in one.keys for one in fields):
        return
    named = ", ".join(one.titles[0] if one.titles else one.name for one in wanted)
    gaps: dict[str, Any] = {"heading": _listed(filled), "titles": named}
    raise ReadError("one-column", file=file, sheet=sheet, **gaps)


def _named_column(titles: Sequence[str], wanted: str, file: str, sheet: str) -> int:
    exact = [at for at, title in enumerate(titles) if title == clean_text(wanted)]
    alike = [at for at, title in enumerate(titles) if heading_key(title) == heading_key(wanted)]
    found = exact or alike
    if found:
        return found[0]
    at = _letter_number(wanted)
    if at is not None and at < len(titles):
        return at
    gaps: dict[str, Any] = {"wanted": wanted, "headers": _listed(titles)}
    raise ReadError("column-missing", file=file, sheet=sheet, **gaps)


def _found_column(
    titles: Sequence[str], one: Field, taken: frozenset[int], file: str, sheet: str
) -> int | None:
    found = [
        at for at, title in enumerate(titles) if at not in taken and heading_key(title) in one.keys
    ]
    gaps: dict[str, Any] = {"field": one.name, "titles": ", ".join((one.name, *one.titles[:4]))}
    gaps |= {"headers": _listed([titles[at] for at in found] or titles)}
    if len(found) > 1:
        raise ReadError("column-ambiguous", file=file, sheet=sheet, **gaps)
    if not found and one.required:
        raise ReadError("field-missing", file=file, sheet=sheet, **gaps)
    return found[0] if found else None


def _listed(titles: Sequence[str]) -> str:
    """The headings of a table in one line; of what is no table, only the beginning."""
    filled = [title for title in titles if title]
    short = [one if len(one) <= _LONG else f"{one[:_LONG]}…" for one in filled[:_MANY]]
    return ", ".join([*short, *(["…"] if len(filled) > _MANY else [])]) or "-"


def column_letter(at: int) -> str:
    """Return the letter a spreadsheet gives column `at` (0 = A)."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _letter_number(text: str) -> int | None:
    if not _LETTERS.fullmatch(text):
        return None
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def parse_columns(option: str, fields: Sequence[Field]) -> dict[str, str]:
    """Return the explicit mapping written as `people=population,id=cell`; raise FileError."""
    pairs = {}
    names = ", ".join(one.name for one in fields)
    for part in filter(None, (part.strip() for part in option.split(","))):
        name, equals, title = (piece.strip() for piece in part.partition("="))
        if not equals or not name or not title:
            raise ReadError("columns-option", value=part, fields=names)
        if name not in {one.name for one in fields}:
            raise ReadError("unknown-field", wanted=name, fields=names)
        pairs[name] = title
    return pairs
