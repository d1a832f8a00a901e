"""`hequan webhook add|list|remove` (事件推送): which other systems hear of cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hequan.cases.actions.webhooks import add_webhook, end_webhook
from hequan.cases.events import EventKind
from hequan.cases.queries.events import webhooks
from hequan.core.accounts import system_account
from hequan.core.clock import now
from hequan.core.errors import HequanError
from hequan.territory.queries import unit_with_code

ALL = ",".join(EventKind)


class Command(BaseCommand):
    """Adds an address, removes one, or lists them."""

    help = "Let another system hear of cases (CloudEvents, signed), list who does, or end one."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        what = parser.add_subparsers(dest="what", required=True, title="what to do")
        add = what.add_parser("add", help="let an address hear of the cases of a unit")
        add.add_argument("url", help="https address of the other system")
        add.add_argument("--unit", required=True, help="code of the unit whose cases it hears of")
        add.add_argument("--types", default=ALL, help=f"of which events, by comma: {ALL}")
        what.add_parser("list", help="show who hears of what")
        remove = what.add_parser("remove", help="tell an address nothing more")
        remove.add_argument("number", type=int, help="the number that `list` shows")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do one of the three."""
        try:
            {"add": self._add, "list": self._list, "remove": self._remove}[options["what"]](options)
        except HequanError as error:
            raise CommandError(str(error)) from None

    def _add(self, options: dict[str, Any]) -> None:
        said = [one.strip() for one in options["types"].split(",") if one.strip()]
        if not said or set(said) - set(EventKind):
            raise CommandError(f"--types {options['types']}: give some of {ALL}")
        unit = unit_with_code(options["unit"])
        if unit is None:
            raise CommandError(f"--unit {options['unit']}: no unit bears this code today")
        kinds = {EventKind(one) for one in said}
        asked = {"url": options["url"], "kinds": kinds, "unit": unit}
        row, secret = add_webhook(**asked, by=system_account(), at=now())
        self.stdout.write(f"Webhook {row.pk}. Secret, shown this once: {secret}")

    def _list(self, _options: dict[str, Any]) -> None:
        for row in webhooks():
            standing = f"ended {row.ended_at:%Y-%m-%d}" if row.ended_at else "in use"
            told = ",".join(row.types)
            self.stdout.write(f"{row.pk:>4}  {row.url}  {row.unit.name}  {told}  {standing}")

    def _remove(self, options: dict[str, Any]) -> None:
        row = end_webhook(webhook=options["number"], by=system_account(), at=now())
        self.stdout.write(f"Webhook {row.pk} is ended: {row.url} is told nothing more.")
