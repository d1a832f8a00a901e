"""Uploads (上传) handed in for import: kept in the data folder, planned again when looked at."""

import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

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
from hequan.core.imports import ImportKind, ImportOptions, ImportPlan, import_kind, import_kinds
from hequan.core.kinds import Capability

PERSONAL_KEPT = timedelta(days=1)


class ImportNotFoundError(HequanError):
    """No such import, or not for whoever asks."""


class ImportForgottenError(HequanError):
    """The file is gone: it told of people, and nobody confirmed it in time."""

    text = _("This file told of people and was deleted unread after a day. Hand it in again.")


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
    reach = {kind.code: _granted(account, kind, at) for kind in import_kinds()}
    return tuple(
        kind
        for kind in import_kinds()
        if reach[kind.code] and (EVERYWHERE in reach[kind.code] or not kind.shared)
    )


def _granted(account: object, kind: ImportKind, at: datetime) -> tuple[str, ...]:
    """Return where the account may both import files and write what this kind holds."""
    files = paths_granted(account, Capability.IMPORT_FILES, at)
    rows = paths_granted(account, Capability(kind.capability), at)
    meet = {max(a, b, key=len) for a in files for b in rows if a.startswith(b) or b.startswith(a)}
    return tuple(sorted(meet))


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
    held = _granted(account, import_kind(run.kind), at)
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
    options = replace(options, paths=_granted(by, import_kind(kind), at))
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
    """Read the kept file again and return what would happen now.

    ImportForgottenError where it is not kept any more.
    """
    if not run.stored_as:
        raise ImportForgottenError
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
    if import_kind(run.kind).is_personal:
        _forget(run)


def forget_personal_uploads(at: datetime) -> None:
    """Delete files about people that nobody confirmed within a day."""
    kinds = [kind.code for kind in import_kinds() if kind.is_personal]
    late = ImportRun.objects.filter(kind__in=kinds, at__lt=at - PERSONAL_KEPT)
    for run in late.exclude(stored_as=""):
        _forget(run)


def _forget(run: ImportRun) -> None:
    """Take the file away once the transaction is through."""
    path = uploads_folder() / run.stored_as
    run.stored_as = ""
    run.save(update_fields=["stored_as"])

    def unlink() -> None:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # another file beside it, or gone already
            path.parent.rmdir()

    transaction.on_commit(unlink)


def uploads_folder() -> Path:
    """Return the folder that keeps files handed in for import."""
    return Path(settings.MEDIA_ROOT) / "imports"


def _safe_name(file_name: str) -> str:
    """Return a name no longer than 80 bytes, without folders or anything odd, suffix kept."""
    stem, dot, suffix = Path(file_name).name.rpartition(".")
    clean = re.sub(r"[^\w-]", "_", stem or suffix)[:40]
    return f"{clean or 'file'}{dot}{re.sub(r'[^A-Za-z0-9]', '', suffix)[:10]}" if dot else clean
