"""What begins with a word (前缀查找), asked so that either database answers from an index."""

from django.db import connection
from django.db.models import Q

_LAST = "\U0010ffff"


def begins_with(field: str, text: str) -> Q:
    """Return the condition that a column begins with a text, capitals minded.

    SQLite's LIKE uses no index of ours, and a range on PostgreSQL would follow its language's
    order; so each is asked in its own way.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + _LAST})
    return Q(**{f"{field}__startswith": text})
