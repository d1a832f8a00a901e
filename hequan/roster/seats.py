"""Seats (席位): which posts of a batch cannot stand beside those there are. Pure.

One head at a place at a time, and nobody the same post at the same place twice at a time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hequan.roster.kinds import HEADS
from hequan.roster.spans import overlap

PlaceKey = tuple[str, int]  # kind of place and id


@dataclass(frozen=True)
class Seat:
    """One post as far as seats go; `key` is the post's id where it is there already."""

    kind: str
    place: PlaceKey
    person: int
    first: date
    until: date | None
    key: int = 0


class Seats:
    """The posts at some places, asked and filled one by one."""

    def __init__(self, held: Iterable[Seat]) -> None:
        self._held: dict[tuple[str, PlaceKey], list[Seat]] = defaultdict(list)
        for seat in held:
            self.take(seat)

    def take(self, seat: Seat) -> None:
        """Fill a seat; whoever asks later finds it."""
        self._held[seat.kind, seat.place].append(seat)

    def same_as(self, seat: Seat) -> Seat | None:
        """Return the seat that this person holds there at that time already."""
        return next((one for one in self._beside(seat) if one.person == seat.person), None)

    def rival_of(self, seat: Seat) -> Seat | None:
        """Return another head of the place at that time; None where it is free or takes many."""
        if seat.kind not in HEADS:
            return None
        return next((one for one in self._beside(seat) if one.person != seat.person), None)

    def _beside(self, seat: Seat) -> Iterable[Seat]:
        for one in self._held[seat.kind, seat.place]:
            if overlap(one.first, one.until, seat.first, seat.until):
                yield one
