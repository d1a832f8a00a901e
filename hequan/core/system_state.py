"""How the installation stands (系统状态): what its administrator looks at, in one reading."""

import platform
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from hequan.core.dead_letters import job_counts
from hequan.core.installation.backups import BackupLine, backups_folder, backups_made
from hequan.core.jobs import Job
from hequan.core.kinds import JobState
from hequan.core.timetable import last_days, next_due_at, timetable
from hequan.core.workers import BEAT, Worker

SILENT_AFTER = 4 * BEAT
STALE_BACKUP = timedelta(hours=36)
_SCARCE_BYTES, _SCARCE_SHARE = 2_000_000_000, 0.05


@dataclass(frozen=True)
class WorkerLine:
    """One worker process, as last heard of."""

    host: str
    started_at: datetime
    seen_at: datetime
    is_silent: bool


@dataclass(frozen=True)
class NightlyLine:
    """One nightly job: its time of day, the last day it was enqueued, when it comes next."""

    name: str
    hour: str
    last_day: date | None
    next_at: datetime


@dataclass(frozen=True)
class Disk:
    """The disk of the data folder, in bytes."""

    free: int
    total: int

    @property
    def is_scarce(self) -> bool:
        """Tell whether little room is left: 5 % or 2 GB."""
        return self.free < min(_SCARCE_BYTES, self.total * _SCARCE_SHARE)


@dataclass(frozen=True)
class SystemState:
    """Everything on the administrator's page but the lists of jobs."""

    counts: dict[JobState, int]
    oldest_waiting_at: datetime | None
    workers: tuple[WorkerLine, ...]
    nightly: tuple[NightlyLine, ...]
    backups: tuple[BackupLine, ...]
    backups_go_to: str
    is_backup_stale: bool
    versions: tuple[tuple[str, str], ...]
    disk: Disk
    database_size: int


def system_state(at: datetime) -> SystemState:
    """Return how the installation stands at this moment."""
    made = backups_made(10)
    good = [one for one in made if one.verified and not one.error]
    due = Job.objects.filter(state=JobState.WAITING, next_at__lte=at).order_by("next_at").first()
    return SystemState(
        counts=job_counts(),
        oldest_waiting_at=due.next_at if due else None,
        workers=tuple(_workers(at)),
        nightly=tuple(_nightly_lines(at)),
        backups=made,
        backups_go_to=str(backups_folder() or ""),
        is_backup_stale=not good or at - good[0].at > STALE_BACKUP,
        versions=tuple(_versions()),
        disk=_disk(),
        database_size=_database_size(),
    )


def _workers(at: datetime) -> list[WorkerLine]:
    rows = Worker.objects.order_by("started_at")
    return [
        WorkerLine(row.host, row.started_at, row.seen_at, at - row.seen_at > SILENT_AFTER)
        for row in rows
    ]


def _nightly_lines(at: datetime) -> list[NightlyLine]:
    days = last_days()
    return [
        NightlyLine(one.name, f"{one.at:%H:%M}", days.get(one.name), next_due_at(one, at))
        for one in timetable()
    ]


def _versions() -> list[tuple[str, str]]:
    return [
        ("hequan", version("hequan")),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, _database_version()),
    ]


def _database_version() -> str:
    return ".".join(str(part) for part in connection.get_database_version())


def _database_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.is_file() else 0


def _disk() -> Disk:
    found = shutil.disk_usage(settings.HOME)
    return Disk(found.free, found.total)
