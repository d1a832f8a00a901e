"""Cells as people type them (单元格): turned into text, codes, numbers, days and yes or no.

Spreadsheets of a town hold full-width digits, spaces nobody sees, numbers stored as text, codes
stored as numbers and days stored as serial numbers. Every function takes one raw cell, returns
None (or an empty text) for a blank one, and raises `CellError` for what cannot be read safely.
"""

import datetime
import math
import re
from collections.abc import Callable

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None
Parse = Callable[[Cell], object]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([, ']\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:[ T].*)?")
_COMPACT_DAY = re.compile(r"(1[89]\d\d|2[01]\d\d)(\d\d)(\d\d)")
_TIME = re.compile(r"(\d{1,2})[:.时点](\d{2})?(?::(\d{2}))?分?")
_LIST = re.compile(r"[;；、|｜\n]+")
_YES = frozenset(
    ("y", "yes", "true", "t", "1", "on", "是", "有", "对", "真", "能", "可", "√", "✓", "✔")
)
_NO = frozenset(
    ("n", "no", "false", "f", "0", "off", "否", "无", "没有", "错", "假", "不", "×", "✗", "✘")
)
# Spreadsheet serials count days from here; 10 000 is May 1927, so that a bare year is no serial.
_SERIAL_START = datetime.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000
_EXACT_FLOAT = 2**53

MOST_COUNTED = 10_000_000_000  # more people than there are: a slip of the keyboard


class CellError(ValueError):
    """One cell that cannot be read; `code` and `gaps` name the sentence in `wording`."""

    def __init__(self, code: str, value: Cell, **gaps: object) -> None:
        """Keep the sentence's code, the cell as it was found and the sentence's gaps."""
        super().__init__(code, value)
        self.code = code
        self.value = value
        self.gaps = gaps


def half_width(text: str) -> str:
    """Return the text with full-width digits, letters and punctuation made ASCII (全角转半角)."""
    return text.translate(_FULL_WIDTH)


def clean_text(value: Cell) -> str:
    """Return the cell as text: outer spaces of every kind gone, inner ones single, "" if blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join((value if value.isascii() else value.translate(_INVISIBLE)).split())
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_FLOAT:
        value = int(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def clean_code(value: Cell) -> str:
    """Return an identifier: half-width, no spaces, `12.0` as `12`; "" if blank.

    A number too long for a spreadsheet has lost its last digits and is refused.
    """
    lost = isinstance(value, int | float) and not isinstance(value, bool)
    if lost and isinstance(value, int | float) and abs(value) >= _EXACT_FLOAT:
        raise CellError("code-lost-digits", value)
    text = half_width(clean_text(value)).replace(" ", "")
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'")
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text):
        raise CellError("code-lost-digits", value)
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def parse_number(value: Cell) -> float | None:
    """Return a finite number; thousands separators, full-width digits and a decimal comma pass."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return _finite(float(value), value)
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        raise CellError("not-a-number", value)
    if isinstance(value, int | float):
        return _finite(float(value), value)
    text = half_width(clean_text(value))
    if not text:
        return None
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[, ']", "", text)
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise CellError("not-a-number", value)
    return _finite(float(text), value)


def _finite(number: float, value: Cell) -> float:
    if not math.isfinite(number):
        raise CellError("not-a-number", value)
    return number


def parse_whole(value: Cell) -> int | None:
    """Return a whole number; `12.0` is 12, `12.5` is refused."""
    number = parse_number(value)
    if number is None:
        return None
    if not number.is_integer():
        raise CellError("not-whole", value)
    return int(number)


def parse_count(value: Cell) -> float | None:
    """Return a number of people or things: not negative, fractions allowed (census estimates)."""
    number = parse_number(value)
    if number is not None and number < 0:
        raise CellError("negative", value)
    if number is not None and number > MOST_COUNTED:
        raise CellError("too-many", value)
    return number


def parse_longitude(value: Cell) -> float | None:
    """Return degrees between -180 and 180."""
    return _within(value, 180.0, "not-a-longitude")


def parse_latitude(value: Cell) -> float | None:
    """Return degrees between -90 and 90."""
    return _within(value, 90.0, "not-a-latitude")


def _within(value: Cell, limit: float, code: str) -> float | None:
    number = parse_number(value)
    if number is not None and abs(number) > limit:
        raise CellError(code, value)
    return number


def parse_day(value: Cell) -> datetime.date | None:
    """Return a day from a spreadsheet date, a serial number or year-month-day text."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, bool | datetime.time | datetime.timedelta):
        raise CellError("not-a-day", value)
    text = half_width(clean_text(value))
    if not text:
        return None
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        return _calendar_day([int(part) for part in found.groups()], value)
    return _day_of_serial(text, value)


def _calendar_day(parts: list[int], value: Cell) -> datetime.date:
    try:
        return datetime.date(*parts)
    except ValueError:
        raise CellError("not-a-day", value) from None


def _day_of_serial(text: str, value: Cell) -> datetime.date:
    if not _NUMBER.fullmatch(text) or not _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        raise CellError("not-a-day", value)
    return _SERIAL_START + datetime.timedelta(days=int(float(text)))


def parse_time(value: Cell) -> datetime.time | None:
    """Return a time of day from a spreadsheet time, a fraction of a day or `9:30` as text."""
    if isinstance(value, datetime.datetime):
        return value.time()
    if isinstance(value, datetime.time):
        return value
    if isinstance(value, float) and 0 <= value < 1:
        return _time_after_midnight(datetime.timedelta(days=value))
    text = half_width(clean_text(value)) if isinstance(value, str | None) else "?"
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if not found:
        raise CellError("not-a-time", value)
    try:
        hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime.time(hour, minute, second)
    except ValueError:
        raise CellError("not-a-time", value) from None


def _time_after_midnight(passed: datetime.timedelta) -> datetime.time:
    minutes = min(round(passed.total_seconds() / 60), 24 * 60 - 1)
    return datetime.time(minutes // 60, minutes % 60)


def parse_yes_no(value: Cell) -> bool | None:
    """Return True or False for yes and no in Chinese or English; None if blank."""
    text = half_width(clean_text(value)).casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError("not-yes-no", value)


def parse_list(value: Cell) -> tuple[str, ...]:
    """Return the parts between `;`, `、`, `|` or line breaks, cleaned, each once, in order."""
    raw = value if isinstance(value, str) else clean_text(value)
    parts = (clean_text(part) for part in _LIST.split(raw))
    return tuple(dict.fromkeys(part for part in parts if part))
