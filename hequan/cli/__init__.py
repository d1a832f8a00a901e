"""The command `hequan` (命令行): plain commands without a database, and the door to Django's own.

A plain command is a module with `main(arguments) -> exit code`; it is named here as a text and
imported when it is asked for, so that `hequan coverage` never starts Django. Everything else
(`hequan migrate`, `hequan import`) goes to Django's command line.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence

from hequan.cli.folder import data_folder
from hequan.cli.starting import collecting_later
from hequan.cli.words import Words, language_of

PLAIN_COMMANDS = {
    "coverage": "hequan.cli.coverage",
    "serve": "hequan.cli.serve",
}
DJANGO_COMMANDS = (
    *("import", "demo", "backup", "restore", "upgrade", "move"),
    *("keys", "api_key", "webhook", "migrate", "worker", "shell"),
)
SETTINGS = "hequan.config.settings"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without arguments print what there is."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] in ("-h", "--help", "help") and len(given) == 1):
        print(_overview(Words(language_of(given, os.environ))))
        return 0
    if given[0] in PLAIN_COMMANDS:
        return _plain_command(given[0])(given[1:])
    return _run_django(given)


def _plain_command(name: str) -> Callable[[Sequence[str]], int]:
    command: Callable[[Sequence[str]], int] = importlib.import_module(PLAIN_COMMANDS[name]).main
    return command


def _run_django(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.update(data_folder())
    with collecting_later():
        import django
        from django.core.management import execute_from_command_line

        django.setup()
    execute_from_command_line(["hequan", *arguments])
    return 0


def _overview(words: Words) -> str:
    lines = [words("overview"), "", words("overview.plain")]
    lines += [f"  {name:<16}{words(f'command.{name}')}" for name in PLAIN_COMMANDS]
    lines += ["", words("overview.django")]
    lines += [f"  {name:<16}{words(f'command.{name}')}" for name in DJANGO_COMMANDS]
    return "\n".join([*lines, "", words("overview.more")])
