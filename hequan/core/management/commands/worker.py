"""`hequan worker`: the one loop that carries out jobs."""

import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from hequan.core.clock import now
from hequan.core.jobs import run_next
from hequan.core.timetable import enqueue_due

PAUSE = 1.0
LOOK = timedelta(seconds=30)  # how often the timetable is looked at


class Command(BaseCommand):
    """Run due jobs until told to stop; a job under way is finished first."""

    help = "Carry out waiting jobs (coverage measurements and the like)."

    def add_arguments(self, parser: Any) -> None:
        """Take --until-idle, for scripts and tests."""
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop: run what is due, then wait a second."""
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        look_at = now()
        while not stopping.is_set():
            close_old_connections()
            if now() >= look_at:
                enqueue_due(now())
                look_at = now() + LOOK
            if run_next(now()):
                continue
            if options["until_idle"]:
                return
            stopping.wait(PAUSE)
