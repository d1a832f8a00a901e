"""What somebody asks (诉求): plain values from any door, before there is a case."""

from dataclasses import dataclass
from datetime import date

from hequan.cases.kinds import CaseChannel

WORDS_LENGTH = 5000
PLACE_LENGTH = 200
NAME_LENGTH = 64


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


@dataclass(frozen=True)
class Part:
    """One of several matters that an asking named: what is said of it, and its class if known."""

    words: str
    matter_code: str = ""
