"""Lanes of the audit chain (链道): where the next entry is tied on, without anybody waiting.

One chain would make every writer wait for the one before her to commit. So there are lanes: on
PostgreSQL each connection claims one for itself by an advisory lock of its session, remembers
where it ends, and ties on with one statement. A statement that moves no lane had stale memory (its
own rollback, a restore): it reads the lane and tries again. SQLite has one writer at a time, so
one lane. All SQL of the chain's writing stands here.
"""

import threading
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any, cast
from weakref import WeakKeyDictionary

from django.db import connection, transaction

from hequan.core.audit.chain import ChainKey, Facts, Place, ValueTexts, mac_of, value_texts
from hequan.core.audit.tables import AuditEntry, AuditLane

LOCK_CLASS = 0x41554454  # "AUDT": our part of PostgreSQL's advisory locks
ONLY_LANE = 1  # of SQLite
_TRIES = 5
_IDS_AT_ONCE = 32

_CLAIM = """
SELECT lane FROM generate_series(1, 4096) AS lane WHERE pg_try_advisory_lock(%s, lane) LIMIT 1
"""
_IDS = """
SELECT nextval(pg_get_serial_sequence('core_auditentry', 'id')) FROM generate_series(1, %s)
"""
_NEW_LANE = """
INSERT INTO core_auditlane (id, number, head) VALUES (%s, 0, '') ON CONFLICT DO NOTHING
"""
_TIE = """
WITH moved AS (
    UPDATE core_auditlane SET number = %(number)s, head = %(mac)s
    WHERE id = %(lane)s AND number = %(number)s - 1 AND head = %(previous)s RETURNING id
)
INSERT INTO core_auditentry (id, at, by_id, on_behalf_of, verb, thing_kind, thing_id,
    before, after, lane, number, key_id, mac)
SELECT %(id)s, %(at)s::timestamptz, %(by)s, %(on_behalf_of)s::bigint, %(verb)s, %(thing_kind)s,
    %(thing_id)s, %(before)s::jsonb, %(after)s::jsonb, %(lane)s, %(number)s, %(key_id)s, %(mac)s
FROM moved RETURNING id
"""


class LaneBusyError(RuntimeError):
    """A lane kept moving under us: two sessions share one connection (see decision 0005)."""


@dataclass
class _Held:
    """What one connection remembers of its lane: its end, and ids it may give to entries."""

    lane: int
    number: int = -1  # not read yet
    head: str = ""
    ids: deque[int] = field(default_factory=deque)


_held: "WeakKeyDictionary[Any, _Held]" = WeakKeyDictionary()
_claiming = threading.Lock()


def tie_entry(facts: Facts, key: ChainKey) -> tuple[Place, str]:
    """Write the entry at the end of this connection's lane; return its place and its mac.

    `facts.entry_id` is given here. Call it inside the transaction of the action.
    """
    if connection.vendor == "postgresql":
        return _tie_postgres(facts, key)
    with transaction.atomic(savepoint=False):
        return _tie_alone(facts, key)


def _tie_alone(facts: Facts, key: ChainKey) -> tuple[Place, str]:
    """Tie on where nobody else can write (SQLite: the transaction began IMMEDIATE)."""
    lane, _ = AuditLane.objects.get_or_create(pk=ONLY_LANE)
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    facts = replace(facts, entry_id=newest + 1)
    place = Place(ONLY_LANE, lane.number + 1, lane.head)
    mac = mac_of(place, facts, key)
    AuditLane.objects.filter(pk=ONLY_LANE).update(number=place.number, head=mac)
    AuditEntry.objects.create(
        id=facts.entry_id,
        at=facts.at,
        by_id=facts.by,
        on_behalf_of=facts.on_behalf_of,
        verb=facts.verb,
        thing_kind=facts.thing_kind,
        thing_id=facts.thing_id,
        before=facts.before,
        after=facts.after,
        lane=place.lane,
        number=place.number,
        key_id=key.key_id,
        mac=mac,
    )
    return place, mac


def _tie_postgres(facts: Facts, key: ChainKey) -> tuple[Place, str]:
    with connection.cursor() as cursor:
        held, texts = _held_lane(cursor), value_texts(facts)
        for _ in range(_TRIES):
            if held.number < 0:
                _read_lane(cursor, held)
            entry_id = _next_id(cursor, held)
            place = Place(held.lane, held.number + 1, held.head)
            mac = mac_of(place, facts, key, entry_id=entry_id, texts=texts)
            row = _row(place, facts, texts)
            cursor.execute(_TIE, row | {"id": entry_id, "key_id": key.key_id, "mac": mac})
            if cursor.fetchone():
                held.number, held.head = place.number, mac
                return place, mac
            held.number = -1
            held.ids.clear()  # a restore may have put the sequence back
    raise LaneBusyError(f"lane {held.lane} of the audit chain kept moving")


def _row(place: Place, facts: Facts, texts: ValueTexts) -> dict[str, Any]:
    return {
        "at": facts.at,
        "by": facts.by,
        "on_behalf_of": facts.on_behalf_of,
        "verb": facts.verb,
        "thing_kind": facts.thing_kind,
        "thing_id": facts.thing_id,
        "before": None if facts.before is None else texts.before,
        "after": None if facts.after is None else texts.after,
        "lane": place.lane,
        "number": place.number,
        "previous": place.previous,
    }


def _held_lane(cursor: Any) -> _Held:
    """Return the lane of this physical connection, claimed at its first entry."""
    physical = cast(Any, connection.connection)
    held = _held.get(physical)
    if held is None:
        cursor.execute(_CLAIM, [LOCK_CLASS])
        held = _Held(cursor.fetchone()[0])
        with _claiming:
            _held[physical] = held
    return held


def _read_lane(cursor: Any, held: _Held) -> None:
    """Read where the lane ends; one that is not there (first use, rolled back, emptied) is made."""
    query = "SELECT number, head FROM core_auditlane WHERE id = %s"
    cursor.execute(query, [held.lane])
    found = cursor.fetchone()
    if found is None:
        cursor.execute(_NEW_LANE, [held.lane])
        cursor.execute(query, [held.lane])
        found = cursor.fetchone()
    held.number, held.head = found


def _next_id(cursor: Any, held: _Held) -> int:
    """Return an id of the table's own sequence; the mac covers it, so it is known beforehand."""
    if not held.ids:
        cursor.execute(_IDS, [_IDS_AT_ONCE])
        held.ids.extend(one for (one,) in cursor.fetchall())
    return held.ids.popleft()
