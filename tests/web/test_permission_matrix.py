"""The permission matrix: every address and operation, walked by every role of the fixed cast.

The table beside this file is read by people too (docs/reference/permissions.md is made from it).
After a new page: `HEQUAN_WRITE_MATRIX=1 pytest tests/web/test_permission_matrix.py`, then look at
what changed in the table before committing it: each line is a decision.
"""

import csv
import io
import os
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hequan.api.urls import api
from hequan.config.providers import sign_in_providers
from tests.web.matrix_made import PROVIDERS, give_second_factors
from tests.web.matrix_things import Things, accounts
from tests.web.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TABLE = Path(__file__).parent / "permission_matrix.csv"
ROLES = (
    *("visitor", "stranger", "resident", "viewer", "clerk", "officer"),
    *("sysadmin", "security", "auditor"),
)
ASKED = "sign in"
# pages that show grants themselves, look through every table for what is about her, or tell who in
# a mediation can still open it
SHOW_GRANTS = {
    *("board/accounts/", "board/accounts/<int:pk>/", "board/offices/"),
    *("my/data/", "my/data/erase/", "board/protection/requests/<int:pk>/erase/"),
    *("board/disputes/", "board/disputes/<int:pk>/"),
}
OPEN, NOTHING, REFUSED, FAULT = "yes", "-", "no", "fault"


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch):
    """A walk asks faster than anybody may."""
    monkeypatch.setattr("hequan.web.limits.take_by_rule", lambda *_: 0)


@pytest.fixture(autouse=True)
def _ways_to_sign_in(settings):
    """Every provider of sign-ins is set up."""
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(PROVIDERS)


@pytest.fixture
def things(world, cast):
    """One thing for every gap in an address."""
    give_second_factors(one for one in accounts(world).values() if one is not None)
    return Things(world, cast)


def page_routes():
    return [one for one in routes() if not one.pattern.startswith(("static", "media"))]


class Walk:
    """The cast's clients, and what each is answered; nothing an answer wrote stays."""

    def __init__(self, world):
        self._accounts = accounts(world)
        self._clients, self._cookies = {}, {}

    def answer(self, role, method, address, said=None):
        """Ask for an address as a role; `said` is its query or its form."""
        client = self.client(role)
        ask = {"GET": client.get, "POST": client.post}[method]
        with transaction.atomic():
            answer = ask(address, said)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        client.cookies = deepcopy(self._cookies[role])  # it may have led to signing out
        return answer

    def client(self, role):
        """Return the role's client, signed in once: what it is answered is taken back."""
        if role not in self._clients:
            client = self._clients[role] = Client(raise_request_exception=False)
            if self._accounts[role] is not None:
                client.force_login(self._accounts[role])
            self._cookies[role] = deepcopy(client.cookies)
        return self._clients[role]


def outcome(answer):
    """Say in one word how far somebody got; None where the method is not for this address."""
    if answer.status_code == 405:
        return None
    if answer.status_code == 404:
        return NOTHING
    if answer.status_code == 403:
        return REFUSED
    if answer.status_code == 401:  # the API's way of asking
        return ASKED
    if answer.status_code in (301, 302) and "/sign-in/" in answer.headers["Location"]:
        return ASKED
    return OPEN if answer.status_code < 500 else FAULT


def found_rows(world, things):
    """Walk everything; return a row of words for each address and method."""
    walk, rows = Walk(world), {}
    for route in page_routes():
        address = things.fill(route)
        for method in ("GET", "POST"):
            said = things.said(method, route)
            told = _told(walk, method, address, said, rows.get((route.pattern, "GET")))
            if told is not None:
                rows[route.pattern, method] = told
    return rows


def _told(walk, method, address, said, by_get):
    """Ask as every role; who saw nothing by GET is not asked again: the same door is before it."""
    told = {}
    for role in ROLES:
        if by_get and by_get[role] != OPEN:
            told[role] = by_get[role]
            continue
        word = outcome(walk.answer(role, method, address, said))
        if word is None:
            return None
        told[role] = word
    return told


