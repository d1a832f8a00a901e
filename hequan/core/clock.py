"""The clock, read at the edge only: pages, commands and jobs pass `at` inwards."""

from datetime import UTC, datetime, timedelta

CLOCKS_DIFFER = timedelta(seconds=30)  # of two machines; what is further ahead, a clock jumped back


def now() -> datetime:
    """Return the present moment with its time zone (UTC)."""
    return datetime.now(tz=UTC)  # noqa: TID251 - the one place that reads it
