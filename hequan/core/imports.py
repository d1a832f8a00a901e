"""Imports (导入): what every kind of import has in common, and the list of kinds.

A kind reads a file, decides the fate of every row without writing (the dry run), and writes all of
it in one transaction. The kinds live in the `imports.py` of the app whose rows they write and are
found here by their code, for the command and for the pages alike.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from hequan.core.accounts import Account
from hequan.core.kinds import Fate


@dataclass(frozen=True)
class Remark:
    """Something to tell about a row: the sentence (translatable), its column and its value."""

    text: Any
    column: str = ""
    value: str = ""
    remedy: Any = ""


@dataclass(frozen=True)
class RowFate:
    """What the import would do with one row of the file, and why."""

    row: int
    fate: Fate
    label: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    refusals: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """The dry run of one file: every row's fate, and the write that would carry it out.

    `write(by, at)` runs inside one transaction and returns nothing; it writes only rows that are
    not refused. `notes` speak of the whole file.
    """

    kind: str
    file_name: str
    fates: Sequence[RowFate]
    write: Callable[[Account, datetime], None]
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Remark, ...] = ()

    def counts(self) -> dict[Fate, int]:
        """Return how many rows meet each fate."""
        found = Counter(f.fate for f in self.fates)
        return {fate: found.get(fate, 0) for fate in Fate}

    def digest(self) -> str:
        """Return a short text that changes with any fate: what was confirmed is what runs."""
        said = [
            (f.row, f.fate, f.label, sorted((k, str(v)) for k, v in f.changes.items()))
            for f in self.fates
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ImportOptions:
    """How to read the file, and where its rows may be written.

    `columns` maps our field to the file's heading where that is named otherwise, `coordinates` is
    the system the file's points are in, `extra` holds what one kind asks for. `paths` are the
    parts of the territory whoever imports may write; a row outside them is refused.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    coordinates: str = "wgs84"
    extra: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ("/",)

    def may_write(self, path: str) -> bool:
        """Tell whether a row of the unit with this path may be written."""
        return any(path.startswith(part) for part in self.paths)


@dataclass(frozen=True)
class ImportKind:
    """One kind of import: its code, its words, its reader and its downloadable template.

    A `shared` kind writes what all towns stand on (streets, services, calendar), so it takes a
    grant for everywhere; `extra` names what the page asks besides the file, with its words. The
    file of a kind that `is_personal` is forgotten as soon as it is written.
    """

    code: str
    title: Any
    explanation: Any
    capability: str
    read: Callable[[Path, str, ImportOptions], ImportPlan]
    template: Callable[[], bytes] | None
    suffixes: tuple[str, ...]
    shared: bool = False
    has_places: bool = False
    is_personal: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Add a kind; each app's AppConfig.ready does."""
    _kinds[kind.code] = kind


def import_kinds() -> tuple[ImportKind, ...]:
    """Return every kind in the order they depend on each other."""
    return tuple(_kinds.values())


def import_kind(code: str) -> ImportKind:
    """Return one kind; LookupError names those there are."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"no import kind {code!r}; there are: {', '.join(_kinds)}") from None
