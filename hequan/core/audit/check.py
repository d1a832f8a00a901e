"""The check of the audit trail (审计校验): what was changed, taken out or put in, and where.

What is known outside the entries is read first (witnesses, digests and their files, the lanes'
ends), then the entries, lane by lane in pieces: so writers may go on meanwhile, and memory stays
bounded however long the trail is. A last count finds entries that stand in no lane's order.
"""

import heapq
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from hequan.core.accounts import accounts_exist
from hequan.core.audit.chain import ChainKey, Facts
from hequan.core.audit.digests import digest_files, digest_mac, sealed_heads, value_of
from hequan.core.audit.faults import ChainedRow, Fault, FaultKind, LaneEnd, Mark, faults_of_lane
from hequan.core.audit.marks import WitnessBook
from hequan.core.audit.tables import AuditCheck, AuditDigest, AuditEntry, AuditLane
from hequan.core.keyring import KeyPurpose, keyring

MOST_FAULTS = 1000
_PIECE = 2000
_FIELDS = (
    *("number", "key_id", "mac"),
    *("id", "at", "by_id", "on_behalf_of", "verb", "thing_kind", "thing_id", "before", "after"),
)
_TOPS = """
SELECT e.lane, e.top, e.loose, l.number FROM
    (SELECT lane, MAX(number) AS top, COUNT(*) - COUNT(number) AS loose
     FROM core_auditentry GROUP BY lane) e
    LEFT JOIN core_auditlane l ON l.id = e.lane
"""
Progress = Callable[[int], None]


@dataclass(frozen=True)
class CheckResult:
    """What a check read and found.

    `unwitnessed` lanes have entries that neither a digest nor a witness vouches for: whoever took
    the newest of them away and set the lane back would leave no trace there.
    """

    at: datetime
    since: date | None
    entries: int
    seconds: float
    faults: tuple[Fault, ...]
    unwitnessed: int = 0


@dataclass
class _Known:
    """What is known outside the entries, read before them."""

    starts: dict[int, tuple[int, str]]
    sealed: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    witnesses: WitnessBook = field(default_factory=WitnessBook)
    ends: dict[int, LaneEnd] = field(default_factory=dict)
    unwitnessed: set[int] = field(default_factory=set)


def check_trail(
    *,
    at: datetime,
    since: date | None = None,
    against: Sequence[dict[str, Any]] = (),
    progress: Progress = lambda entries: None,
) -> CheckResult:
    """Check the whole trail, or what was not sealed yet when the day `since` began.

    `against` are published digests that somebody kept. `progress` is told the entries read so far.
    """
    began = time.monotonic()
    known = _Known(starts={}, witnesses=WitnessBook.read())
    counted = _Counted(progress)
    found = chain(_faults_of_digests(known, since, against), _faults_of_entries(known, counted))
    faults = tuple(islice(found, MOST_FAULTS))
    took = time.monotonic() - began
    return CheckResult(at, since, counted.entries, took, faults, len(known.unwitnessed))


def missing_tables() -> list[str]:
    """Return the tables of the trail that the database has not: somebody dropped them."""
    there = set(connection.introspection.table_names())
    names = [one._meta.db_table for one in (AuditEntry, AuditLane, AuditDigest, AuditCheck)]
    return [name for name in names if name not in there]


def save_check(result: CheckResult) -> AuditCheck:
    """Keep a result for the page of the auditor."""
    return AuditCheck.objects.create(
        at=result.at,
        since=result.since,
        entries=result.entries,
        seconds=result.seconds,
        faults=[asdict(one) for one in result.faults],
    )


class _Counted:
    """Counts the entries read, and tells of it now and then."""

    def __init__(self, progress: Progress) -> None:
        self.entries = 0
        self._progress = progress

    def add(self, entries: int) -> None:
        self.entries += entries
        self._progress(self.entries)


def _key_of(key_id: str) -> ChainKey | None:
    try:
        return keyring().key(KeyPurpose.AUDIT, key_id)
    except LookupError:
        return None


def _faults_of_digests(
    known: _Known, since: date | None, against: Sequence[dict[str, Any]]
) -> Iterator[Fault]:
    digests = list(AuditDigest.objects.order_by("day"))
    previous = ""
    for one in digests:
        yield from _faults_of_digest(one, previous)
        previous = one.value
        for lane, (number, mac) in one.lanes.items():
            known.sealed[int(lane)].append(Mark(number, mac, f"digest {one.day}"))
    if since is not None:
        known.starts = sealed_heads(one for one in digests if one.day < since)
    kept = [json.loads(path.read_text(encoding="ascii")) for path in digest_files()]
    values = {one.day.isoformat(): one.value for one in digests}
    yield from _faults_of_copies(values, kept, "file")
    yield from _faults_of_copies(values, against, "copy")


