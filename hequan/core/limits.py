"""Limits on how often (频次限制): counts that every process of the installation shares.

A whole estate or station sits behind one address, so limits hang on the person, the phone or the
device wherever one is known, and what an address may do is generous. A count is kept under a keyed
hash, so that the table tells neither whose phone nor which address it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, models

from hequan.core.clock import CLOCKS_DIFFER
from hequan.core.sealed import match_of


class TakenCount(models.Model):
    """How often one key was taken in its present window."""

    mark = models.CharField(max_length=32, primary_key=True)
    bucket = models.CharField(max_length=64)
    taken = models.BigIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.bucket} {self.taken}"


@dataclass(frozen=True)
class Turn:
    """One key that would be taken, and how often it may be."""

    bucket: str
    key: str
    limit: int
    window: timedelta


# One statement, so two processes never read the same count: the second waits for the first's row.
# A window that closes later than one opened now could (but for processes whose clocks differ a
# little) was opened by a clock that jumped back since: it is over too, else it would keep somebody
# out for as long as the jump was.
_TAKE = """
INSERT INTO core_takencount (mark, bucket, taken, ends_at)
{source}
ON CONFLICT (mark) DO UPDATE SET
    taken = CASE WHEN core_takencount.ends_at <= %(now)s OR core_takencount.ends_at > %({far})s
        THEN 1 ELSE core_takencount.taken + 1 END,
    ends_at = CASE WHEN core_takencount.ends_at <= %(now)s OR core_takencount.ends_at > %({far})s
        THEN excluded.ends_at ELSE core_takencount.ends_at END
RETURNING taken
"""
_ONE = _TAKE.format(source="VALUES (%(mark)s, %(bucket)s, 1, %(end)s)", far="far")
_FIRST = "VALUES (%(mark0)s, %(bucket0)s, 1, %(end0)s)"
_NEXT = """
SELECT %(mark{n})s, %(bucket{n})s, 1, %(end{n})s FROM t{before} WHERE taken <= %(limit{before})s
"""


@cache
def _all(count: int) -> str:
    """Return the statement that takes so many keys, each only if the one before was granted."""
    sources = [_FIRST, *(_NEXT.format(n=n, before=n - 1) for n in range(1, count))]
    takes = (_TAKE.format(source=one, far=f"far{n}") for n, one in enumerate(sources))
    steps = ", ".join(f"t{n} AS ({one})" for n, one in enumerate(takes))
    told = ", ".join(f"(TABLE t{n})" for n in range(count))
    return f"WITH {steps} SELECT {told}"


def take(bucket: str, key: str, limit: int, window: timedelta, at: datetime) -> bool:
    """Count one more of `key` in `bucket`; tell whether it is within `limit`.

    The window opens with the first and closes `window` later, whatever is refused meanwhile. Call
    it outside a transaction: one that is rolled back would forget the count.
    """
    values = {
        "mark": _mark(bucket, key),
        "bucket": bucket,
        "now": _moment(at),
        "end": _moment(at + window),
        "far": _moment(at + window + CLOCKS_DIFFER),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ONE, values)
        (taken,) = cursor.fetchone()
    return bool(taken <= limit)


def take_in_turn(turns: Sequence[Turn], at: datetime) -> Turn | None:
    """Take each key until one is beyond its limit; return that one, None where all may pass.

    What comes after the one refused is not counted. One statement on PostgreSQL.
    """
    if connection.vendor == "postgresql":
        return _taken_at_once(turns, at)
    refused = (one for one in turns if not take(one.bucket, one.key, one.limit, one.window, at))
    return next(refused, None)


def _taken_at_once(turns: Sequence[Turn], at: datetime) -> Turn | None:
    values: dict[str, Any] = {"now": at}
    for n, one in enumerate(turns):
        values |= {f"mark{n}": _mark(one.bucket, one.key), f"bucket{n}": one.bucket}
        values |= {f"end{n}": at + one.window, f"limit{n}": one.limit}
        values[f"far{n}"] = at + one.window + CLOCKS_DIFFER
    with connection.cursor() as cursor:
        cursor.execute(_all(len(turns)), values)
        told = cursor.fetchone()
    counted = zip(turns, told, strict=True)
    return next((one for one, taken in counted if taken > one.limit), None)


def seconds_left(bucket: str, key: str, at: datetime) -> int:
    """Return in how many whole seconds the key's window closes, 0 where none is open."""
    rows = TakenCount.objects.filter(mark=_mark(bucket, key), ends_at__gt=at)
    end = rows.values_list("ends_at", flat=True).first()
    return 0 if end is None else int((end - at).total_seconds()) + 1


def forget_taken(bucket: str, key: str) -> None:
    """Drop the key's count, as after a sign-in that succeeded."""
    TakenCount.objects.filter(mark=_mark(bucket, key)).delete()


def prune_taken(at: datetime) -> int:
    """Remove the counts whose window is over; return how many."""
    return TakenCount.objects.filter(ends_at__lte=at).delete()[0]


def _mark(bucket: str, key: str) -> str:
    return match_of(f"{bucket}\n{key}")


def _moment(at: datetime) -> Any:
    return TakenCount._meta.get_field("ends_at").get_db_prep_value(at, connection)
