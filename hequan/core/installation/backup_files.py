"""The file of a backup (备份文件): tables as lines, files as they are, and a manifest.

It is a zip, sealed as a whole where there is a passphrase. `tables/LABEL.jsonl` holds the rows of
one table, `files/FOLDER/...` the data folder's files, `manifest.json`, written last, the count and
digest of every table and the hash of every file. It belongs to no database engine: what SQLite
held can be restored into PostgreSQL and the other way round.
"""

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.installation.sealed_files import (
    PassphraseNeededError,
    SealedReader,
    SealedWriter,
    is_sealed,
)
from hequan.core.installation.table_rows import digest_of, line_of, row_of

FORMAT = 1
MANIFEST = "manifest.json"
_MODULUS = 1 << 128


class NotABackupError(HequanError):
    """A file that is something else, cut short, or of a later format."""

    text = _("%(name)s is not a whole backup of hequan (%(why)s). Take another one.")


@dataclass(frozen=True)
class TableCount:
    """What one table held: rows, digest over all of them, last number given out."""

    rows: int
    digest: str
    last_number: int = 0
    columns: Sequence[str] = ()


@dataclass
class Manifest:
    """What a backup holds."""

    made_at: str
    engine: str
    migrations: list[tuple[str, str]]
    tables: dict[str, TableCount] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)  # size, SHA-256
    missing: list[str] = field(default_factory=list)
    has_keys: bool = False
    version: str = field(default_factory=lambda: version("hequan"))
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(one.rows for one in self.tables.values())


class BackupWriter:
    """Writes the parts of a backup one after the other."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        """Start with an empty manifest."""
        self._archive = archive
        self.manifest = manifest

    def add_table(
        self, label: str, columns: Sequence[str], rows: Iterable[list[Any]], last_number: int
    ) -> None:
        """Write a table's rows, counting and digesting them on the way."""
        count = total = 0
        with self._archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as part:
            for row in rows:
                part.write(line_of(row))
                total += digest_of(row)
                count += 1
        digest = f"{total % _MODULUS:032x}"
        self.manifest.tables[label] = TableCount(count, digest, last_number, columns)

    def add_file(self, name: str, path: Path) -> None:
        """Write one file under its name inside the data folder."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(f"files/{name}")
        info.compress_type = zipfile.ZIP_DEFLATED
        with (
            path.open("rb") as source,
            self._archive.open(info, "w", force_zip64=True) as part,
        ):
            while chunk := source.read(1 << 20):
                part.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.manifest.files[name] = (size, digest.hexdigest())


@contextmanager
def writing_backup(path: Path, passphrase: str, manifest: Manifest) -> Iterator[BackupWriter]:
    """Write a backup beside its place and put it there when whole; nothing is left on an error."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _open_new(draft) as file:
            # a stream that cannot be sought in gives the same layout, sealed or not
            stream: Any = SealedWriter(file, passphrase) if passphrase else file
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                yield BackupWriter(archive, manifest)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False))
            if passphrase:
                stream.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _open_new(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class BackupReader:
    """Reads the parts of a backup."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read the manifest; NotABackupError where it is missing or of a later format."""
        self._archive = archive
        self.name = name
        self.manifest = _manifest_of(archive, name)

    def rows_of(self, label: str) -> Iterator[list[Any]]:
        """Yield the rows of a table."""
        with self._archive.open(f"tables/{label}.jsonl") as part:
            for line in part:
                try:
                    yield row_of(line)
                except ValueError as error:
                    raise NotABackupError(name=self.name, why=label) from error

    def write_file(self, name: str, target: Path) -> None:
        """Write one file to a place, checking its hash on the way."""
        digest = hashlib.sha256()
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._archive.open(f"files/{name}") as part, target.open("wb") as out:
            while chunk := part.read(1 << 20):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != self.manifest.files[name][1]:
            raise NotABackupError(name=self.name, why=name)


@contextmanager
def reading_backup(path: Path, passphrase: str) -> Iterator[BackupReader]:
    """Open a backup; says what is wrong with one that cannot be read."""
    if not path.is_file():
        raise NotABackupError(name=path.name, why=_("there is no such file"))
    sealed = is_sealed(path)
    if sealed and not passphrase:
        raise PassphraseNeededError(name=path.name)
    file: Any = io.BufferedReader(SealedReader(path, passphrase)) if sealed else path.open("rb")
    with file:
        try:
            with zipfile.ZipFile(cast(IO[bytes], file)) as archive:
                yield BackupReader(archive, path.name)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise NotABackupError(name=path.name, why=str(error)) from error


def _manifest_of(archive: zipfile.ZipFile, name: str) -> Manifest:
    try:
        found: Mapping[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise NotABackupError(name=name, why=MANIFEST) from error
    if found.get("format") != FORMAT:
        raise NotABackupError(name=name, why=f"format {found.get('format')}")
    manifest = Manifest(**found)
    manifest.migrations = [(app, one) for app, one in manifest.migrations]
    manifest.tables = {label: TableCount(**one) for label, one in found["tables"].items()}
    manifest.files = {one: (size, digest) for one, (size, digest) in found["files"].items()}
    _refuse_escapes(manifest.files, name)
    return manifest


def _refuse_escapes(names: Iterable[str], name: str) -> None:
    """A name must lead into the data folder, wherever the backup comes from."""
    for one in names:
        if Path(one).is_absolute() or ".." in Path(one).parts:
            raise NotABackupError(name=name, why=one)
