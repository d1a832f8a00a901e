"""Making a backup (备份): all tables in one still view, all files, read back before it counts."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import system_account
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import (
    BackupReader,
    BackupWriter,
    Manifest,
    reading_backup,
    writing_backup,
)
from hequan.core.installation.backups import Backup
from hequan.core.installation.kept_files import hold_files, key_files, missing_files
from hequan.core.installation.other_databases import (
    instead_of_default,
    settings_of_file,
    still_view,
)
from hequan.core.installation.schema_copies import (
    compare_with,
    fill_tables,
    make_plain_tables,
    refuse_differences,
    refuse_newer,
    tables_at,
)
from hequan.core.installation.schema_state import migrations_applied
from hequan.core.installation.table_keys import counts_up, last_number
from hequan.core.installation.table_rows import Table, rows_of


class PassphraseError(HequanError):
    """No passphrase where one should be."""

    text = _("%(path)s holds no passphrase of at least 8 characters; write one on its first line.")


def read_passphrase(path: Path | str | None) -> str:
    """Return the first line of a passphrase file, empty for no file."""
    if not path:
        return ""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PassphraseError(path=path) from error
    if not lines or len(lines[0].strip()) < 8:
        raise PassphraseError(path=path)
    return lines[0].strip()


def passphrase_of_settings() -> str:
    """Return the passphrase nightly backups are sealed by, empty for none."""
    return read_passphrase(settings.BACKUPS_PASSPHRASE_FILE)


def make_backup(
    *,
    path: Path,
    passphrase: str,
    at: datetime,
    clock: Callable[[], datetime],
    verify: bool = True,
    note: bool = True,
) -> Manifest:
    """Back up database and files into one file, verified, and note it among the backups.

    The keyring and the secret key go in only under a passphrase. A failure is noted with its
    reason and raised; the file is then not there. Before an upgrade there may be no table to note
    it in: `note` is off then.
    """
    row = Backup(at=at, file_name=path.name[:255], encrypted=bool(passphrase))
    try:
        manifest = _write(path, passphrase, at)
        if verify:
            verify_backup(path, passphrase)
    except Exception as error:
        path.unlink(missing_ok=True)
        row.error = f"{type(error).__name__}: {error}"[:2000]
        with suppress(DatabaseError):  # a full disk has no room for the note either
            if note:
                row.save()
        raise
    row.seconds = (clock() - at).total_seconds()
    row.size, row.rows, row.files = path.stat().st_size, manifest.rows, len(manifest.files)
    row.verified = verify
    if note:
        _note(row, clock())
    return manifest


@transaction.atomic
def _note(row: Backup, at: datetime) -> None:
    """Keep the row; all data has left the database in one file, which the trail is to know."""
    row.save()
    told = {"file_name": row.file_name, "rows": row.rows, "files": row.files}
    after = told | {"encrypted": row.encrypted, "verified": row.verified}
    record(verb="core.backup_made", by=system_account(), at=at, thing=row, after=after)


def _write(path: Path, passphrase: str, at: datetime) -> Manifest:
    with _staging() as staging:
        hold_files(staging)  # before the view: what its rows name may be deleted meanwhile
        with still_view():
            hold_files(staging)  # and what came between the first holding and the view
            manifest = Manifest(at.isoformat(), connection.vendor, migrations_applied())
            with writing_backup(path, passphrase, manifest) as writer:
                _add_tables(writer)
                _add_files(writer, staging)
                if passphrase:
                    _add_keys(writer)
        return manifest


def write_tables(path: Path, at: datetime) -> Manifest:
    """Write the tables only, in one still view, into a file that does not leave the machine."""
    with still_view():
        manifest = Manifest(at.isoformat(), connection.vendor, migrations_applied())
        with writing_backup(path, "", manifest) as writer:
            _add_tables(writer)
    return manifest


def _add_tables(writer: BackupWriter) -> None:
    tables = _tables_there(writer.manifest)
    writer.manifest.missing = missing_files(tables)
    for table in tables:
        number = last_number(table) if counts_up(table) else 0
        writer.add_table(table.label, table.columns, rows_of(table), number)


def _tables_there(manifest: Manifest) -> list[Table]:
    """Return the tables of the database's own state; one that was lost is passed over."""
    refuse_newer(manifest.version, manifest.migrations)
    there = set(connection.introspection.table_names())
    return [one for one in tables_at(manifest.migrations) if one.name in there]


def _add_files(writer: BackupWriter, staging: Path) -> None:
    for path in sorted(one for one in staging.rglob("*") if one.is_file()):
        writer.add_file(str(path.relative_to(staging)), path)


def _add_keys(writer: BackupWriter) -> None:
    for name, path in key_files().items():
        if path.is_file():
            writer.add_file(name, path)
            writer.manifest.has_keys = True


@contextmanager
def _staging() -> Iterator[Path]:
    """A folder on the data folder's own file system, so that files can be linked into it."""
    folder = Path(settings.HOME) / "run"
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="backup-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def verify_backup(path: Path, passphrase: str) -> None:
    """Restore a backup into a scratch place and compare every row and file; CopyDiffersError.

    The scratch place is an SQLite file, whatever the backup was taken from.
    """
    with reading_backup(path, passphrase) as backup, tempfile.TemporaryDirectory() as scratch:
        _verify_tables(backup, Path(scratch) / "scratch.sqlite3")
        for name in backup.manifest.files:
            backup.write_file(name, Path(scratch) / "file")


def _verify_tables(backup: BackupReader, scratch: Path) -> None:
    wanted = settings_of_file(scratch)
    wanted["OPTIONS"] |= {"init_command": "PRAGMA synchronous=OFF"}
    with instead_of_default(wanted):
        make_plain_tables(backup.manifest.migrations)
        fill_tables(backup)
        refuse_differences(compare_with(backup))
