"""`hequan import KIND FILE`: the dry run as a table, then one transaction (导入命令).

The same kinds, the same reports and the same writing as the import pages; signed by the system
account. Exit code 2 when the file or every row of it is refused.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape

from hequan.core.accounts import system_account
from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.core.file_words import words_of_file_error
from hequan.core.import_report import print_plan
from hequan.core.import_runs import note_import, plan_import, take_turn, write_import
from hequan.core.imports import ImportOptions, ImportPlan, import_kinds
from hequan.core.kinds import Fate
from hequan.files.errors import FileError

REFUSED = 2


class Command(BaseCommand):
    """Reads a file, shows what would happen, and writes it when told to."""

    help = "Import a file: shows every row's fate first, then writes all of it at once."
    requires_system_checks = ()  # an import needs the database, not the pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        codes = [kind.code for kind in import_kinds()]
        parser.add_argument("kind", choices=codes, help="what the file holds")
        parser.add_argument("file", type=Path, help="the file to read")
        parser.add_argument("--yes", action="store_true", help="write without asking")
        parser.add_argument(
            "--columns",
            default="",
            metavar="FIELD=HEADING,...",
            help="which column holds a field, where its heading is not known",
        )
        parser.add_argument(
            "--coordinates",
            default="wgs84",
            choices=["wgs84", "cgcs2000", "gcj02", "bd09"],
            help="the coordinate system of the file's points",
        )
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            dest="extra",
            help="what a kind asks besides the file: within, as_of, source, name, prefix",
        )
        parser.add_argument("--lang", choices=["zh-hans", "en"], help="language of the report")
        parser.add_argument("--rows", type=int, default=20, help="rows shown of each fate")

    def handle(self, **options: Any) -> None:
        """Show the dry run, ask, write."""
        # Django turns translations off for commands; the report speaks the language asked for
        with translation.override(options["lang"] or "zh-hans"):
            try:
                self._import(options)
            except FileError as error:
                raise CommandError(str(words_of_file_error(error)), returncode=REFUSED) from error
            except HequanError as error:
                raise CommandError(str(error), returncode=REFUSED) from error

    def _import(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        asked = ImportOptions(
            columns=_pairs(options["columns"].split(","), "--columns"),
            coordinates=options["coordinates"],
            extra=_pairs(options["extra"], "--set"),
        )
        plan = plan_import(options["kind"], path, path.name, asked)
        console = Console(file=cast(IO[str], self.stdout), highlight=False)
        print_plan(console, plan, options["rows"])
        counts = plan.counts()
        if not counts[Fate.NEW] + counts[Fate.CHANGED]:
            if counts[Fate.REFUSED]:
                raise CommandError(_("Nothing was written: see why above."), returncode=REFUSED)
            console.print(_("Nothing to write: everything is there already."))
            return
        if not options["yes"] and not self._agreed(console):
            console.print(_("Nothing was written."))
            return
        _write(plan, path, asked)
        console.print(_("Written."), style="green")

    def _agreed(self, console: Console) -> bool:
        """Ask on a terminal; elsewhere only --yes writes."""
        if not sys.stdin.isatty():
            console.print(_("This was the dry run. Add --yes to write."))
            return False
        answer = console.input(escape(_("Write this? [y/N] "))).strip().casefold()
        return answer in {"y", "yes", "是", "好"}


def _write(shown: ImportPlan, path: Path, options: ImportOptions) -> None:
    """Write what was shown; ImportChangedError where another import has come in between."""
    by, at = system_account(), now()
    with transaction.atomic():
        take_turn()
        plan = plan_import(shown.kind, path, shown.file_name, options)
        run = note_import(plan=shown, stored_as="", options=options, by=by, at=at)
        write_import(run=run, plan=plan, by=by, at=at)


def _pairs(parts: list[str], option: str) -> dict[str, str]:
    pairs = {}
    for part in filter(None, (part.strip() for part in parts)):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not name or not equals or not value:
            text = _("%(option)s takes NAME=VALUE, not %(part)s.")
            raise CommandError(text % {"option": option, "part": part}, returncode=REFUSED)
        pairs[name] = value
    return pairs
