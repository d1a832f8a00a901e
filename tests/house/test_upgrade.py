"""Upgrading: the last release's hamlet comes up to this one, or stays as it was.

`last_release.sql.gz` is the demo hamlet as commit 6bc7fed builds it (`hequan demo --size hamlet`).
"""

import gzip
import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from hequan.core.audit import AuditEntry
from hequan.core.audit.check import check_trail
from hequan.core.installation import upgrading
from hequan.core.installation.moving import TargetDiffersError, TargetNotEmptyError, move_tables
from hequan.core.installation.schema_copies import tables_at
from hequan.core.installation.schema_state import (
    migrations_applied,
    migrations_pending,
    refuse_newer_schema,
)
from hequan.core.installation.table_rows import digest_of, rows_of
from hequan.core.installation.upgrading import (
    NewerSchemaError,
    UpgradeFailedError,
    rows_now,
    upgrade,
)
from hequan.people.models import ConsentText
from hequan.people.protection_kinds import ConsentPurpose
from hequan.stations.models import Station
from tests.house.installations import AT, Installation, new_database

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
DUMP = Path(__file__).with_name("last_release.sql.gz")


@pytest.fixture(params=["sqlite", "postgres"])
def old(request, tmp_path, django_db_blocker):
    """The last release's hamlet, on each database."""
    on_file = Installation(tmp_path / "old")
    on_file.home.mkdir()
    with sqlite3.connect(on_file.home / "hequan.sqlite3") as database:
        database.executescript(gzip.decompress(DUMP.read_bytes()).decode())
    database.close()
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            yield on_file
            return
        made = Installation(tmp_path / "old", new_database(request.getfixturevalue("cluster")))
        with on_file.entered():
            move_tables(target=made.database, at=AT)
        yield made


def _digests():
    return {
        one.label: sorted(digest_of(row) for row in rows_of(one))
        for one in tables_at(migrations_applied())
    }


def _upgrade():
    return upgrade(at=AT, clock=lambda: AT, say=lambda _: None)


def test_the_last_releases_hamlet_comes_up_to_this_one(old):
    with old.entered():
        before = rows_now()
        backup = _upgrade()
        after = rows_now()

        assert backup.is_file()
        assert migrations_pending() == []
        assert {
            label for label in before if before[label] > after.get(label, before[label])
        } == set()
        assert Station.objects.count() == before["stations.station"] > 0
        assert AuditEntry.objects.count() >= before["core.auditentry"]
        assert ConsentText.objects.filter(purpose=ConsentPurpose.REGISTRATION).exists()
        assert check_trail(at=AT).faults == ()
        assert _upgrade() is None


def test_an_upgrade_that_fails_half_way_leaves_the_database_as_it_was(old, monkeypatch):
    """Without going back the tables would be half old, half new."""
    original = call_command

    def fail_half_way(name, *args, **options):
        original(name, *args, **options)
        if name == "migrate":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM stations_serviceoffer")
            raise RuntimeError("the migration's last step")

    with old.entered():
        applied, before = migrations_applied(), _digests()
        monkeypatch.setattr(upgrading, "call_command", fail_half_way)

        with pytest.raises(UpgradeFailedError, match="last step"):
            _upgrade()

        # the session table of the last release is no table of this one: it makes it again itself
        assert migrations_applied() == [one for one in applied if one[0] != "sessions"]
        assert _digests() == before


@pytest.mark.parametrize("old", ["sqlite"], indirect=True)
def test_rows_that_an_upgrade_loses_are_noticed(old, monkeypatch):
    original = call_command

    def lose(name, *args, **options):
        original(name, *args, **options)
        if name == "migrate":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("DELETE FROM stations_serviceoffer")

    with old.entered():
        monkeypatch.setattr(upgrading, "call_command", lose)

        with pytest.raises(UpgradeFailedError, match=r"stations\.serviceoffer"):
            _upgrade()


def test_an_older_program_does_not_start_on_newer_tables(installed):
    with installed.entered():
        assert refuse_newer_schema() == ""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied)"
                " VALUES ('core', '0999_of_next_year', '2027-01-01 00:00:00+00:00')"
            )
        assert "0999_of_next_year" in refuse_newer_schema()
        with pytest.raises(NewerSchemaError, match="0999_of_next_year"):
            _upgrade()


def test_a_town_moves_to_postgresql_with_keys_and_numbers_and_the_source_is_untouched(
    file_town, tmp_path, cluster, django_db_blocker
):
    source = Installation(file_town)
    target = Installation(tmp_path / "target", new_database(cluster))
    with django_db_blocker.unblock():
        with source.entered():
            before = _digests()
            told = move_tables(target=target.database, at=AT)
            assert _digests() == before
            last = AuditEntry.objects.order_by("pk").last().pk
            with pytest.raises(TargetNotEmptyError):
                move_tables(target=target.database, at=AT)
        with target.entered():
            assert _digests() == before
            assert sum(one.rows for one in told.values()) == sum(map(len, before.values()))
            fresh = AuditEntry.objects.order_by("pk").last()
            fresh.pk, fresh.number, fresh.lane = None, 10**9, 0
            fresh.save()
            assert fresh.pk > last


def test_a_database_of_another_release_is_not_moved_into(
    file_town, tmp_path, cluster, django_db_blocker
):
    target = Installation(tmp_path / "target", new_database(cluster))
    with django_db_blocker.unblock():
        with target.entered():
            connection.cursor().execute("CREATE TABLE somebodys (id int)")
        with Installation(file_town).entered(), pytest.raises(TargetDiffersError):
            move_tables(target=target.database, at=AT)
