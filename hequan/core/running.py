"""Is the installation running? (运行状态): what exchanges its database asks first."""

from pathlib import Path

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.workers import lock_is_held, locks_folder

SERVER_NAME = "hequan-serve"  # cli.serve gives it to PostgreSQL for all its children
_SESSIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = %s
"""


class StillRunningError(HequanError):
    """Web or worker processes are at work on this installation."""

    text = _("hequan is running (%(what)s). Stop it first (systemctl stop hequan), then try again.")


def serve_lock() -> Path:
    """Return the lock file `hequan serve` holds."""
    return locks_folder() / "serve.lock"


def refuse_while_running(*, by_serve: bool = False) -> None:
    """Raise StillRunningError where a server or worker runs here, or elsewhere on this database.

    `hequan serve` asks before it has started anything; its own lock is no reason then.
    """
    if not by_serve and lock_is_held(serve_lock()):
        raise StillRunningError(what="hequan serve")
    for path in locks_folder().glob("worker-*.lock"):
        if lock_is_held(path):
            raise StillRunningError(what="hequan worker")
    if connection.vendor == "postgresql" and _sessions_of_servers():
        raise StillRunningError(what="hequan serve, on another machine")


def _sessions_of_servers() -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SESSIONS, [SERVER_NAME])
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return 0
