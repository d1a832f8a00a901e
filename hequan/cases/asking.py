"""What somebody asks (诉求): plain values from any door, before there is a case."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from hequan.cases.kinds import CaseChannel

WORDS_LENGTH = 5000
PLACE_LENGTH = 200
NAME_LENGTH = 64
# they turn the order in which the words around them are read: 沪A123 may be shown as 321A沪
_TURNS_READING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_UNSEEN_KINDS = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}
_UNSEEN_LETTERS = set("\u115f\u1160\u2800\u3164\uffa0")  # letters by their kind, yet blank


def plain_text(said: str) -> str:
    """Return a text without what turns its reading and blanks around it; empty for nothing seen."""
    text = said.translate(_TURNS_READING).strip()
    seen = (
        one not in _UNSEEN_LETTERS and unicodedata.category(one) not in _UNSEEN_KINDS
        for one in text
    )
    return text if any(seen) else ""


@dataclass(frozen=True)
class Asking:
    """One matter as it was said; `unit` is where the point or the words lie, if somebody chose it.

    `form_key` names one sending of a form; `at_unit` is the part of the town the door belongs to,
    for an asking whose place nobody knows yet.
    """

    channel: CaseChannel
    words: str
    at_unit: int
    matter_code: str = ""
    unit: int | None = None
    lon: float | None = None
    lat: float | None = None
    place_words: str = ""
    asker: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    is_confidential: bool = False
    form_key: str = ""
    happened_on: date | None = None

    def plainly(self) -> "Asking":
        """Return it with plain words, place and name."""
        return replace(
            self,
            words=plain_text(self.words),
            place_words=plain_text(self.place_words),
            contact_name=plain_text(self.contact_name),
        )


@dataclass(frozen=True)
class Part:
    """One of several matters that an asking named: what is said of it, and its class if known."""

    words: str
    matter_code: str = ""
