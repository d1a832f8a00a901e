"""Upgrading (升级): a backup, the migrations, a check; and back where the check or they fail."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hequan.core.audit.check import check_trail, save_check
from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import Manifest
from hequan.core.installation.backup_making import make_backup
from hequan.core.installation.backups import file_name_for
from hequan.core.installation.exchanging import take_back_cut_off
from hequan.core.installation.restoring import Say, put_tables_back
from hequan.core.installation.schema_copies import tables_at
from hequan.core.installation.schema_state import (
    migrations_applied,
    migrations_pending,
    refuse_newer_schema,
)
from hequan.core.running import refuse_while_running

CHECKED = timedelta(days=31)  # of the audit trail, after an upgrade
_followers: list[Callable[[datetime], None]] = []


class NewerSchemaError(HequanError):
    """The tables are of a later release."""

    def __str__(self) -> str:
        """Say what schema_state found."""
        return str(self.params["why"])


class UpgradeFailedError(HequanError):
    """An upgrade that was taken back."""

    text = gettext_lazy(
        "The upgrade failed: %(why)s. The database is as it was before (what the upgrade had made "
        "of it lies in %(aside)s, the backup in %(backup)s). Run the release before this one, and "
        "report what is said above."
    )


def after_upgrade(follow: Callable[[datetime], None]) -> None:
    """Let an app bring its rows to this release after its tables: once, in the same upgrade."""
    _followers.append(follow)


def upgrade(
    *, at: datetime, clock: Callable[[], datetime], say: Say, by_serve: bool = False
) -> Path | None:
    """Bring the tables to this release; return the backup made before, None where none was needed.

    Raises UpgradeFailedError with the database as it was before.
    """
    take_back_cut_off()
    if newer := refuse_newer_schema():
        raise NewerSchemaError(why=newer)
    had_tables = "django_migrations" in connection.introspection.table_names()
    if not had_tables or not migrations_pending():
        call_command("migrate", verbosity=0, interactive=False)
        return None
    refuse_while_running(by_serve=by_serve)
    backup = Path(settings.HOME) / "backups" / f"before-upgrade-{file_name_for(at)}"
    backup.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    say(_("Backing up to %s ...") % backup)
    manifest = back_up_older(backup, at, clock)
    say(_("Changing tables ..."))
    try:
        call_command("migrate", verbosity=0, interactive=False)
        say(_("Checking ..."))
        check_upgraded(manifest)
        for follow in _followers:
            follow(at)
    except Exception as error:
        aside = put_tables_back(path=backup, at=clock())
        why = f"{type(error).__name__}: {error}"
        raise UpgradeFailedError(why=why, aside=aside, backup=backup) from error
    check_last_month(at, say)
    return backup


def back_up_older(path: Path, at: datetime, clock: Callable[[], datetime]) -> Manifest:
    """Back up an installation whose tables may be of an older release than the program."""
    return make_backup(path=path, passphrase="", at=at, clock=clock, note=False)


def check_upgraded(before: Manifest) -> None:
    """Raise LostRowsError where a table that is still there has lost all its rows; run checks."""
    call_command("check", verbosity=0)
    lost = sorted(
        label
        for label, rows in rows_now().items()
        if not rows and label in before.tables and before.tables[label].rows
    )
    if lost:
        raise LostRowsError(tables=", ".join(lost))
    connection.check_constraints()


def check_last_month(at: datetime, say: Say) -> None:
    """Check the latest month of the audit trail, keep the result, tell of faults.

    They do not take the upgrade back: they may be older than it, and must not hold it up for ever.
    """
    found = check_trail(at=at, since=timezone.localtime(at).date() - CHECKED)
    save_check(found)
    if found.faults:
        say(_("The audit trail has %d faults; see `hequan audit verify`.") % len(found.faults))


class LostRowsError(HequanError):
    """Tables that were emptied by an upgrade."""

    text = gettext_lazy("no rows are left in %(tables)s")


def rows_now() -> Mapping[str, int]:
    """Return how many rows every table has."""
    tables = tables_at(migrations_applied())
    return {one.label: one.model._base_manager.count() for one in tables}
