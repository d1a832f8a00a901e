"""The page for what is away: told apart by its cause, without database, in both languages."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DataError, OperationalError
from django.test import Client

from hequan.web.outage import Trouble, trouble_of


def _sqlite(code):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = code
    return error


def _caused(outer, cause):
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("connection refused"), Trouble.DATABASE_AWAY),
        (OperationalError("database is locked"), Trouble.DATABASE_AWAY),
        (_caused(RuntimeError("page"), OperationalError("away")), Trouble.DATABASE_AWAY),
        (_caused(OperationalError("x"), _sqlite(sqlite3.SQLITE_FULL)), Trouble.DISK_FULL),
        (_caused(OperationalError("x"), psycopg.errors.DiskFull()), Trouble.DISK_FULL),
        (OSError(errno.ENOSPC, "no space"), Trouble.DISK_FULL),
        (FileNotFoundError(errno.ENOENT, "gone"), Trouble.OTHER),
        (DataError("too long"), Trouble.OTHER),
        (None, Trouble.OTHER),
    ],
)
def test_trouble_is_known_by_its_cause(error, expected):
    assert trouble_of(error) is expected


@pytest.fixture
def broken(monkeypatch):
    """Make the next page of stations raise what it is given."""

    def fail(error):
        def directory(*args, **kwargs):
            raise error

        monkeypatch.setattr("hequan.web.public.pages.render", directory)
        return Client(raise_request_exception=False)

    return fail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "chinese", "english"),
    [
        (OperationalError("away"), 503, "暂时无法访问", "Away for a moment"),
        (OSError(errno.ENOSPC, "full"), 507, "存储空间已满", "No room left"),
        (KeyError("name"), 500, "出错了", "Something went wrong"),
    ],
)
def test_the_page_says_in_both_languages_what_is_wrong(
    world, broken, error, status, chinese, english
):
    answer = broken(error).get("/about/")

    assert answer.status_code == status
    assert chinese in answer.content.decode()
    assert english in answer.content.decode()
    assert answer.has_header("Retry-After") is (status == 503)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
