"""Faults of the audit trail (审计异常): what a check can find, and where.

Without tables: `faults_of_lane` walks the entries of one lane in order and compares each with the
mac it must have, with the lane's end, and with the marks that digests and witnesses left.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from hequan.core.audit.chain import ChainKey, Facts, Place, mac_of


class FaultKind(StrEnum):
    """What is wrong with an entry, a lane or a digest."""

    ALTERED = "altered"  # its text, id or place is not what was written
    REMOVED = "removed"  # numbers are missing between two entries
    CUT_OFF = "cut_off"  # the lane ends before where it is known to have been
    INSERTED = "inserted"  # an entry that no action wrote
    LANE_ALTERED = "lane_altered"  # the lane's row does not fit its entries
    DIFFERS = "differs"  # not the mac that a witness or digest saw at this place
    DIGEST_ALTERED = "digest_altered"
    DIGEST_MISSING = "digest_missing"
    EMPTIED = "emptied"  # no entry at all, though accounts were opened
    KEY_MISSING = "key_missing"  # the keyring has not the key it was written with


@dataclass(frozen=True)
class Fault:
    """One finding: where it is, as far as the kind has a place."""

    kind: FaultKind
    day: str = ""
    lane: int = 0
    number: int = 0
    to_number: int = 0  # of a run of missing entries
    entry: int = 0
    known_by: str = ""  # which witness, digest or lane row contradicts


@dataclass(frozen=True)
class ChainedRow:
    """One entry as it lies in the database."""

    number: int
    key_id: str
    mac: str
    facts: Facts


@dataclass(frozen=True)
class Mark:
    """That the entry with this number had a mac beginning so, by a witness or a digest."""

    number: int
    mac: str
    known_by: str


@dataclass(frozen=True)
class LaneEnd:
    """Where a lane begins to be checked, or where it is said to end."""

    number: int
    mac: str


KeyOf = Callable[[str], ChainKey | None]


def faults_of_lane(
    lane: int,
    rows: Iterable[ChainedRow],
    start: LaneEnd,
    end: LaneEnd,
    marks: Iterable[Mark],
    key_of: KeyOf,
) -> Iterator[Fault]:
    """Yield what is wrong with one lane's entries after `start`; rows and marks come by number."""
    walk = _Walk(lane, start, key_of)
    waiting = _Marks(lane, marks, start.number)
    for row in rows:
        waiting.pass_missing(row.number)
        found = list(walk.faults_at(row))
        yield from found
        yield from waiting.at(row, told=bool(found))
    yield from _faults_at_end(walk, end, waiting)


class _Walk:
    """How far the walk has come, and which macs the next entry may be tied to."""

    def __init__(self, lane: int, start: LaneEnd, key_of: KeyOf) -> None:
        self.lane = lane
        self.number = start.number
        self.day = ""
        self.ends = {start.mac}
        self._key_of = key_of

    def faults_at(self, row: ChainedRow) -> Iterator[Fault]:
        """Yield what is wrong with the next entry, and step to it."""
        self.day = timezone.localdate(row.facts.at).isoformat()
        here = {"day": self.day, "lane": self.lane, "entry": row.facts.entry_id}
        if row.number <= self.number:  # only where the unique index was dropped
            yield Fault(FaultKind.INSERTED, number=row.number, **here)  # type: ignore[arg-type]
            return
        is_tied = row.number == self.number + 1
        if not is_tied:
            gap = (self.number + 1, row.number - 1)
            yield Fault(FaultKind.REMOVED, self.day, self.lane, *gap)
        key = self._key_of(row.key_id)
        if key is None:
            yield Fault(FaultKind.KEY_MISSING, number=row.number, **here)  # type: ignore[arg-type]
        self.number = row.number
        if key is None or not is_tied:
            self.ends = {row.mac}
            return
        due = {mac_of(Place(self.lane, row.number, one), row.facts, key) for one in self.ends}
        if row.mac not in due:
            yield Fault(FaultKind.ALTERED, number=row.number, **here)  # type: ignore[arg-type]
        # where only the mac itself was overwritten, the next entry is tied to the one it had
        self.ends = {row.mac} if row.mac in due else due | {row.mac}


class _Marks:
    """The marks still ahead of the walk."""

    def __init__(self, lane: int, marks: Iterable[Mark], after: int) -> None:
        self._lane = lane
        self._marks = (one for one in marks if one.number > after)
        self._next = next(self._marks, None)

    def pass_missing(self, number: int) -> None:
        """Pass the marks of missing entries: the gap is told already."""
        while self._next and self._next.number < number:
            self._next = next(self._marks, None)

    def at(self, row: ChainedRow, told: bool) -> Iterator[Fault]:
        """Yield one fault if a mark saw another entry here, unless the entry is told already."""
        while self._next and self._next.number == row.number:
            if not told and not row.mac.startswith(self._next.mac):
                told = True
                yield Fault(
                    FaultKind.DIFFERS,
                    timezone.localdate(row.facts.at).isoformat(),
                    self._lane,
                    row.number,
                    entry=row.facts.entry_id,
                    known_by=self._next.known_by,
                )
            self._next = next(self._marks, None)

    def last(self) -> Mark | None:
        """Return the farthest mark that is still ahead."""
        return max(self._marks, key=lambda one: one.number, default=self._next)


def _faults_at_end(walk: _Walk, end: LaneEnd, waiting: _Marks) -> Iterator[Fault]:
    ahead = waiting.last()
    known, known_by = (ahead.number, ahead.known_by) if ahead else (0, "")
    if end.number >= known:
        known, known_by = end.number, "lane"
    if known > walk.number:
        missing = (walk.number + 1, known)
        yield Fault(FaultKind.CUT_OFF, walk.day, walk.lane, *missing, known_by=known_by)
    elif end.number == walk.number and end.mac not in walk.ends:
        yield Fault(FaultKind.LANE_ALTERED, walk.day, walk.lane, walk.number)
