"""What the code column of one row says: level, parent, and whether it belongs to this import."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.file_words import sentence
from hequan.core.import_rows import ImportRow
from hequan.core.imports import Remark
from hequan.territory.codes import (
    CodeError,
    city_code_of,
    code_fits,
    level_of_code,
    parent_code_of,
    short_code,
)
from hequan.territory.kinds import Level
from hequan.territory.queries import root_units, unit_rows

_CODE_WORDS: dict[str, Any] = {
    "not-digits": _("an official code has digits only"),
    "no-province": _("no province has a code that begins like this"),
    "length": _("an official code has 6, 9 or 12 digits"),
    "town-digit": _("no street or town has a code like this: its seventh digit is 0 to 5"),
}


def bare_code(row: ImportRow) -> str:
    """Return the row's code without the zeros that pad it to twelve digits."""
    return short_code(row.text("code"))


def implied_parent(code: str) -> str:
    """Return the code of the unit above as an official code tells it; empty where it does not."""
    try:
        return parent_code_of(code)
    except CodeError:
        return ""


def level_of_row(row: ImportRow) -> Level | None:
    """Return the level as written, else as the code tells; None where neither does."""
    written = row.text("level")
    if written:
        return Level(written)
    try:
        return level_of_code(row.text("code"))
    except CodeError:
        return None


def code_remark(row: ImportRow, level: Level | None, column: str) -> Remark | None:
    """Return why the code cannot be borne by a unit of that level, None where it can."""
    code = row.text("code")
    if not code:
        return None  # refused already as a blank cell
    remedy: Any = _("Correct the code; units without an official code need a level in their row.")
    if level is None:
        try:
            level_of_code(code)
        except CodeError as error:
            return Remark(_CODE_WORDS[error.reason], column, code, remedy)
    if level is not None and not code_fits(level, code):
        remedy = _("Correct the code or the level.")
        return Remark(_("this code does not belong to a unit of this level"), column, code, remedy)
    return None


def cut_to_part(
    rows: list[ImportRow], within: str, column: str
) -> tuple[list[ImportRow], list[Remark]]:
    """Keep the rows of one part of the country, by the beginning of their codes.

    Without a beginning the only city there is decides; a file of several cities for an empty
    territory is refused row by row, since nobody can tell which of them is meant.
    """
    if within:
        return _kept(rows, lambda row: row.text("code").startswith(within), within)
    cities = {city for row in rows if (city := _city(row))}
    if len(cities) < 2:
        return rows, []
    own = {one.code for one in unit_rows(root_units()) if one.level == Level.CITY}
    if len(own) == 1:
        (city,) = own
        return _kept(rows, lambda row: _city(row) in ("", city), city)
    several = Remark(
        _("the file holds several cities"),
        column=column,
        remedy=_("Say which codes to read by their first digits, such as 31."),
    )
    return [row.refused(several) for row in rows], []


def _city(row: ImportRow) -> str:
    try:
        return city_code_of(row.text("code"))
    except CodeError:
        return ""


def _kept(rows: list[ImportRow], belongs: Any, part: str) -> tuple[list[ImportRow], list[Remark]]:
    kept = [row for row in rows if belongs(row)]
    left_out = len(rows) - len(kept)
    if not left_out:
        return kept, []
    told = sentence(_("Rows outside {part} left out: {count}."), part=part, count=left_out)
    return kept, [Remark(told)]
