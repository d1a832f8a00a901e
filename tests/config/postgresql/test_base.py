"""The look at a pooled connection: a dead one is not handed out, a fresh one is not asked."""

from datetime import UTC
from types import SimpleNamespace

import pytest
from django.db import connection, connections
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from hequan.config.postgresql import base
from hequan.core.accounts import Account

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other():
    """A physical connection of its own, as a pool hands it out, in no pool."""
    if connection.vendor != "postgresql":
        pytest.skip("a pool of PostgreSQL")
    wrapper = connections.create_connection("default")
    options = {k: v for k, v in connection.settings_dict["OPTIONS"].items() if k != "pool"}
    wrapper.settings_dict = connection.settings_dict | {"OPTIONS": options}
    wrapper.connect()
    yield wrapper.connection
    wrapper.close()


def test_a_connection_whose_session_was_ended_is_found_dead(other):
    assert base.is_alive(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [other.info.backend_pid])
    assert not base.is_alive(other)


def test_a_connection_used_a_moment_ago_is_not_asked(other, monkeypatch):
    assert base.is_alive(other)
    asked = []
    monkeypatch.setattr(ConnectionPool, "check_connection", asked.append)
    assert base.is_alive(other)
    assert asked == []


def test_a_connection_nobody_used_for_a_while_is_asked(other, monkeypatch):
    assert base.is_alive(other)
    asked = []
    monkeypatch.setattr(ConnectionPool, "check_connection", asked.append)
    monkeypatch.setattr(base, "ASK_AFTER_SECONDS", -1.0)
    assert base.is_alive(other)
    assert asked == [other]


def test_the_dead_ones_are_dropped_on_the_way_to_one_that_works(other, monkeypatch):
    dead = SimpleNamespace(closed=False)
    dead.close = lambda: setattr(dead, "closed", True)
    given_back, waiting = [], [dead, other]
    with monkeypatch.context() as patch:  # undone before the connection goes back
        patch.setattr(base, "is_alive", lambda one: one is other)
        patch.setattr(base.DatabaseWrapper, "pool", SimpleNamespace(putconn=given_back.append))
        patch.setattr(base.base.DatabaseWrapper, "get_new_connection", lambda *_: waiting.pop(0))
        assert connections.create_connection("default").get_new_connection({}) is other
    assert (given_back, dead.closed) == ([dead], True)


@pytest.mark.parametrize("most", [base.MOST_VALUES, base.MOST_VALUES + 5_000])
def test_more_values_than_the_server_binds_are_written_into_the_statement(most):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has a limit of its own")
    account = Account.objects.create_user("many")
    wanted = [account.pk, *range(-most + 1, 0)]
    assert [row.pk for row in Account.objects.filter(pk__in=wanted)] == [account.pk]


def test_nothing_is_compiled(other):
    assert other.execute("SHOW jit").fetchone() == ("off",)


def test_a_long_statement_is_planned_for_what_it_asks_each_time(other):
    """Else, from the sixth time on, a plan for no month in particular reads all years."""
    for _ in range(4):
        other.execute("SELECT %s::int AS short", [1])
        other.execute("SELECT %s::int AS long" + " " * base.LONG, [1])
    kept = other.execute("SELECT statement FROM pg_prepared_statements").fetchall()
    told = [statement.split()[-1] for (statement,) in kept]
    assert "short" in told
    assert "long" not in told


@given(st.datetimes(timezones=st.just(UTC)) | st.datetimes(timezones=st.timezones()))
@settings(max_examples=60, deadline=None)
def test_a_moment_is_read_as_it_was_written(moment):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps moments as text")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        (read,) = cursor.fetchone()
    assert (read, read.tzinfo) == (moment, UTC)
