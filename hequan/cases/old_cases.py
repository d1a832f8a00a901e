"""An old case (旧案): what another system says of one, before it is a case here."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OldCase:
    """One case of another system, its place and class already found here.

    `closed_at` of a case that is still open is None; `due_at` is the other system's own deadline.
    """

    number: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    words: str
    place_words: str
    answer: str
    unit: int
    matter: int | None = None
    lon: float | None = None
    lat: float | None = None
