"""Tables as they were at some point (表结构复制): made anew, filled from a backup, compared.

The state is told by the names of the migrations a database has had. Historical models give the
columns of that state, so a backup of an older release is filled into the tables it was taken from
and migrated afterwards, like any database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import BackupReader
from hequan.core.installation.schema_state import Migration, migrations_unknown
from hequan.core.installation.table_keys import counts_up, set_last_number
from hequan.core.installation.table_rows import Table, digest_of, insert_rows, rows_of, tables_of

_BATCH = 1000
_SHOWN = 5


class NewerBackupError(HequanError):
    """A backup of a release after this one."""

    text = _(
        "This backup was made by hequan %(version)s, which is newer than this program "
        "(%(names)s is unknown here). Restore it with that version; nothing was changed."
    )


class RowRefusedError(HequanError):
    """The other database refuses a row this one held."""

    text = _(
        "Table %(table)s, row %(key)s: the new database refuses it (%(why)s). Mend this row and "
        "try again; nothing was changed."
    )


class CopyDiffersError(HequanError):
    """What was written does not read back as it was."""

    text = _("The copy differs from its source: %(differences)s. It was not put into use.")


@dataclass(frozen=True)
class Difference:
    """A row that is missing, too many, or other than it was."""

    table: str
    key: Any
    kind: str

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.kind}"


def tables_at(applied: Sequence[Migration]) -> list[Table]:
    """Return the tables of the state in which exactly these migrations have been applied."""
    return list(_tables_at(tuple(sorted(applied))))


@lru_cache(maxsize=4)
def _tables_at(applied: tuple[Migration, ...]) -> tuple[Table, ...]:
    """Historical models take a second to put together."""
    loader = MigrationLoader(None)
    return tuple(tables_of(loader.project_state(_targets(loader, applied)).apps))


def refuse_newer(version: str, applied: Sequence[Migration]) -> None:
    """Raise NewerBackupError where this program does not know one of the migrations."""
    if unknown := migrations_unknown(applied):
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise NewerBackupError(version=version, names=names)


def make_tables(applied: Sequence[Migration]) -> None:
    """Make the tables of a state in an empty database, without any row."""
    executor = MigrationExecutor(connection)
    executor.migrate(_targets(executor.loader, applied))
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables_at(applied):
            name = connection.ops.quote_name(table.name)
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - quoted; what migrations had written


def make_plain_tables(applied: Sequence[Migration]) -> None:
    """Make the tables of a state at once, without what migrations add beside them (triggers)."""
    with connection.schema_editor() as editor:
        for table in tables_at(applied):
            if not table.model._meta.auto_created:
                editor.create_model(table.model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in applied:
        recorder.record_applied(app, name)


def _targets(loader: MigrationLoader, applied: Sequence[Migration]) -> list[Migration]:
    """Return the latest migration of every app among those applied."""
    replaced_by = {old: new for new, one in loader.replacements.items() for old in one.replaces}
    had = {replaced_by.get(one, one) for one in applied}
    there = [one for one in had if one in loader.graph.nodes]
    return [
        one
        for one in sorted(there)
        if not any(
            child.key[0] == one[0] and child.key in had
            for child in loader.graph.node_map[one].children
        )
    ]


@transaction.atomic
def fill_tables(backup: BackupReader) -> None:
    """Write all rows of a backup into empty tables of its state: all of them or none.

    Foreign keys are checked at the end, so the tables' order does not matter.
    """
    tables = tables_at(backup.manifest.migrations)
    for table in tables:
        if table.label in backup.manifest.tables:
            _fill(table, backup)
    for table in tables:
        told = backup.manifest.tables.get(table.label)
        if told is not None and counts_up(table):
            set_last_number(table, told.last_number)
    connection.check_constraints()


def _fill(table: Table, backup: BackupReader) -> None:
    batch: list[list[Any]] = []
    for row in backup.rows_of(table.label):
        batch.append(row)
        if len(batch) == _BATCH:
            _insert(table, batch)
            batch = []
    if batch:
        _insert(table, batch)


def _insert(table: Table, batch: list[list[Any]]) -> None:
    try:
        with transaction.atomic():
            insert_rows(table, batch)
    except (DataError, IntegrityError, ValueError) as error:
        _name_the_row(table, batch)
        raise RowRefusedError(table=table.label, key="?", why=str(error)) from error


def _name_the_row(table: Table, batch: list[list[Any]]) -> None:
    """Write the batch again row by row, to say which one is refused and why."""
    for row in batch:
        try:
            with transaction.atomic():
                insert_rows(table, [row])
        except (DataError, IntegrityError, ValueError) as error:
            why = str(error).partition("\n")[0]
            raise RowRefusedError(table=table.label, key=row[table.key_at], why=why) from error


def compare_with(backup: BackupReader) -> list[Difference]:
    """Compare every row of the default database with the backup; return what differs."""
    found: list[Difference] = []
    for table in tables_at(backup.manifest.migrations):
        if table.label in backup.manifest.tables:
            found += _compare(table, backup)
    return found


def _compare(table: Table, backup: BackupReader) -> list[Difference]:
    said = {_key(table, row): digest_of(row) for row in backup.rows_of(table.label)}
    found = []
    for row in rows_of(table):
        key = _key(table, row)
        expected = said.pop(key, None)
        if expected != digest_of(row):
            kind = "too many" if expected is None else "changed"
            found.append(Difference(table.label, key, kind))
    return found + [Difference(table.label, key, "missing") for key in said]


def _key(table: Table, row: Sequence[Any]) -> Any:
    return row[table.key_at]


def refuse_differences(found: Sequence[Difference]) -> None:
    """Raise CopyDiffersError naming the first few; none is well."""
    if found:
        told = "; ".join(str(one) for one in found[:_SHOWN])
        raise CopyDiffersError(differences=f"{len(found)}: {told}")
