"""Division codes (区划代码): what the digits of an official code say about level and parent.

GB/T 2260 gives cities and districts 6 digits, GB/T 10114 adds 3 for the town and the statistics
bureau 3 more for the committee. The seventh digit tells a street (0) from a town (1), a township
(2, 3) and a unit that exists for statistics only (4, 5). Codes are evidence, never keys: they
change hands over time.
"""

import re
from enum import StrEnum

from hequan.territory.kinds import Level

# The four cities whose districts lie directly below the province-level code.
MUNICIPALITIES = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
_LENGTHS = {Level.CITY: 6, Level.DISTRICT: 6, Level.TOWN: 9, Level.COMMITTEE: 12}
_PROVINCES = frozenset(
    {"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"}
    | {"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"}
    | {"65", "71", "81", "82"}
)


class TownKind(StrEnum):
    """What the seventh digit makes of a town-level unit."""

    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    STATISTICAL = "statistical"


class CodeError(ValueError):
    """A code that no division can bear; `reason` is a stable word for the faces."""

    def __init__(self, reason: str, code: str) -> None:
        self.reason = reason
        self.code = code
        super().__init__(f"{code!r}: {reason}")


def level_of_code(code: str) -> Level:
    """Return the level an official code belongs to; CodeError where it is none."""
    if not code.isascii() or not code.isdigit():
        raise CodeError("not-digits", code)
    if code[:2] not in _PROVINCES:
        raise CodeError("no-province", code)
    if len(code) == 6:
        return Level.CITY if code.endswith("00") else Level.DISTRICT
    if len(code) == 9:
        town_kind(code)
        return Level.TOWN
    if len(code) == 12:
        return _level_of_twelve(code)
    raise CodeError("length", code)


def _level_of_twelve(code: str) -> Level:
    """A shorter code may be padded with zeros to twelve digits, as statistics tables do."""
    if code.endswith("000"):
        return level_of_code(short_code(code))
    town_kind(code[:9])
    return Level.COMMITTEE


def short_code(code: str) -> str:
    """Return a code without the zeros that pad it to twelve digits: 310113111000 is 310113111."""
    if len(code) != 12 or not code.endswith("000"):
        return code
    return code[:6] if code.endswith("000000") else code[:9]


def town_kind(code: str) -> TownKind:
    """Return what the seventh digit says; CodeError for digits no town-level unit has."""
    kinds = {
        "0": TownKind.STREET,
        "1": TownKind.TOWN,
        "2": TownKind.TOWNSHIP,
        "3": TownKind.TOWNSHIP,
        "4": TownKind.STATISTICAL,
        "5": TownKind.STATISTICAL,
    }
    if len(code) < 9 or code[6] not in kinds or code[6:9] == "000":
        raise CodeError("town-digit", code)
    return kinds[code[6]]


def parent_code_of(code: str) -> str:
    """Return the code of the unit above; empty for a city."""
    level = level_of_code(code)
    code = short_code(code)
    if level == Level.COMMITTEE:
        return code[:9]
    if level == Level.TOWN:
        return code[:6]
    if level == Level.CITY:
        return ""
    return code[:2] + "0000" if code[:2] in MUNICIPALITIES else code[:4] + "00"


def city_code_of(code: str) -> str:
    """Return the code of the city a code lies in: 310113111 lies in 310000."""
    level = level_of_code(code)
    if level == Level.CITY:
        return code[:6]
    return parent_code_of(code[:6])


def code_fits(level: Level, code: str) -> bool:
    """Tell whether an official code may belong to a unit of that level.

    Areas, grids and building groups have no official code: a town numbers them itself.
    """
    if level not in _LENGTHS:
        return bool(re.fullmatch(r"[0-9A-Za-z._-]{1,24}", code))
    try:
        return level_of_code(code) == level
    except CodeError:
        return False


def has_official_code(level: Level) -> bool:
    """Tell whether the state gives units of that level a code."""
    return level in _LENGTHS
