"""When something beneath the pages is away (故障页): the database, or room on the disk.

Everything a page raises that nobody caught ends here. Nothing was half-written: every action is one
transaction. The page asks neither database nor session, and speaks both languages at once.
"""

import errno
import json
import sqlite3
import sys
from enum import StrEnum

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = 15  # seconds
_MACHINES = ("/api/", "/ogc", "/hsds", "/open311")
# SQLSTATE 53100 disk_full, 53200 out_of_memory; SQLite's result codes
_FULL_STATES = {"53100"}
_FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Trouble(StrEnum):
    """What kind of trouble a page met."""

    DATABASE_AWAY = "database_away"
    DISK_FULL = "disk_full"
    OTHER = "other"


STATUS = {Trouble.DATABASE_AWAY: 503, Trouble.DISK_FULL: 507, Trouble.OTHER: 500}


def trouble_of(error: BaseException | None) -> Trouble:
    """Return what kind of trouble an error tells of, looking at what caused it."""
    seen: set[int] = set()
    kind = Trouble.OTHER
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _tells_of_full_disk(error):
            return Trouble.DISK_FULL
        if isinstance(error, OperationalError | InterfaceError):
            kind = Trouble.DATABASE_AWAY
        error = error.__cause__ or error.__context__
    return kind


def _tells_of_full_disk(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _FULL_CODES
    if isinstance(error, OSError):
        return error.errno in _FULL_ERRNOS
    return getattr(error, "sqlstate", None) in _FULL_STATES


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what a page could not: 503, 507 or 500, as a page or as problem+json."""
    trouble = trouble_of(sys.exc_info()[1])
    status = STATUS[trouble]
    if request.path.startswith(_MACHINES):
        answer = HttpResponse(_problem(request, status), content_type="application/problem+json")
    else:
        answer = HttpResponse(render_to_string("parts/outage.html", {"trouble": trouble.value}))
    answer.status_code = status
    answer["Cache-Control"] = "no-store"
    if trouble is Trouble.DATABASE_AWAY:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _problem(request: HttpRequest, status: int) -> str:
    titles = {
        503: "The database is away for a moment; nothing was written. Try again soon.",
        507: "There is no room left to write; nothing was written. Reading goes on.",
        500: "Something went wrong here; nothing was half-written.",
    }
    told = {"type": "about:blank", "title": titles[status], "status": status}
    return json.dumps(told | {"instance": request.path})