@pytest.mark.once
def test_every_role_gets_exactly_as_far_as_the_matrix_says(world, things):
    rows = found_rows(world, things)
    if os.environ.get("HEQUAN_WRITE_MATRIX"):
        TABLE.write_text(as_text(rows), encoding="utf-8")
    expected = {(row["address"], row["method"]): row for row in read_table()}
    wrong = [
        f"{method} {address}: {role} got {word}, the matrix says {expected[address, method][role]}"
        for (address, method), told in rows.items()
        if (address, method) in expected
        for role, word in told.items()
        if word != expected[address, method][role]
    ]

    assert [place for place, told in rows.items() if FAULT in told.values()] == []
    assert wrong == []
    assert sorted(set(expected) ^ set(rows)) == []


def test_every_operation_of_the_api_has_a_row():
    schema = api.get_openapi_schema(path_prefix="/api/")
    operations = {
        (path.lstrip("/").replace("{", "<").replace("}", ">"), method.upper())
        for path, methods in schema["paths"].items()
        for method in methods
    }
    listed = {(row["address"], row["method"]) for row in read_table()}

    assert sorted(operations - listed) == []


@pytest.mark.parametrize("row", ["board/audit/", "board/accounts/", "board/people/<int:pk>/"])
def test_who_may_not_know_is_told_nothing_rather_than_no(row):
    (told,) = [one for one in read_table() if (one["address"], one["method"]) == (row, "GET")]

    assert told["stranger"] == NOTHING


def test_nobody_but_the_auditor_reads_the_trail_and_the_auditor_nothing_else():
    board = [row for row in read_table() if row["address"].startswith("board/")]
    opened = {row["address"] for row in board if row["auditor"] == OPEN}

    assert opened >= {"board/audit/", "board/audit/<int:pk>/"}
    assert {
        one for one in opened if not one.startswith(("board/audit/", "board/offices/"))
    } == set()
    for row in board:
        if row["address"].startswith("board/audit/"):
            assert [role for role in ROLES if row[role] == OPEN] == ["auditor"]


def test_every_page_that_names_a_thing_is_open_to_somebody():
    shut = {row["address"] for row in read_table() if {row[role] for role in ROLES} <= {"-", ASKED}}
    nothing_there = {f"{face}/<path:rest>" for face in ("api", "hsds", "ogc", "open311")}
    # a step of a way begun before, by a number or with somebody else: led to its beginning
    on_the_way = {one for one in shut if one.startswith(("sign-in/", "first-start/", "register/"))}

    assert shut - on_the_way == nothing_there


def test_no_administrator_does_the_work_of_the_town():
    own = {
        "sysadmin": ("board/jobs/", "board/offices/", "board/backups/", "board/system/"),
        "security": ("board/accounts/", "board/offices/", "board/grants/"),
    }
    for row in read_table():
        for role, places in own.items():
            if row["address"].startswith("board/") and row[role] == OPEN:
                assert row["address"].startswith(places), (role, row)


def test_each_page_of_the_board_asks_once_at_most_what_one_may(world, things):
    walk = Walk(world)
    asked = {}
    for row in read_table():
        if row["method"] != "GET" or not row["address"].startswith(("board/", "my/", "api/")):
            continue
        role = next(
            (
                one
                for one in ("officer", "auditor", "security", "sysadmin", "resident")
                if row[one] == OPEN
            ),
            None,
        )
        if role is None:
            continue
        (route,) = [one for one in page_routes() if one.pattern == row["address"]][:1]
        walk.client(role)  # signs in
        address, said = things.fill(route), things.said("GET", route)  # makes what it names
        with CaptureQueriesContext(connection) as queries:
            walk.answer(role, "GET", address, said)
        reads = [one["sql"] for one in queries if 'FROM "core_grant"' in one["sql"]]
        asked[row["address"]] = len(reads)

    more = {address for address, count in asked.items() if count > 1}
    assert more - SHOW_GRANTS == set()
    assert len(asked) > 60


def read_table():
    with open(TABLE, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_text(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["address", "method", *ROLES])
    for (address, method), told in sorted(rows.items()):
        writer.writerow([address, method, *(told[role] for role in ROLES)])
    return out.getvalue()
