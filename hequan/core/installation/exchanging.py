"""Exchanging an installation for another (切换): the new one is made beside, then takes its place.

Everything is renamed, nothing is copied over: folders and an SQLite file by the file system, a
PostgreSQL schema within one transaction. A journal names the renames before the first is done, so
that an exchange cut off by a power failure is taken back by the next command.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.installation.backup_files import sync_folder
from hequan.core.installation.other_databases import (
    Settings,
    is_sqlite,
    settings_of_default,
    settings_of_file,
)

FRESH_SCHEMA = "hequan_fresh"
_MAY = """
SELECT has_database_privilege(current_database(), 'CREATE') AND pg_has_role(nspowner, 'USAGE')
FROM pg_namespace WHERE nspname = current_schema()
"""


class NotOwnerError(HequanError):
    """The database's account may not exchange schemas."""

    text = _(
        "The account of DATABASE_URL must own the database to exchange its tables. Let an "
        "administrator of PostgreSQL run: ALTER DATABASE %(name)s OWNER TO %(user)s;"
    )


@dataclass(frozen=True)
class Move:
    """One rename."""

    old: Path
    new: Path


def journal() -> Path:
    """Return the file that names the renames of an exchange under way."""
    return Path(settings.HOME) / "run" / "exchange.json"


def fresh_settings() -> Settings:
    """Return the settings of an empty place beside the database, clearing one left over."""
    wanted = settings_of_default()
    if is_sqlite(wanted):
        fresh = _beside(wanted, "fresh")
        for path in _files_of(fresh):
            path.unlink(missing_ok=True)
        return settings_of_file(fresh)
    _clear_schema(wanted)
    options = dict(wanted["OPTIONS"])
    options["options"] = f"{options['options']} -c search_path={FRESH_SCHEMA}"
    return wanted | {"OPTIONS": options}


def _beside(wanted: Settings, word: str) -> Path:
    path = Path(wanted["NAME"])
    return path.with_name(f"{path.name}.{word}")


def _files_of(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]


def _clear_schema(wanted: Settings) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MAY)
        if not (cursor.fetchone() or [False])[0]:
            raise NotOwnerError(name=wanted["NAME"], user=wanted["USER"])
        cursor.execute(f"DROP SCHEMA IF EXISTS {FRESH_SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {FRESH_SCHEMA}")


def drop_fresh() -> None:
    """Remove the place beside the database again."""
    wanted = settings_of_default()
    if is_sqlite(wanted):
        for path in _files_of(_beside(wanted, "fresh")):
            path.unlink(missing_ok=True)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {FRESH_SCHEMA} CASCADE")


def exchange(moves: Sequence[Move], stamp: str) -> str:
    """Put the fresh database and these files in place; return where the old database lies.

    All or nothing: on an error everything is where it was.
    """
    wanted = settings_of_default()
    if is_sqlite(wanted):
        aside = _beside(wanted, f"aside-{stamp}")
        connection.close()
        moves = [*moves, *_moves_of_file(wanted, aside)]
        _carry_out(moves, stamp)
        return str(aside)
    schema = f"hequan_aside_{stamp.replace('-', '_')}"
    _carry_out(moves, stamp, schema)
    return schema


def drop_empty_aside(aside: str) -> bool:
    """Remove an old database that never held a table; tell whether it is gone.

    PostgreSQL refuses where the schema holds anything else, such as an extension: then it stays.
    """
    wanted = settings_of_default()
    if is_sqlite(wanted):
        for path in _files_of(Path(aside)):
            path.unlink(missing_ok=True)
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(aside)} RESTRICT")
    except DatabaseError:
        return False
    return True


def _moves_of_file(wanted: Settings, aside: Path) -> list[Move]:
    path, fresh = Path(wanted["NAME"]), _beside(wanted, "fresh")
    pairs = zip(_files_of(path), _files_of(aside), strict=True)
    old = [Move(one, other) for one, other in pairs if one.exists()]
    new = zip(_files_of(fresh), _files_of(path), strict=True)
    return [*old, *(Move(one, other) for one, other in new if one.exists())]


def _carry_out(moves: Sequence[Move], stamp: str, schema: str = "") -> None:
    told = [[str(one.old), str(one.new)] for one in moves]
    _write_journal({"moves": told, "schema": schema})
    try:
        for one in moves:
            one.new.parent.mkdir(parents=True, exist_ok=True)
            one.old.rename(one.new)
        for folder in {one.new.parent for one in moves}:
            sync_folder(folder)
        if schema:
            _exchange_schemas(schema)
    except BaseException:
        take_back_cut_off()
        raise
    journal().unlink()


def _exchange_schemas(aside: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        current = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"ALTER SCHEMA {current} RENAME TO {aside}")
        cursor.execute(f"ALTER SCHEMA {FRESH_SCHEMA} RENAME TO {current}")


def _write_journal(told: dict[str, Any]) -> None:
    path = journal()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def take_back_cut_off() -> bool:
    """Take back an exchange that was cut off; tell whether there was one.

    PostgreSQL's schemas are exchanged last and at once: when that was done, all was.
    """
    path = journal()
    if not path.is_file():
        return False
    told = json.loads(path.read_text(encoding="utf-8"))
    if not (told["schema"] and _schema_exists(told["schema"])):
        for old, new in reversed(told["moves"]):
            if Path(new).exists() and not Path(old).exists():
                Path(new).rename(old)
    path.unlink()
    return True


def _schema_exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [name])
        return cursor.fetchone() is not None
