"""Moving an installation to another database (迁移数据库): copied, then compared row by row."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import TableCount, reading_backup
from hequan.core.installation.backup_making import write_tables
from hequan.core.installation.exchanging import take_back_cut_off
from hequan.core.installation.other_databases import Settings, instead_of_default, words_of
from hequan.core.installation.schema_copies import (
    compare_with,
    fill_tables,
    make_tables,
    refuse_differences,
    tables_at,
)
from hequan.core.installation.schema_state import Migration, migrations_applied
from hequan.core.running import refuse_while_running


class TargetNotEmptyError(HequanError):
    """The database to move to holds something."""

    text = _(
        "%(target)s is not empty (%(table)s has rows). Nothing was changed. Name an empty database."
    )


class TargetDiffersError(HequanError):
    """The database to move to has tables of another release."""

    text = _(
        "%(target)s has tables of another release (%(names)s). Nothing was changed. Name an empty "
        "database."
    )


def move_tables(*, target: Settings, at: datetime) -> Mapping[str, TableCount]:
    """Copy every table of the installation into an empty database; return what each holds.

    Keys are kept, so are the last numbers given out; every row is read back and compared. The
    installation's own database is only read. Raises HequanError with the target left without rows.
    """
    take_back_cut_off()
    refuse_while_running()
    run = Path(settings.HOME) / "run"
    run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=run, prefix="move-") as folder:
        copy = Path(folder) / "tables"
        manifest = write_tables(copy, at)
        with instead_of_default(target), reading_backup(copy, "") as backup:
            _prepare(target, manifest.migrations)
            fill_tables(backup)
            refuse_differences(compare_with(backup))
    return manifest.tables


def _prepare(target: Settings, applied: list[Migration]) -> None:
    """Make the tables in a target without any; refuse one with rows or of another release."""
    there = set(connection.introspection.table_names())
    if not there:
        make_tables(applied)
        return
    had = migrations_applied() if "django_migrations" in there else []
    apps = {app for app, _name in had}  # an app that is no longer there leaves no tables
    if differing := {one for one in set(had) ^ set(applied) if one[0] in apps}:
        names = ", ".join(f"{app}.{name}" for app, name in sorted(differing)[:3])
        raise TargetDiffersError(target=words_of(target), names=names)
    tables = tables_at(applied)
    if lacking := sorted({one.name for one in tables} - there):
        strange = sorted(there - {one.name for one in tables}) or lacking
        raise TargetDiffersError(target=words_of(target), names=", ".join(strange[:3]))
    for table in tables:
        if table.model._base_manager.exists():
            raise TargetNotEmptyError(target=words_of(target), table=table.name)
