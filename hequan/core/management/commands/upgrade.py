"""`hequan upgrade`: backup, migrations, check; and back where they fail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from hequan.core.accounts import accounts_exist
from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.core.installation.upgrading import upgrade
from hequan.core.sign_in.setup_code import setup_code


class Command(BaseCommand):
    """Brings the tables to this release, or leaves them as they were."""

    help = "Bring the tables to this release: backup, migrate, check, and back on failure."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("--by-serve", action="store_true", help="asked by hequan serve itself")
        parser.add_argument("--quiet", action="store_true", help="say nothing where nothing is new")
        parser.add_argument("--lang", choices=["zh-hans", "en"], help="language of what is said")

    def handle(self, **options: Any) -> None:
        """Upgrade; say where the backup lies."""
        with translation.override(options["lang"] or "zh-hans"):
            try:
                backup = upgrade(
                    at=now(), clock=now, say=self.stdout.write, by_serve=options["by_serve"]
                )
            except (HequanError, OSError) as error:
                raise CommandError(str(error), returncode=2) from error
            if backup is not None:
                self.stdout.write(_("Upgraded. The backup from before is %s.") % backup)
            elif not options["quiet"]:
                self.stdout.write(_("The tables are of this release."))
            if options["by_serve"] and not accounts_exist():
                setup_code()  # it stands before any page answers; `hequan serve` then tells it
