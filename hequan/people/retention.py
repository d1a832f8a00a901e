"""Retention (留存期限): from which moment on a row is past its time, and how it is told.

Plain values; the days come from the tags of the fields.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from hequan.core.personal import TableTags


def past_before(tags: TableTags, at: datetime) -> datetime:
    """Return the moment before which a row's end makes it past its time."""
    return at - timedelta(days=tags.retention)


def rule_of(tags: TableTags) -> str:
    """Return the rule in the words of a proof: `delete 30 days after ends_at`."""
    return f"{tags.at_the_end} {tags.retention} days after {tags.ends}"


def digest_of(ids: Iterable[object], before: str = "") -> str:
    """Return the hash of a batch's ids, chained to that of the batches before it."""
    told = "\n".join((before, *(str(one) for one in ids)))
    return hashlib.sha256(told.encode()).hexdigest()
