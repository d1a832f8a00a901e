"""Words a place is looked up by (地点检索词): how what is typed fits what a place is called.

Somebody types an address with the floor behind it, half a name, or the first letters of one
(hfl 11 is 红枫路11号). Pure: words in, how well they fit out.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

MOST_WORDS = 8
_PARTS = re.compile(r"[a-z]+|[^a-z\s]+")
_HOUSE = re.compile(r"^.*\d(?:号楼|号|弄|栋|幢|座)")
_LETTERS = re.compile(r"^[a-z]{2,}$")
_ENOUGH = 3  # so many letters may stand in the middle of a name; fewer begin it


class Fit(IntEnum):
    """How well a name fits, the best highest."""

    NOT = 0
    BESIDE = 1  # by what is told beside the name only: an address, a unit
    HOLDS = 2
    BEGINS = 3
    IS = 4


def words_in(text: str) -> list[str]:
    """Return the parts that all have to fit, at most eight; letters apart from the rest."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _PARTS.findall(plain)[:MOST_WORDS]


def readings_of(text: str) -> list[str]:
    """Return what may be meant as the place, the whole first: to the house number, the first word.

    What stands behind the place (a floor, a corner) is no part of any name.
    """
    whole = text.strip()
    house = _HOUSE.match(whole)
    parts = whole.split(maxsplit=1)
    tries = [whole, house[0] if house else "", parts[0] if parts else ""]
    return [one for one in dict.fromkeys(tries) if one]


def are_letters(word: str) -> bool:
    """Tell whether a word may be the first letters of a name."""
    return bool(_LETTERS.match(word))


def fit(words: Sequence[str], name: str, letters: str, more: str = "") -> Fit:
    """Return how words fit a name with its first letters; `more` is what also may hold them."""
    plain = name.casefold()
    if not words:
        return Fit.NOT
    if "".join(words) in (plain, letters):
        return Fit.IS
    if not all(_holds(word, plain, letters) or word in more.casefold() for word in words):
        return Fit.NOT
    if not any(_holds(word, plain, letters) for word in words):
        return Fit.BESIDE
    begins = plain.startswith(words[0]) or (are_letters(words[0]) and letters.startswith(words[0]))
    return Fit.BEGINS if begins else Fit.HOLDS


def _holds(word: str, plain: str, letters: str) -> bool:
    if word in plain:
        return True
    if not are_letters(word):
        return False
    return letters.startswith(word) or (len(word) >= _ENOUGH and word in letters)
