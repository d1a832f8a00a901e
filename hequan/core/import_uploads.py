"""Uploads (上传) handed in for import: kept in the data folder, planned again when looked at."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.errors import HequanError
from hequan.core.grants import EVERYWHERE, paths_granted
from hequan.core.import_runs import (
    ImportRun,
    note_import,
    plan_import,
    take_turn,
    write_import,
)
from hequan.core.imports import ImportKind, ImportOptions, ImportPlan, import_kinds
from hequan.core.kinds import Capability


class ImportNotFoundError(HequanError):
    """No such import, or not for whoever asks."""


@dataclass(frozen=True)
class RunLine:
    """One line of the list of imports."""

    pk: int
    kind: str
    title: object
    file_name: str
    counts: dict[str, int]
    by: str
    at: datetime
    written_at: datetime | None


def kinds_for(account: object, at: datetime) -> tuple[ImportKind, ...]:
    """Return the kinds this account may import; none without the capability."""
    paths = paths_granted(account, Capability.IMPORT_FILES, at)
    return tuple(
        kind for kind in import_kinds() if paths and (EVERYWHERE in paths or not kind.shared)
    )


def kind_for(account: object, code: str, at: datetime) -> ImportKind:
    """Return one kind; ImportNotFoundError where it does not exist or is not for this account."""
    found = next((kind for kind in kinds_for(account, at) if kind.code == code), None)
    if found is None:
        raise ImportNotFoundError
    return found


def run_for(account: object, pk: int, at: datetime) -> ImportRun:
    """Return a run of a kind this account may import; ImportNotFoundError otherwise."""
    codes = [kind.code for kind in kinds_for(account, at)]
    run = ImportRun.objects.select_related("by").filter(pk=pk, kind__in=codes).first()
    if run is None or not set(run.options.get("paths", [])) <= _reach(account, run, at):
        raise ImportNotFoundError
    return run


def _reach(account: object, run: ImportRun, at: datetime) -> set[str]:
    """The parts of a run's paths that lie inside what the account may write."""
    held = paths_granted(account, Capability.IMPORT_FILES, at)
    asked = run.options.get("paths", [])
    return {path for path in asked if any(path.startswith(part) for part in held)}


def recent_runs(account: object, at: datetime, limit: int = 30) -> tuple[RunLine, ...]:
    """Return the newest imports of the kinds this account may import."""
    titles = {kind.code: kind.title for kind in kinds_for(account, at)}
    rows = ImportRun.objects.select_related("by").filter(kind__in=titles).order_by("-at")[:limit]
    return tuple(
        RunLine(r.pk, r.kind, titles[r.kind], r.file_name, r.counts, str(r.by), r.at, r.written_at)
        for r in rows
        if set(r.options.get("paths", [])) <= _reach(account, r, at)
    )


def receive_upload(
    *,
    kind: str,
    file_name: str,
    chunks: Iterable[bytes],
    options: ImportOptions,
    by: Account,
    at: datetime,
) -> ImportRun:
    """Keep the file and note its dry run; a file that cannot be read at all is not kept.

    Raises FileError, as the kind's reader does.
    """
    options = replace(options, paths=paths_granted(by, Capability.IMPORT_FILES, at))
    folder = uploads_folder() / secrets.token_hex(12)
    folder.mkdir(parents=True)
    path = folder / _safe_name(file_name)
    try:
        with path.open("wb") as file:
            file.writelines(chunks)
        plan = plan_import(kind, path, file_name, options)
        stored_as = str(path.relative_to(uploads_folder()))
        return note_import(plan=plan, stored_as=stored_as, options=options, by=by, at=at)
    except BaseException:
        path.unlink(missing_ok=True)
        folder.rmdir()
        raise


def plan_of(run: ImportRun) -> ImportPlan:
    """Read the kept file again and return what would happen now."""
    return plan_import(run.kind, uploads_folder() / run.stored_as, run.file_name, options_of(run))


def options_of(run: ImportRun) -> ImportOptions:
    """Return the options the run was handed in with."""
    kept = run.options
    return ImportOptions(
        columns=kept.get("columns", {}),
        coordinates=kept.get("coordinates", "wgs84"),
        extra=kept.get("extra", {}),
        paths=tuple(kept.get("paths", [])),
    )


@transaction.atomic
def confirm_upload(*, run: ImportRun, digest: str, by: Account, at: datetime) -> None:
    """Write the run if what would happen is still what was shown, known by its digest.

    When the data has moved on, the run takes the new check's digest for the next look and
    ImportChangedError is raised; ImportDoneError when it was written already.
    """
    take_turn()
    plan = plan_of(run)
    run.digest = digest
    write_import(run=run, plan=plan, by=by, at=at)


def uploads_folder() -> Path:
    """Return the folder that keeps files handed in for import."""
    return Path(settings.MEDIA_ROOT) / "imports"


def _safe_name(file_name: str) -> str:
    """Return a name no longer than 80 bytes, without folders or anything odd, suffix kept."""
    stem, dot, suffix = Path(file_name).name.rpartition(".")
    clean = re.sub(r"[^\w-]", "_", stem or suffix)[:40]
    return f"{clean or 'file'}{dot}{re.sub(r'[^A-Za-z0-9]', '', suffix)[:10]}" if dot else clean
