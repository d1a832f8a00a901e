"""`hequan restore FILE`: an installation from a backup, whole or not at all."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.core.installation.backup_making import read_passphrase, verify_backup
from hequan.core.installation.restoring import Restored, restore_backup


class Command(BaseCommand):
    """Restores a backup, or with --check only tries whether it could be."""

    help = "Restore a backup into an empty installation, or with --replace in place of this one."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--passphrase-file", type=Path, help="what a sealed backup opens with")
        parser.add_argument(
            "--replace", action="store_true", help="in place of what is here, which is kept aside"
        )
        parser.add_argument(
            "--check", action="store_true", help="only restore into a scratch place and compare"
        )
        parser.add_argument("--lang", choices=["zh-hans", "en"], help="language of what is said")

    def handle(self, **options: Any) -> None:
        """Restore or check; say what was done and where the old lies."""
        with translation.override(options["lang"] or "zh-hans"):
            try:
                self._restore(options)
            except (HequanError, OSError) as error:
                raise CommandError(str(error), returncode=2) from error

    def _restore(self, options: dict[str, Any]) -> None:
        path: Path = options["file"].absolute()
        passphrase, began = read_passphrase(options["passphrase_file"]), time.monotonic()
        if options["check"]:
            verify_backup(path, passphrase)
            self.stdout.write(_("The backup is whole: every row and file compared."))
            return
        restored = restore_backup(
            path=path,
            passphrase=passphrase,
            replace=options["replace"],
            at=now(),
            say=self.stdout.write,
        )
        self._report(restored, time.monotonic() - began)

    def _report(self, restored: Restored, seconds: float) -> None:
        told = {
            "rows": f"{restored.manifest.rows:,}",
            "files": len(restored.manifest.files),
            "s": seconds,
        }
        self.stdout.write(
            _("Restored %(rows)s rows and %(files)d files, each compared, in %(s).1f s.") % told
        )
        if restored.database_aside:
            self.stdout.write(_("The database before lies in %s.") % restored.database_aside)
        else:
            self.stdout.write(_("There was no database here before."))
        if restored.files_aside:
            self.stdout.write(_("The files before lie in %s.") % restored.files_aside)
        if not restored.manifest.has_keys:
            self.stderr.write(
                _(
                    "WITHOUT THE KEYS: the keyring is the one of this installation. Put the "
                    "keyring of the backup's time in its place, or sealed numbers stay unreadable."
                )
            )
