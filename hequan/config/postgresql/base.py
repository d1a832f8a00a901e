"""Connections of the pool (连接池): looked at before use, mostly without asking the server.

A pooled connection is checked whenever a request takes it, so that none is handed out that died
with the server. Django's check asks the server, which costs every page a round trip. A look at the
socket costs none: a server that went away, or ended the session, has closed it, and then there is
something to read where nothing was asked. A connection nobody used for a while is asked all the
same, since a network can drop one without a word.

The server binds and prepares the statements. A long one, as a page of figures is, it plans each
time: a plan for no days in particular reads all years where a month was asked for. It takes so many
values and no more; a longer list of ids, as a city's imports have, is written into the text.

A case has a dozen moments; Python's own reading of a moment takes a tenth of Django's.
"""

import select
import time
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap, Loader
from psycopg_pool import ConnectionPool

ASK_AFTER_SECONDS = 30.0
MOST_VALUES = 65_535  # the protocol counts them in two bytes
LONG = 10_000  # letters: twice what a page asks of one case with all around it
_looked_at: "WeakKeyDictionary[Any, float]" = WeakKeyDictionary()


class Cursor(base.CursorMixin, psycopg.Cursor[Any]):
    """A cursor whose values the server binds, as long as it takes them all."""

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Any:
        """Carry out one statement."""
        if params is None or len(params) <= MOST_VALUES:
            if isinstance(query, str) and len(query) > LONG:
                kwargs["prepare"] = False
            return super().execute(query, params, **kwargs)
        whole = psycopg.ClientCursor(self.connection).mogrify(query, params)
        return super().execute(whole, prepare=False)


class MomentLoader(Loader):
    """Reads a moment as the server writes it for a session in UTC."""

    timezone = UTC  # Django asks: a session of another zone gets its own reader

    def load(self, data: Any) -> datetime:
        """Return the moment; ValueError for one that no datetime holds, as before year 1."""
        return datetime.fromisoformat(bytes(data).decode())


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend; CONN_HEALTH_CHECKS stays off, the check is ours."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's own, with our cursor and our reader of moments."""
        given = super().get_connection_params()
        if self.timezone == UTC:
            given["context"] = AdaptersMap(given["context"])
            given["context"].register_loader("timestamptz", MomentLoader)
        return {**given, "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection that works; the dead ones found on the way are dropped."""
        while True:
            taken = super().get_new_connection(conn_params)
            if is_alive(taken):
                return taken
            taken.close()
            if self.pool:
                self.pool.putconn(taken)  # which opens another in its place


def is_alive(connection: Any) -> bool:
    """Tell whether the connection can be used; the server is asked only where that is in doubt."""
    now = time.monotonic()
    before = _looked_at.get(connection)
    if before is None or now - before > ASK_AFTER_SECONDS or _has_something_to_say(connection):
        try:
            ConnectionPool.check_connection(connection)
        except psycopg.OperationalError:
            return False
    _looked_at[connection] = now
    return True


def _has_something_to_say(connection: Any) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return bool(poll.poll(0))
