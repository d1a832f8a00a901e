"""Rectangles to cover in a photo (打码区域), as a page sends them, checked first."""

import json
from collections.abc import Sequence
from math import isfinite

from hequan.cases.errors import MasksUnreadableError, TooManyMasksError
from hequan.files.masking import Mask

MOST = 40
SMALLEST = 0.002  # of a side; a click that slipped is no rectangle
_DIGITS = 5
_NUMBERS = 4


def masks_from(text: str) -> tuple[Mask, ...]:
    """Return the masks of `[[left, top, width, height], ...]` in fractions; empty for no text.

    What reaches beyond the picture is cut off at its edge. Raises MasksUnreadableError or
    TooManyMasksError.
    """
    if not text.strip():
        return ()
    try:
        rows = json.loads(text, parse_int=float)  # a whole number may be too large for a float
    except (ValueError, RecursionError):
        raise MasksUnreadableError from None
    if not isinstance(rows, list):
        raise MasksUnreadableError
    if len(rows) > MOST:
        raise TooManyMasksError(most=MOST, there=len(rows))
    return tuple(_mask(row) for row in rows)


def _mask(row: object) -> Mask:
    if not isinstance(row, list) or len(row) != _NUMBERS or not all(map(_is_number, row)):
        raise MasksUnreadableError
    left, right = _within(row[0], row[2])
    top, bottom = _within(row[1], row[3])
    if right - left < SMALLEST or bottom - top < SMALLEST:
        raise MasksUnreadableError
    sides = (left, top, right - left, bottom - top)
    return Mask(*(round(one, _DIGITS) for one in sides))


def _is_number(one: object) -> bool:
    return isinstance(one, float) and isfinite(one)


def _within(begins: float, length: float) -> tuple[float, float]:
    """Return where a stretch begins and ends between 0 and 1."""
    return max(0.0, min(1.0, begins)), max(0.0, min(1.0, begins + length))


def rows_of(masks: Sequence[Mask]) -> list[list[float]]:
    """Return masks as they are stored and sent."""
    return [[one.left, one.top, one.width, one.height] for one in masks]