def _faults_of_digest(one: AuditDigest, previous: str) -> Iterator[Fault]:
    key = _key_of(one.key_id)
    if key is None:
        yield Fault(FaultKind.KEY_MISSING, one.day.isoformat(), known_by=one.key_id)
        return
    is_whole = value_of(one.day, one.previous, one.lanes) == one.value
    if not is_whole or one.mac != digest_mac(one.value, key):
        yield Fault(FaultKind.DIGEST_ALTERED, one.day.isoformat())
    elif one.previous != previous:
        yield Fault(FaultKind.DIGEST_MISSING, one.day.isoformat(), known_by="previous")


def _faults_of_copies(
    values: dict[str, str], copies: Iterable[dict[str, Any]], known_by: str
) -> Iterator[Fault]:
    for one in copies:
        value = values.get(one["day"])
        if value is None:
            yield Fault(FaultKind.DIGEST_MISSING, one["day"], known_by=known_by)
        elif value != one["value"]:
            yield Fault(FaultKind.DIGEST_ALTERED, one["day"], known_by=known_by)


def _faults_of_entries(known: _Known, counted: _Counted) -> Iterator[Fault]:
    lanes = AuditLane.objects.order_by("pk").values_list("pk", "number", "head")
    known.ends = {lane: LaneEnd(number, head) for lane, number, head in lanes}
    in_rows = {one.lane: one.last for one in _tops() if one.row is None and one.last}
    elsewhere = {*known.starts, *known.sealed, *known.witnesses.lanes()} - {*known.ends}
    is_quiet = True
    for lane in sorted({*known.ends, *in_rows, *elsewhere}):
        for fault in _faults_in_lane(lane, known, in_rows.get(lane, 0), counted):
            is_quiet = False
            yield fault
    if is_quiet and _is_emptied():
        yield Fault(FaultKind.EMPTIED)
    yield from _strays()


def _is_emptied() -> bool:
    """Tell whether nothing is left where opening each account has written an entry."""
    return accounts_exist() and not AuditEntry.objects.exists()


def _faults_in_lane(lane: int, known: _Known, top: int, counted: _Counted) -> Iterator[Fault]:
    """Walk one lane; one without a row is walked to its last entry, and that is told."""
    start = LaneEnd(*known.starts.get(lane, (0, "")))
    end = known.ends.get(lane)
    if end is None:
        yield Fault(FaultKind.LANE_ALTERED, lane=lane, number=top)
    sealed, seen = known.sealed.get(lane, ()), known.witnesses.marks_of(lane)
    vouched = max((mark.number for mark in sealed), default=start.number)
    if (end.number if end else top) > vouched and not known.witnesses.speaks_of(lane):
        known.unwitnessed.add(lane)
    marks = heapq.merge(sealed, seen, key=lambda mark: mark.number)
    rows = _rows_of(lane, start.number, end.number if end else top, counted)
    yield from faults_of_lane(lane, rows, start, end or LaneEnd(0, ""), marks, _key_of)


def _rows_of(lane: int, after: int, up_to: int, counted: _Counted) -> Iterator[ChainedRow]:
    """Yield a lane's entries in order, a piece at a time."""
    entries = AuditEntry.objects.filter(lane=lane, number__gt=after, number__lte=up_to)
    rest = entries
    while True:
        piece = list(rest.order_by("number", "id").values_list(*_FIELDS)[:_PIECE])
        for number, key_id, mac, *facts in piece:
            yield ChainedRow(number, key_id, mac, Facts(*facts))
        counted.add(len(piece))
        if len(piece) < _PIECE:
            return
        number, pk = piece[-1][0], piece[-1][3]  # two of one number: the index was dropped
        rest = entries.filter(number__gte=number).exclude(number=number, id__lte=pk)


@dataclass(frozen=True)
class _Top:
    """One lane as its entries show it, beside the number its row has (None: no row)."""

    lane: int
    last: int | None
    loose: int
    row: int | None


def _tops() -> list[_Top]:
    """Return every lane that has entries, in one statement: one state of things."""
    with connection.cursor() as cursor:
        cursor.execute(_TOPS)
        return [_Top(*row) for row in cursor.fetchall()]


def _strays() -> Iterator[Fault]:
    """Yield entries that have no number, or stand behind the end of their lane."""
    for one in _tops():
        entries = AuditEntry.objects.filter(lane=one.lane)
        if one.loose:
            yield from _inserted(entries.filter(number__isnull=True))
        if one.row is not None and (one.last or 0) > one.row:
            yield from _inserted(entries.filter(number__gt=one.row))


def _inserted(entries: QuerySet[AuditEntry]) -> Iterator[Fault]:
    rows = entries.order_by("pk").values_list("pk", "lane", "number", "at")
    for pk, lane, number, at in rows[:MOST_FAULTS]:
        day = timezone.localdate(at).isoformat()
        yield Fault(FaultKind.INSERTED, day, lane, number or 0, entry=pk)
