"""`hequan backup FILE`: everything an installation owns in one file, read back before it counts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import Manifest
from hequan.core.installation.backup_making import make_backup, read_passphrase


class Command(BaseCommand):
    """Backs up while the installation runs."""

    help = "Back up database and files into one file, while everything runs; then read it back."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("file", type=Path, help="the file to write")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            help="seal the backup with the first line of this file; only then are the keys in it",
        )
        parser.add_argument("--force", action="store_true", help="write over a file that is there")
        parser.add_argument(
            "--no-verify", action="store_true", help="do not restore it into a scratch place"
        )
        parser.add_argument("--lang", choices=["zh-hans", "en"], help="language of what is said")

    def handle(self, **options: Any) -> None:
        """Write, verify, say what is in it and what is not."""
        with translation.override(options["lang"] or "zh-hans"):
            path: Path = options["file"].absolute()
            if path.exists() and not options["force"]:
                raise CommandError(_("%s is there already; nothing was written.") % path)
            try:
                manifest, seconds = _make(path, options)
            except (HequanError, OSError) as error:
                raise CommandError(str(error), returncode=2) from error
            self._report(path, manifest, seconds)

    def _report(self, path: Path, manifest: Manifest, seconds: float) -> None:
        self.stdout.write(
            _("%(rows)s rows of %(tables)d tables and %(files)d files in %(path)s, in %(s).1f s")
            % {
                "rows": f"{manifest.rows:,}",
                "tables": len(manifest.tables),
                "files": len(manifest.files),
                "path": path,
                "s": seconds,
            }
        )
        for name in manifest.missing[:20]:
            self.stderr.write(_("named by a row, but there is no such file: %s") % name)
        if not manifest.has_keys:
            self.stderr.write(
                _(
                    "WITHOUT THE KEYS: sealed telephone and identity numbers cannot be read from "
                    "this backup alone. Keep a copy of the keyring elsewhere, or back up with "
                    "--passphrase-file, which puts the keys in."
                )
            )


def _make(path: Path, options: dict[str, Any]) -> tuple[Manifest, float]:
    at = now()
    manifest = make_backup(
        path=path,
        passphrase=read_passphrase(options["passphrase_file"]),
        at=at,
        clock=now,
        verify=not options["no_verify"],
    )
    return manifest, (now() - at).total_seconds()
