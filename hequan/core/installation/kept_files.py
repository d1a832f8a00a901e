"""Files an installation owns beside its database (附带文件), and which rows name them."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import FileField

from hequan.core.installation.table_rows import Table


@dataclass(frozen=True)
class NamedFiles:
    """A column whose values name files or folders below a folder of the settings."""

    label: str
    column: str
    folder: Callable[[], Path]
    only: Mapping[str, Any]


_named: dict[str, NamedFiles] = {}


def names_files(label: str, column: str, folder: Callable[[], Path], **only: Any) -> None:
    """Announce that a column names files below a folder; a backup then checks that they exist.

    `only` says which rows do, where those of others may be gone.
    """
    _named[f"{label.lower()}.{column}"] = NamedFiles(label, column, folder, only)


def kept_folders() -> dict[str, Path]:
    """Return the folders a backup holds, by the name they have in it."""
    return {
        "uploads": Path(settings.MEDIA_ROOT),
        "networks": Path(settings.NETWORKS_ROOT),
        "audit": Path(settings.AUDIT_ROOT),
    }


def key_files() -> dict[str, Path]:
    """Return the files with keys, which leave the machine only under a passphrase."""
    return {
        "keys/keyring.json": Path(settings.KEYRING),
        "keys/secret_key": Path(settings.HOME) / "secret_key",
    }


def missing_files(tables: Sequence[Table]) -> list[str]:
    """Return what rows of these tables name and the folders do not hold."""
    found = []
    for table in tables:
        for one in _naming(table):
            query: Any = table.model._base_manager.filter(**one.only).exclude(**{one.column: ""})
            named = query.values_list(one.column, flat=True).distinct()
            folder = one.folder()
            gone = [name for name in named if name and not (folder / str(name)).exists()]
            found += [f"{table.label} {name}" for name in gone]
    return found


def _naming(table: Table) -> Iterator[NamedFiles]:
    """Yield the columns of a table that name files, with their folder."""
    for column in table.fields:
        one = _named.get(f"{table.label}.{column.name}")
        if one is not None:
            yield one
        elif isinstance(column, FileField):
            yield NamedFiles(table.label, column.name, lambda: Path(settings.MEDIA_ROOT), {})


def hold_files(staging: Path) -> None:
    """Hold every file of the folders as it is now under a second name, as hard links.

    What is deleted afterwards stays; where the file system has no links, the files are copied.
    Calling it again adds what has come since.
    """
    for name, folder in kept_folders().items():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.is_file() and not path.is_symlink():
                _hold(path, staging / name / path.relative_to(folder))


def _hold(path: Path, second: Path) -> None:
    if second.exists():
        return
    second.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, second)
    except FileNotFoundError:
        return  # deleted since the folder was listed
    except OSError:
        shutil.copyfile(path, second)
