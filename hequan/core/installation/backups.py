"""Backups made (备份记录): one row each, the nightly one, and how many are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from hequan.core import clock
from hequan.core.jobs import job
from hequan.core.timetable import nightly

BACKUP = "core.backup"
SUFFIX = ".hqbackup"
_OURS = re.compile(r"hequan-\d{8}-\d{6}" + re.escape(SUFFIX))


class Backup(models.Model):
    """One backup: which file, how large, whether it was read back and found equal."""

    at = models.DateTimeField(db_index=True)
    file_name = models.CharField(max_length=255)
    seconds = models.FloatField(default=0)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    files = models.IntegerField(default=0)
    encrypted = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.file_name}"


@dataclass(frozen=True)
class BackupLine:
    """One backup as the administrator sees it."""

    at: datetime
    file_name: str
    seconds: float
    size: int
    rows: int
    files: int
    encrypted: bool
    verified: bool
    error: str


def backups_made(limit: int = 30) -> tuple[BackupLine, ...]:
    """Return the newest backups this installation has made."""
    names = list(BackupLine.__dataclass_fields__)
    rows = Backup.objects.order_by("-at", "-pk").values(*names)[:limit]
    return tuple(BackupLine(**row) for row in rows)


def backups_folder() -> Path | None:
    """Return where nightly backups go (HEQUAN_BACKUPS), None where none are wanted."""
    return Path(settings.BACKUPS_ROOT) if settings.BACKUPS_ROOT else None


def file_name_for(at: datetime) -> str:
    """Return the name of the backup begun at this moment, local time."""
    return f"hequan-{timezone.localtime(at):%Y%m%d-%H%M%S}{SUFFIX}"


@job(BACKUP)
def back_up_nightly(payload: Mapping[str, Any], at: datetime) -> None:
    """Make the night's backup, unless it is there already, and drop those beyond the count kept."""
    from hequan.core.installation.backup_making import make_backup, passphrase_of_settings

    folder = backups_folder()
    if folder is None or _made_since(payload.get("day", ""), at):
        return
    folder.mkdir(parents=True, exist_ok=True)
    make_backup(
        path=folder / file_name_for(at), passphrase=passphrase_of_settings(), at=at, clock=clock.now
    )
    drop_old_backups(folder, settings.BACKUPS_KEPT)


def _made_since(day: str, at: datetime) -> bool:
    """Tell whether this day's backup is made and found good: a job may run twice."""
    newest = Backup.objects.filter(verified=True, error="", at__lte=at).order_by("-at").first()
    folder = backups_folder()
    if newest is None or folder is None or not (folder / newest.file_name).is_file():
        return False
    return timezone.localtime(newest.at).date().isoformat() >= day > ""


def drop_old_backups(folder: Path, kept: int) -> list[Path]:
    """Delete all but the newest backups of ours in a folder; return what was deleted."""
    ours = sorted(one for one in folder.iterdir() if _OURS.fullmatch(one.name))
    gone = ours[: max(len(ours) - max(kept, 1), 0)]
    for one in gone:
        one.unlink()
    return gone


def announce() -> None:
    """Put the nightly backup into the timetable."""
    nightly(BACKUP, 2, 30)
