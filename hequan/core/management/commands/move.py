"""`hequan move --to URL`: the same installation in another database."""

import time
from argparse import ArgumentParser
from typing import Any

import dj_database_url
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.core.installation.moving import move_tables
from hequan.core.installation.other_databases import settings_of_url, words_of


class Command(BaseCommand):
    """Copies every table into an empty database and compares row by row."""

    help = "Copy every table into an empty database (SQLite to PostgreSQL or back) and compare."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument(
            "--to", required=True, metavar="URL", help="such as postgres://user:password@host/name"
        )
        parser.add_argument("--lang", choices=["zh-hans", "en"], help="language of what is said")

    def handle(self, **options: Any) -> None:
        """Move; print every table's count."""
        with translation.override(options["lang"] or "zh-hans"):
            try:
                self._move(options["to"])
            except dj_database_url.UnknownSchemeError as error:
                raise CommandError(str(error), returncode=2) from error
            except HequanError as error:
                raise CommandError(str(error), returncode=2) from error
            except DatabaseError as error:
                text = _("The database cannot be reached: %s") % error
                raise CommandError(text, returncode=2) from error

    def _move(self, url: str) -> None:
        began, target = time.monotonic(), settings_of_url(url)
        tables = move_tables(target=target, at=now())
        for label, one in tables.items():
            self.stdout.write(f"{one.rows:>12,}  {label}")
        told = {
            "rows": sum(one.rows for one in tables.values()),
            "tables": len(tables),
            "target": words_of(target),
            "s": time.monotonic() - began,
        }
        self.stdout.write(
            _("%(rows)d rows of %(tables)d tables copied to %(target)s and compared, in %(s).1f s.")
            % told
        )
        self.stdout.write(
            _("Now set DATABASE_URL to the new database and start hequan; the files stay.")
        )
