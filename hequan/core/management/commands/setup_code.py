"""`hequan setup_code`: print the code that opens the first start, while nobody has an account."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hequan.core.accounts import accounts_exist
from hequan.core.sign_in.setup_code import setup_code


class Command(BaseCommand):
    """Say the code, or nothing when the installation is set up."""

    help = "Print the setup code of an installation that has no account yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line."""
        if not accounts_exist():
            said = _("First start: the page asks for this setup code: %(code)s")
            self.stdout.write(said % {"code": setup_code()})
