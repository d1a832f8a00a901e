"""`hequan api_key NAME`: make a key for another system (接口密钥); shown once, ended with --end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hequan.core.accounts import system_account
from hequan.core.api_keys import ApiKey, api_keys, end_api_key, make_api_key
from hequan.core.clock import now
from hequan.core.errors import HequanError


class Command(BaseCommand):
    """Makes a key, ends one, or lists them."""

    help = "Make a key for another system (shown once), end one, or list those there are."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("name", nargs="?", default="", help="which system it is for")
        parser.add_argument("--end", action="store_true", help="end the key of this name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do one of the three."""
        name = options["name"].strip()
        try:
            if not name:
                self._list()
            elif options["end"]:
                self._end(name)
            else:
                made = make_api_key(name=name, by=system_account(), at=now())
                self.stdout.write(f"Key of {made.row.name}, shown this once: {made.text}")
        except HequanError as error:
            raise CommandError(str(error)) from None

    def _end(self, name: str) -> None:
        row = next((one for one in api_keys() if one.name == name and not one.ended_at), None)
        end_api_key(key=row.pk if row else 0, by=system_account(), at=now())
        self.stdout.write(f"The key of {name} is ended.")

    def _list(self) -> None:
        for row in api_keys():
            self.stdout.write(f"{row.name:<32} {row.made_at:%Y-%m-%d}  {_standing(row)}")


def _standing(row: ApiKey) -> str:
    return f"ended {row.ended_at:%Y-%m-%d}" if row.ended_at else "in use"
