"""Restoring a backup (恢复): made whole beside what is there, compared, then put in its place."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hequan.core import versions
from hequan.core.audit.witness import begin_again
from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import BackupReader, Manifest, reading_backup
from hequan.core.installation.exchanging import (
    Move,
    drop_empty_aside,
    drop_fresh,
    exchange,
    fresh_settings,
    take_back_cut_off,
)
from hequan.core.installation.kept_files import kept_folders, key_files
from hequan.core.installation.other_databases import instead_of_default
from hequan.core.installation.schema_copies import (
    compare_with,
    fill_tables,
    make_tables,
    refuse_differences,
    refuse_newer,
)
from hequan.core.running import refuse_while_running

Say = Callable[[str], None]


class InUseError(HequanError):
    """There is an installation in the place of the restored one."""

    text = _(
        "This installation is in use. Nothing was changed. --replace puts the backup in its place "
        "and keeps what is there aside."
    )


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where the old lies: "" and None where there was none."""

    manifest: Manifest
    database_aside: str
    files_aside: Path | None


def restore_backup(
    *, path: Path, passphrase: str, replace: bool, at: datetime, say: Say
) -> Restored:
    """Restore a backup in place of an empty installation, or with `replace` of any.

    All or nothing: the new is made beside and compared row by row and file by file before one
    rename exchanges them. Raises HequanError with everything as it was. The audit trail then goes
    on with an entry that says what was restored: the only row the backup does not hold.
    """
    take_back_cut_off()
    refuse_while_running()
    if not replace and is_in_use():
        raise InUseError
    stamp, had_tables = f"{timezone.localtime(at):%Y%m%d-%H%M%S}", _has_tables()
    fresh = Path(settings.HOME) / "run" / f"fresh-{stamp}"
    try:
        with reading_backup(path, passphrase) as backup:
            refuse_newer(backup.manifest.version, backup.manifest.migrations)
            say(str(_("Writing and comparing tables ...")))
            _make_database(backup, migrate=True)
            say(str(_("Writing files ...")))
            _make_files(backup, fresh)
            aside = Path(settings.HOME) / f"aside-{stamp}"
            moves = _moves(fresh, aside, with_keys=backup.manifest.has_keys)
            database_aside = exchange(moves, stamp)
            if not had_tables and drop_empty_aside(database_aside):
                database_aside = ""
            versions.forget_everything()
            begin_again(source=path.name, at=at)
            return Restored(backup.manifest, database_aside, _with_files(aside))
    finally:
        drop_fresh()
        shutil.rmtree(fresh, ignore_errors=True)


def put_tables_back(*, path: Path, at: datetime) -> str:
    """Exchange the database for what a backup holds, in the state of then; files stay.

    Returns where the database that was there lies now.
    """
    try:
        with reading_backup(path, "") as backup:
            _make_database(backup, migrate=False)
        return exchange([], f"{timezone.localtime(at):%Y%m%d-%H%M%S}")
    finally:
        drop_fresh()


def is_in_use() -> bool:
    """Tell whether anybody has an account in the database, whatever release made it."""
    with connection.cursor() as cursor:
        if "core_account" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT count(*) FROM core_account")
        return bool(cursor.fetchone()[0])


def _has_tables() -> bool:
    """Tell whether there is any table: connecting alone makes an empty SQLite file."""
    with connection.cursor() as cursor:
        return bool(connection.introspection.table_names(cursor))


def _with_files(aside: Path) -> Path | None:
    """Return the folder if it holds a file; one of empty folders is removed."""
    if any(path.is_file() for path in aside.rglob("*")):
        return aside
    shutil.rmtree(aside, ignore_errors=True)
    return None


def _make_database(backup: BackupReader, *, migrate: bool) -> None:
    with instead_of_default(fresh_settings()):
        make_tables(backup.manifest.migrations)
        fill_tables(backup)
        refuse_differences(compare_with(backup))
        if migrate:
            call_command("migrate", verbosity=0, interactive=False)


def _make_files(backup: BackupReader, fresh: Path) -> None:
    for name in kept_folders():
        (fresh / name).mkdir(parents=True, exist_ok=True)
    for name in backup.manifest.files:
        backup.write_file(name, fresh / name)
    for path in (fresh / "keys").glob("*"):
        path.chmod(0o600)


def _moves(fresh: Path, aside: Path, *, with_keys: bool) -> list[Move]:
    """Return the renames of folders and keys: the old aside, the new in its place."""
    places = kept_folders() | (key_files() if with_keys else {})
    there = {name: place for name, place in places.items() if (fresh / name).exists()}
    old = [Move(place, aside / name) for name, place in there.items() if place.exists()]
    return [*old, *(Move(fresh / name, place) for name, place in there.items())]
