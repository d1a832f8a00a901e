"""`hequan demo`: build a made-up town, district or city in an empty database."""

import shutil
import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hequan.core.clock import now
from hequan.demo.accounts import SIGN_INS, has_sign_in
from hequan.demo.build import Built, build_demo, is_empty
from hequan.demo.errors import NoDemoTownError
from hequan.demo.introductions import RESIDENT_PHONE, has_resident
from hequan.demo.scale import SCALES
from hequan.demo.year import CASES_OF_A_YEAR, live_a_year
from hequan.people.gateways import outgoing_file
from hequan.people.kinds import Channel
from hequan.territory import queries as territory

_WORDS = {
    "districts": gettext_lazy("districts"),
    "towns": gettext_lazy("towns"),
    "areas": gettext_lazy("areas"),
    "committees": gettext_lazy("committees"),
    "grids": gettext_lazy("micro-grids"),
    "homes": gettext_lazy("buildings people live in"),
    "people": gettext_lazy("people"),
    "stations": gettext_lazy("stations"),
    "services": gettext_lazy("services in the catalogue"),
    "organisations": gettext_lazy("organisations"),
}


class Command(BaseCommand):
    """Build the demo and print its sign-ins."""

    help = "Build a made-up town, district or city (the same for the same seed)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take size, seed and the two confirmations."""
        parser.add_argument("--size", choices=sorted(SCALES), default="town")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--again", action="store_true", help="delete EVERYTHING in this database first"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--year", action="store_true", help="a year of cases besides; run again to go on"
        )
        parser.add_argument(
            "--cases", type=int, default=CASES_OF_A_YEAR, help="how many in the year"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="leave a database in use as it is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database in use unless --again is confirmed; then build."""
        if options["year"] and not options["again"] and not is_empty():
            self._live_a_year(options)
            return
        if options["if_empty"] and not is_empty():
            self._show_sign_ins()
            return
        if not is_empty():
            self._clear(options["again"], options["yes"])
        began = time.perf_counter()
        say = self._say if options["verbosity"] > 1 else _say_nothing
        built = build_demo(scale=SCALES[options["size"]], seed=options["seed"], at=now(), say=say)
        self._report(built, time.perf_counter() - began)
        if options["year"]:
            self._live_a_year(options)

    def _say(self, step: str) -> None:
        self.stderr.write(f"{time.strftime('%H:%M:%S')} {step} ...")

    def _clear(self, again: bool, confirmed: bool) -> None:
        """Say what would be deleted; delete it only on --again and a yes."""
        units = territory.units_below(None).count()
        stands = _("This database is in use: %(units)d units, and accounts.") % {"units": units}
        if not again:
            raise CommandError(
                stands + " " + _("Nothing was changed. `--again` deletes everything first.")
            )
        self.stdout.write(stands)
        self.stdout.write(_("Everything in it, accounts and audit trail too, would be deleted."))
        if not confirmed and not self._agreed():
            raise CommandError(_("Nothing was changed. Repeat with --yes to delete and rebuild."))
        call_command("flush", interactive=False, verbosity=0)
        # the walking networks' rows are gone, so nothing would ever remove their files
        shutil.rmtree(settings.NETWORKS_ROOT, ignore_errors=True)

    def _live_a_year(self, options: dict[str, Any]) -> None:
        """Live the year, saying each week how far it is."""
        began = time.perf_counter()

        def tell(day: date, made: int) -> None:
            if day.weekday() == 6:
                seconds = time.perf_counter() - began
                said = _("%(day)s: %(made)s cases so far, %(seconds).0f s")
                self.stdout.write(said % {"day": day, "made": f"{made:,}", "seconds": seconds})
                self.stdout.flush()

        try:
            series, was_left = live_a_year(
                seed=options["seed"], cases=options["cases"], at=now(), tell=tell
            )
        except NoDemoTownError as error:
            raise CommandError(str(error)) from error
        told = {"first": series.first_on, "cases": f"{series.cases:,}"}
        if not was_left:
            self.stdout.write(_("The year from %(first)s is done: %(cases)s cases.") % told)
            return
        seconds = time.perf_counter() - began
        said = _("The year from %(first)s stands: %(cases)s cases, %(seconds).0f s.")
        self.stdout.write(said % (told | {"seconds": seconds}))

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input(_("Type yes to delete everything: ")).strip().lower() == "yes"

    def _report(self, built: Built, seconds: float) -> None:
        self.stdout.write(
            _("%(name)s stands, made up from end to end, in %(seconds).0f s:")
            % {"name": built.unit_name, "seconds": seconds}
        )
        for name, count in built.counts.items():
            self.stdout.write(f"{count:>14,}  {_WORDS[name]}")
        if built.within_15 is not None:
            self.stdout.write(
                _("  %(share).1f %% of people reach a station within 15 minutes on foot.")
                % {"share": 100 * built.within_15}
            )
        self._show_sign_ins()

    def _show_sign_ins(self) -> None:
        """Print the demo's sign-ins, those that still hold."""
        there = [one for one in SIGN_INS if has_sign_in(one)]
        if there:
            self.stdout.write(_("Sign in as:"))
        for sign_in in there:
            self.stdout.write(f"  {sign_in.username} / {sign_in.password}   {sign_in.name}")
        if has_resident():
            self.stdout.write("  " + _code_words())


def _code_words() -> str:
    backend = settings.GATEWAYS.get(str(Channel.SMS), "console")
    said = {
        "console": _("a resident by code: number %(phone)s; the code is printed by `hequan serve`"),
        "file": _("a resident by code: number %(phone)s; the code is the last line of %(file)s"),
    }.get(backend, _("a resident by code: number %(phone)s, which no operator has"))
    return said % {"phone": RESIDENT_PHONE, "file": outgoing_file(Channel.SMS)}


def _say_nothing(step: str) -> None:
    """Keep quiet about the steps."""
