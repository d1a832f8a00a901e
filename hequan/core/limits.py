"""Limits on how often (频次限制): counts that every process of the installation shares.

A whole estate or station sits behind one address, so limits hang on the person, the phone or the
device wherever one is known, and what an address may do is generous. A count is kept under a keyed
hash, so that the table tells neither whose phone nor which address it was.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from hequan.core.sealed import match_of


class TakenCount(models.Model):
    """How often one key was taken in its present window."""

    mark = models.CharField(max_length=32, primary_key=True)
    bucket = models.CharField(max_length=64)
    taken = models.BigIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.bucket} {self.taken}"


# One statement, so two processes never read the same count: the second waits for the first's row.
_TAKE = """
INSERT INTO core_takencount (mark, bucket, taken, ends_at) VALUES (%(mark)s, %(bucket)s, 1, %(end)s)
ON CONFLICT (mark) DO UPDATE SET
    taken = CASE WHEN core_takencount.ends_at <= %(now)s THEN 1 ELSE core_takencount.taken + 1 END,
    ends_at = CASE WHEN core_takencount.ends_at <= %(now)s
        THEN excluded.ends_at ELSE core_takencount.ends_at END
RETURNING taken
"""


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
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        (taken,) = cursor.fetchone()
    return bool(taken <= limit)


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
