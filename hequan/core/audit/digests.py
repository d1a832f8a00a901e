"""Daily digests of the audit trail (每日摘要): what anybody can keep, to hold the town to it.

Once a night the heads of all lanes that moved are written down as one digest, tied to the digest
before it, copied to a file in AUDIT_ROOT and shown on a public page. Who has the digest of a day
can later tell whether anything sealed by it has changed, even if whoever changed it had the
database, the files and the keys. A transaction that commits after the sealing is in the next one.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hequan.core.audit.chain import ChainKey
from hequan.core.audit.tables import AuditDigest, AuditLane
from hequan.core.audit.witness import LAID_ASIDE, drop_sealed
from hequan.core.keyring import KeyPurpose, keyring

FOLDER = "digests"


def value_of(day: date, previous: str, lanes: dict[str, Any]) -> str:
    """Return the digest of a day, 64 hex digits of SHA-256 that anybody can compute again."""
    said = [day.isoformat(), previous, sorted((int(k), *v) for k, v in lanes.items())]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def digest_mac(value: str, key: ChainKey) -> str:
    """Return the mac that shows a digest was made by the installation itself."""
    return hmac.digest(key.secret, f"digest|{key.key_id}|{value}".encode(), "sha256").hex()


def sealed_heads(digests: Iterable[AuditDigest] | None = None) -> dict[int, tuple[int, str]]:
    """Return how far each lane is sealed by these digests, oldest first (all by default)."""
    found: dict[int, tuple[int, str]] = {}
    given = AuditDigest.objects.order_by("day") if digests is None else digests
    for one in given:
        found |= {int(lane): (number, mac) for lane, (number, mac) in one.lanes.items()}
    return found


def seal_day(*, day: date, at: datetime) -> AuditDigest | None:
    """Seal everything committed and not sealed yet as the digest of the day.

    None when this day or a later one is sealed already (a second run, a clock that went back); what
    was written since waits for the next.
    """
    with transaction.atomic():
        last = AuditDigest.objects.order_by("-day").select_for_update().first()
        if last is not None and last.day >= day:
            return None
        sealed = sealed_heads()
        lanes = {
            str(lane): [number, head]
            for lane, number, head in AuditLane.objects.values_list("pk", "number", "head")
            if number > sealed.get(lane, (0, ""))[0]
        }
        previous = last.value if last else ""
        value = value_of(day, previous, lanes)
        key = keyring().current(KeyPurpose.AUDIT)
        return AuditDigest.objects.create(
            day=day,
            sealed_at=at,
            lanes=lanes,
            previous=previous,
            value=value,
            key_id=key.key_id,
            mac=digest_mac(value, key),
        )


def keep_files(at: datetime) -> None:
    """Write the file of every digest that has none, then drop witnesses they make needless."""
    there = {path.stem for path in digest_files()}
    for one in AuditDigest.objects.order_by("day"):
        if one.day.isoformat() not in there:
            _write(folder() / f"{one.day.isoformat()}.json", as_published(one))
    drop_sealed({lane: number for lane, (number, _) in sealed_heads().items()}, at)


def folder() -> Path:
    """Return the folder of the digests' files."""
    return Path(settings.AUDIT_ROOT) / FOLDER


def digest_files() -> list[Path]:
    """Return the digests' files, oldest first."""
    return sorted(folder().glob("????-??-??.json")) if folder().is_dir() else []


def lay_aside_after(last: date | None, name: str) -> int:
    """Move files of days after this one away: a restore has made them void; return how many."""
    void = [one for one in digest_files() if last is None or one.stem > last.isoformat()]
    for path in void:
        aside = folder() / LAID_ASIDE / name
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(aside / path.name)
    return len(void)


def as_published(digest: AuditDigest) -> dict[str, Any]:
    """Return a digest as the public page and the files have it."""
    return {
        "day": digest.day.isoformat(),
        "sealed_at": digest.sealed_at.isoformat(),
        "previous": digest.previous,
        "value": digest.value,
        "lanes": digest.lanes,
    }


def published_digests(newest: int | None = None) -> list[dict[str, Any]]:
    """Return the digests as published, newest first."""
    rows = AuditDigest.objects.order_by("-day")
    return [as_published(one) for one in (rows[:newest] if newest else rows)]


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    with open(fresh, "w", encoding="ascii") as out:
        json.dump(content, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, path)
