"""Workers (后台进程): who is carrying out jobs, whether it still lives, and what it left behind.

A worker holds a lock on a file of its own in the data folder as long as it lives; the lock goes
with the process, however that ends. So the next worker on the machine knows at once which leases
belong to nobody. Workers of other machines are known by their lease only, which runs out.
"""

import fcntl
import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import Max, Q

from hequan.core.jobs import LEASE, Job, back_off
from hequan.core.kinds import JobState

BEAT = timedelta(seconds=30)
JUMP = timedelta(minutes=5)  # clocks of several machines differ by less
FORGOTTEN = timedelta(days=1)

log = logging.getLogger(__name__)


class Worker(models.Model):
    """One worker process, as it was last heard of."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at:%H:%M:%S}"


def locks_folder() -> Path:
    """Return the folder of the lock files of running processes."""
    folder = Path(settings.HOME) / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Presence:
    """A worker's lock file, its row, and the thread that renews both and the lease of its job."""

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        """Take the lock; the row is written by the first `beat`."""
        self.name = name
        self._clock = clock
        self._started_at = clock()
        self._path = locks_folder() / f"worker-{name}.lock"
        self._file: IO[bytes] = self._path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, forget the row, give the lock back."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=25)
        with suppress(DatabaseError):
            Worker.objects.filter(name=self.name).delete()
        self._path.unlink(missing_ok=True)
        self._file.close()

    def beat(self, at: datetime) -> None:
        """Say that this worker lives, and renew the lease of the job it runs."""
        Worker.objects.update_or_create(
            name=self.name,
            defaults={"seen_at": at},
            create_defaults={
                "host": socket.gethostname()[:255],
                "started_at": self._started_at,
                "seen_at": at,
            },
        )
        renew_lease(self.name, at)

    def _run(self) -> None:
        while not self._stopping.wait(BEAT.total_seconds()):
            try:
                self.beat(self._clock())
            except DatabaseError as error:
                log.warning("no heartbeat: %s", type(error).__name__)
            finally:
                connection.close()


def renew_lease(worker: str, at: datetime) -> int:
    """Keep the jobs of this worker for another lease; return how many it holds."""
    held = Job.objects.filter(leased_by=worker, state=JobState.RUNNING)
    return held.update(leased_until=at + LEASE)


def release_leases(worker: str, at: datetime) -> int:
    """Let others run what this worker holds: it is dead, or has lost hold of its job."""
    held = Job.objects.filter(leased_by=worker, state=JobState.RUNNING)
    return held.update(leased_until=at)


def release_leases_of_the_dead(at: datetime) -> int:
    """Release what workers of this data folder held that are not alive; return how many jobs."""
    released = 0
    for path in sorted(locks_folder().glob("worker-*.lock")):
        name = path.stem.removeprefix("worker-")
        if lock_is_held(path):
            continue
        released += release_leases(name, at)
        Worker.objects.filter(name=name).delete()
        path.unlink(missing_ok=True)
    return released


def lock_is_held(path: Path) -> bool:
    """Tell whether a living process holds the lock of this file."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def follow_the_clock(at: datetime) -> int:
    """Mend what a clock that has jumped back would hold up; return how many jobs.

    The latest heartbeat tells what time it was before. What was due by then, or rests after a
    failure for longer than it ever should, is due now; no lease lasts longer than a lease.
    """
    before = Worker.objects.aggregate(latest=Max("seen_at"))["latest"]
    if before is None or before - at <= JUMP:
        return 0
    log.warning("the clock has gone back from %s to %s", before, at)
    Worker.objects.filter(seen_at__gt=at).update(seen_at=at)
    Job.objects.filter(state=JobState.RUNNING, leased_until__gt=at + LEASE).update(
        leased_until=at + LEASE
    )
    rests = Q(attempts__gt=0, next_at__gt=at + back_off(99))
    was_due = Q(next_at__gt=at, next_at__lte=before)
    return Job.objects.filter(rests | was_due, state=JobState.WAITING).update(next_at=at)


def forget_workers(at: datetime) -> int:
    """Delete rows of workers not heard of for a day (other machines, taken away)."""
    return Worker.objects.filter(seen_at__lt=at - FORGOTTEN).delete()[0]


def worker_name() -> str:
    """Return a name no other worker has."""
    return f"{os.getpid()}-{os.urandom(4).hex()}"
