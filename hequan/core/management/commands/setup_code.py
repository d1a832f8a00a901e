"""`hequan setup_code`: print the code that opens the first start, while nobody has an account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hequan.core.accounts import accounts_exist
from hequan.core.sign_in.setup_code import setup_code


class Command(BaseCommand):
    """Say the code, or nothing when the installation is set up."""

    help = "Print the setup code of an installation that has no account yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("--address", help="where the pages answer, to be told beside the code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line."""
        if accounts_exist():
            return
        said = _("First start: the page asks for this setup code: %(code)s")
        if options["address"]:
            said = _("First start: open %(address)s and enter this setup code: %(code)s")
        self.stdout.write(said % {"code": setup_code(), "address": options["address"]})
