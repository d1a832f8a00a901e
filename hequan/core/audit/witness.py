"""Witnesses of the audit chain (见证): outside the database, how far each lane had come.

Whoever can write to the database could cut the newest entries off and set the lane back. So each
process writes, after each commit, one line `lane number mac` to a file of its own in AUDIT_ROOT,
only ever at its end. The check demands that the database is at or beyond every line. What a sealed
digest covers needs no witness any more: `drop_sealed` removes those files.
"""

import logging
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from hequan.core.accounts import Account, system_account

FOLDER = "witness"
LAID_ASIDE = "laid-aside"  # what a restore made void
KEPT = timedelta(days=2)
_TURNED_AT = 4_000_000  # bytes after which a process begins a new file

_LINE = re.compile(r"(\d+) (\d+) ([0-9a-f]{64})\n")

log = logging.getLogger(__name__)
_turn = threading.Lock()


@dataclass(frozen=True)
class Witnessed:
    """One line: after a commit the lane had come to this number with this mac."""

    lane: int
    number: int
    mac: str
    file: str


@dataclass
class _Open:
    """The file this process writes to."""

    pid: int
    root: object  # what the settings said
    path: str
    descriptor: int
    size: int = 0

    def is_mine_at(self, root: object, pid: int) -> bool:
        """Tell whether the process may go on writing here: not after a fork, nor once moved."""
        return (
            self.pid == pid
            and self.root == root
            and self.size < _TURNED_AT
            and os.path.exists(self.path)
        )


_open: _Open | None = None


def folder() -> Path:
    """Return the folder of the witnesses."""
    return Path(settings.AUDIT_ROOT) / FOLDER


def bear_witness(lane: int, number: int, mac: str) -> None:
    """Write one line; call it after the commit. A full disk is logged and fails nobody's work."""
    line = f"{lane} {number} {mac}\n".encode("ascii")
    try:
        with _turn:
            file = _file()
            os.write(file.descriptor, line)
            file.size += len(line)
    except OSError as error:
        log.error("the audit trail has no witness for lane %s, %s: %s", lane, number, error)


def _file() -> _Open:
    """Return this process's file; a new one after a fork, when it is long, or laid aside."""
    global _open
    root, pid = settings.AUDIT_ROOT, os.getpid()
    if _open and _open.is_mine_at(root, pid):
        return _open
    if _open and _open.pid == pid:
        os.close(_open.descriptor)
    _open = None
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    path = str(place / f"{pid}-{os.urandom(6).hex()}.txt")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
    _open = _Open(pid, root, path, os.open(path, flags, 0o600))
    return _open


def witnesses() -> Iterator[Witnessed]:
    """Return every line of every file; half a line, as a power cut leaves it, is passed over."""
    for path in _files():
        yield from _lines_of(path)


def _files() -> list[Path]:
    return sorted(folder().glob("*.txt")) if folder().is_dir() else []


def _lines_of(path: Path) -> Iterator[Witnessed]:
    with open(path, encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if found:
                yield Witnessed(int(found[1]), int(found[2]), found[3], path.name)


def drop_sealed(heads: Mapping[int, int], at: datetime) -> int:
    """Remove files unchanged for two days whose every line a digest covers; return how many.

    `heads` tells how far each lane is sealed.
    """
    dropped = 0
    for path in _files():
        if path.stat().st_mtime > (at - KEPT).timestamp():
            continue
        if all(one.number <= heads.get(one.lane, 0) for one in _lines_of(path)):
            path.unlink()
            dropped += 1
    return dropped


def lay_aside(name: str) -> int:
    """Move every file out of the check's sight, into a folder of this name; return how many."""
    files = _files()
    aside = folder() / LAID_ASIDE / name
    for path in files:
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(aside / path.name)
    return len(files)


def begin_again(*, source: str, at: datetime, by: Account | None = None) -> None:
    """Let the trail go on from a restored database; call it once, with nothing else running.

    Witnesses, and digests younger than the copy, are laid aside, not deleted; an entry says from
    what the database was restored and where they lie.
    """
    from hequan.core import audit  # it and the digests write witnesses
    from hequan.core.audit import digests

    name = at.strftime("%Y%m%dT%H%M%S")
    last = audit.AuditDigest.objects.order_by("day").last()
    after = {
        "source": source,
        "witness_files": lay_aside(name),
        "digest_files": digests.lay_aside_after(last.day if last else None, name),
        "laid_aside": name,
        "sealed_until": last and last.day,
    }
    signer = by or system_account()
    audit.record(
        verb="core.audit_began_again", by=signer, at=at, thing=audit.AuditLane, after=after
    )
