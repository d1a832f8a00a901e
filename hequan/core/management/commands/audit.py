"""`hequan audit verify | digests | seal`: check the trail, print or make its digests."""

import json
import sys
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from hequan.core import clock
from hequan.core.audit.check import (
    MOST_FAULTS,
    CheckResult,
    check_trail,
    missing_tables,
    save_check,
)
from hequan.core.audit.digests import keep_files, published_digests, seal_day
from hequan.core.audit.words import line_of

_TOLD_EVERY = 50_000


class Command(BaseCommand):
    """The audit trail from the command line."""

    help = "Check the audit trail, print its daily digests, or seal until yesterday."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the three things to do."""
        todo = parser.add_subparsers(dest="todo", required=True)
        verify = todo.add_parser("verify", help="check the trail; exit code 1 for any fault")
        verify.add_argument(
            "--since",
            metavar="DAY",
            type=date.fromisoformat,
            help="only what was not sealed yet when this day (2026-11-22) began",
        )
        verify.add_argument(
            "--against",
            metavar="FILE",
            type=Path,
            help="digests somebody kept: JSON of /audit/digests.json or of `audit digests`",
        )
        todo.add_parser("digests", help="print the digests as JSON, newest first")
        todo.add_parser("seal", help="seal what is committed as the digest of yesterday")

    def handle(self, *args: object, **options: Any) -> None:
        """Do what was asked."""
        getattr(self, f"_{options['todo']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        if gone := missing_tables():
            raise CommandError(
                _(
                    "THE TRAIL IS NOT WHOLE: the database has no table %s. "
                    "Keep the database as it is and restore a backup beside it."
                )
                % ", ".join(gone)
            )
        kept = _read_digests(options["against"])
        result = check_trail(
            at=clock.now(), since=options["since"], against=kept, progress=self._progress()
        )
        save_check(result)
        self._tell(result)
        if result.faults:
            sys.exit(1)

    def _progress(self) -> Any:
        told = 0

        def tell(entries: int) -> None:
            nonlocal told
            if entries - told >= _TOLD_EVERY:
                told = entries
                self.stderr.write(_("%s entries read ...") % entries)

        return tell

    def _tell(self, result: CheckResult) -> None:
        for fault in result.faults:
            self.stdout.write(line_of(fault))
        if len(result.faults) == MOST_FAULTS:
            self.stdout.write(_("... and perhaps more: the first %s are told.") % MOST_FAULTS)
        read = {"entries": result.entries, "seconds": f"{result.seconds:.1f}"}
        if result.faults:
            words = _("%(entries)s entries read in %(seconds)s s. THE TRAIL IS NOT WHOLE.")
        else:
            words = _("%(entries)s entries read in %(seconds)s s: the trail is whole.")
        self.stdout.write(words % read)
        if result.unwitnessed:
            self.stdout.write(
                _(
                    "No witness file speaks of %s lanes with entries not sealed yet, as after a "
                    "restore. If nothing was restored, somebody has removed the files: entries "
                    "cut off since the last digest would not be found."
                )
                % result.unwitnessed
            )

    def _digests(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps({"digests": published_digests()}, indent=1))

    def _seal(self, options: dict[str, Any]) -> None:
        at = clock.now()
        sealed = seal_day(day=timezone.localdate(at) - timedelta(days=1), at=at)
        keep_files(at)
        if sealed is None:
            self.stdout.write(_("Sealed already; what was written since is in the next digest."))
        else:
            self.stdout.write(f"{sealed.day} {sealed.value}")


def _read_digests(path: Path | None) -> list[dict[str, Any]]:
    """Return the digests in a file: a list, or an object with the list under "digests"."""
    if path is None:
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(_("%(file)s: %(error)s") % {"file": path, "error": error}) from None
    rows = found.get("digests", [found]) if isinstance(found, dict) else found
    if not all(isinstance(row, dict) and {"day", "value"} <= row.keys() for row in rows):
        raise CommandError(_("%s holds no digests: each needs a day and a value.") % path)
    return list(rows)
