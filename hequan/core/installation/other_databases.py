"""Working on another database (另一数据库) than the installation's, or on a still view of its own.

`instead_of_default` lets the code inside meet another database under the name `default`: so
migrations, historical models and queries need no second way of being called. It holds for this
thread only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

Settings = dict[str, Any]
_UNHURRIED = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"


def settings_of_url(url: str) -> Settings:
    """Return a database's settings from its address, with our options but no pool."""
    return _single(dj_database_url.parse(url))


def settings_of_file(path: Path) -> Settings:
    """Return the settings of an SQLite file."""
    return _single({"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)})


def settings_of_default() -> Settings:
    """Return the settings of the installation's database, as one connection without a pool."""
    return _single(connections["default"].settings_dict)


def _single(found: Any) -> Settings:
    wanted = dict(found)
    options = dict(wanted.get("OPTIONS") or {})
    options.pop("pool", None)
    if is_sqlite(wanted):
        options = dict(settings.SQLITE) | options
    else:
        options["options"] = f"{options.get('options', '')} {_UNHURRIED}".strip()
    return wanted | {"OPTIONS": options, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}


def is_sqlite(wanted: Settings) -> bool:
    """Tell whether these settings are of an SQLite file."""
    return str(wanted["ENGINE"]).endswith("sqlite3")


def words_of(wanted: Settings) -> str:
    """Return what to call a database in a message: its file, or its name and host; no password."""
    if is_sqlite(wanted):
        return str(wanted["NAME"])
    return f"postgres://{wanted.get('HOST') or 'localhost'}/{wanted['NAME']}"


@contextmanager
def instead_of_default(wanted: Settings) -> Iterator[BaseDatabaseWrapper]:
    """Let `default` be this database, in this thread, until the block ends."""
    held = connections["default"]
    filled = connections.configure_settings({"default": dict(wanted)})["default"]
    other = load_backend(filled["ENGINE"]).DatabaseWrapper(filled, "default")
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = held


@contextmanager
def still_view() -> Iterator[None]:
    """Let `default` be one unchanging view of the installation's database, others writing on.

    SQLite keeps it by a deferred transaction on the write-ahead log, PostgreSQL by REPEATABLE READ;
    neither holds up a writer.
    """
    wanted = settings_of_default()
    if is_sqlite(wanted):
        wanted["OPTIONS"] |= {"transaction_mode": "DEFERRED"}
    else:
        from psycopg import IsolationLevel

        wanted["OPTIONS"] |= {"isolation_level": IsolationLevel.REPEATABLE_READ}
    with instead_of_default(wanted) as view, transaction.atomic(), view.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")  # the view begins with a read
        yield
