"""`hequan keys`: look at the keyring, add a key, move everything to it, retire the old one (密钥).

No order of these steps, and no kill between or within them, makes anything unreadable.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hequan.core.errors import HequanError
from hequan.core.key_rotation import Progress, retire, rotate, rows_under
from hequan.core.keyring import KeyPurpose, NoSuchKeyError, add_key, keyring


class Command(BaseCommand):
    """Keys of the installation, by purpose."""

    help = "Look at the keys, add one, move everything to the newest, retire an old one."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the four steps."""
        purposes = [str(one) for one in KeyPurpose]
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("list", help="show the keys and what still needs them")
        add = steps.add_parser("add", help="add a key; it is the current one from now on")
        add.add_argument("purpose", choices=purposes)
        steps.add_parser("rotate", help="move everything to the current keys; may be run again")
        old = steps.add_parser("retire", help="take an old key off, once nothing needs it")
        old.add_argument("purpose", choices=purposes)
        old.add_argument("key", help="the key's id, as `keys list` shows it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Carry out one step; a refusal says what still needs the key."""
        try:
            getattr(self, f"_{options['step']}")(options)
        except (HequanError, NoSuchKeyError) as error:
            raise CommandError(str(error)) from None

    def _list(self, _options: dict[str, Any]) -> None:
        for purpose, keys in keyring().keys.items():
            current = keyring().current(purpose)
            for key_id, key in keys.items():
                mark = "current" if key == current else "old"
                self.stdout.write(f"{purpose:<8} {key_id:<12} {mark:<8} {_held(purpose, key_id)}")

    def _add(self, options: dict[str, Any]) -> None:
        purpose = KeyPurpose(options["purpose"])
        key = add_key(purpose)
        self.stdout.write(f"{purpose} key {key.key_id} is the current one. Back up the keyring.")
        if purpose in (KeyPurpose.DATA, KeyPurpose.MATCH):
            self.stdout.write("Now run: hequan keys rotate")

    def _rotate(self, _options: dict[str, Any]) -> None:
        for progress in rotate(self._tell).values():
            broken = f", {progress.broken} cannot be opened" if progress.broken else ""
            self.stdout.write(f"{progress.column}: {progress.moved} moved{broken}")

    def _retire(self, options: dict[str, Any]) -> None:
        retire(KeyPurpose(options["purpose"]), options["key"])
        self.stdout.write(f"{options['purpose']} key {options['key']} is gone.")

    def _tell(self, progress: Progress) -> None:
        self.stderr.write(f"  {progress.column} {progress.seen}/{progress.total}", ending="\r")


def _held(purpose: KeyPurpose, key_id: str) -> str:
    if purpose is not KeyPurpose.DATA:
        return ""
    return ", ".join(f"{name} {count}" for name, count in rows_under(key_id).items())
