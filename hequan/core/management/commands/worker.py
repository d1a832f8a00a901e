"""`hequan worker`: the loop that carries out jobs."""

import logging
import signal
import threading
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection

from hequan.core.clock import now
from hequan.core.installation.schema_state import refuse_newer_schema
from hequan.core.jobs import run_next
from hequan.core.timetable import enqueue_due
from hequan.core.workers import (
    Presence,
    follow_the_clock,
    release_leases,
    release_leases_of_the_dead,
    worker_name,
)

PAUSE = 1.0
LOOK = timedelta(seconds=30)  # how often timetable, clock and dead neighbours are looked at
RELIEF = 3.0  # seconds between two tries while the database is away

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run due jobs until told to stop; a job under way is finished first."""

    help = "Carry out waiting jobs (coverage measurements and the like)."

    def add_arguments(self, parser: Any) -> None:
        """Take --until-idle, for scripts and tests."""
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop: run what is due, then wait a second; a database that is away is waited for."""
        if newer := refuse_newer_schema():
            raise CommandError(newer)
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        presence = Presence(worker_name(), now)
        presence.start()
        try:
            self._loop(presence, stopping, options["until_idle"])
        finally:
            presence.stop()

    def _loop(self, presence: Presence, stopping: threading.Event, until_idle: bool) -> None:
        look_at = now()
        while not stopping.is_set():
            close_old_connections()
            try:
                if not look_at - LOOK <= now() < look_at:  # also after a clock that jumped back
                    look_at = _look(presence)
                busy = run_next(now(), presence.name, now)
            except DatabaseError as error:
                log.warning("the database is away: %s", type(error).__name__)
                connection.close()
                look_at = now()
                stopping.wait(RELIEF)
                continue
            if until_idle and not busy:
                return
            if not busy:
                stopping.wait(PAUSE)


def _look(presence: Presence) -> datetime:
    """Do what is done every half minute; return when to do it again."""
    at = now()
    follow_the_clock(at)
    release_leases(presence.name, at)  # between two jobs it holds none, unless it lost hold of one
    release_leases_of_the_dead(at)
    enqueue_due(at)
    presence.beat(at)
    return at + LOOK
