"""Whole installations for tests: a data folder and a database of their own, the small town in it.

The town is built once per engine and test run; every installation is a copy, a second's work.
`entered` lets this process be the installation for a while, `environment` lets a command be it.
"""

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from hequan.cli.serve import _static_fingerprint
from hequan.core import versions
from hequan.core.installation.other_databases import (
    Settings,
    instead_of_default,
    settings_of_file,
    settings_of_url,
)
from hequan.core.installation.schema_copies import make_plain_tables
from tests.realdata import ROOT
from tests.world import make_world
from tools.postgres import Cluster

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Installation:
    """A data folder and a database; `url` is empty for the SQLite file in the folder."""

    home: Path
    url: str = ""

    @property
    def database(self) -> Settings:
        """The settings of its database."""
        if self.url:
            return settings_of_url(self.url)
        return settings_of_file(self.home / "hequan.sqlite3")

    @property
    def environment(self) -> dict[str, str]:
        """What a command needs to be this installation."""
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        kept |= {"HEQUAN_HOME": str(self.home), "PYTHONUNBUFFERED": "1"}
        kept["NUMBA_CACHE_DIR"] = str(ROOT / "out" / "kernels")  # compiled once for all tests
        return kept | ({"DATABASE_URL": self.url} if self.url else {})

    @contextmanager
    def entered(self) -> Iterator[Any]:
        """Be this installation until the block ends."""
        self.home.mkdir(parents=True, exist_ok=True)
        own = {
            "HOME": self.home,
            "MEDIA_ROOT": self.home / "uploads",
            "NETWORKS_ROOT": self.home / "networks",
            "AUDIT_ROOT": self.home / "audit",
            "KEYRING": str(self.home / "keyring.json"),
        }
        versions.forget_everything()
        with override_settings(**own), instead_of_default(self.database) as connection:
            yield connection
        versions.forget_everything()


def build_town(installation: Installation) -> None:
    """Make the tables at once, without every migration, and the small town in them."""
    with installation.entered():
        make_plain_tables(sorted(MigrationLoader(None).graph.nodes))
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        make_world()


def copy_file_installation(template: Path, home: Path) -> Installation:
    """Return a copy of an installation on SQLite."""
    shutil.copytree(template, home)
    return Installation(home)


def copy_postgres_installation(
    template: Installation, home: Path, cluster: Cluster
) -> Installation:
    """Return a copy of an installation on PostgreSQL, in a database of its own."""
    if template.home.exists():
        shutil.copytree(template.home, home)
    source = template.url.rpartition("/")[2]
    return Installation(home, new_database(cluster, template=source))


def new_database(cluster: Cluster, template: str = "template0") -> str:
    """Make a database; return its address."""
    name = f"hequan_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster.url.replace("postgres://", "postgresql://"), autocommit=True) as c:
        c.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return cluster.url_of(name)


def leave_out_static_files(installation: Installation) -> None:
    """Let a server of this installation gather no static files; pages name them all the same."""
    folder = installation.home / "static"
    folder.mkdir()
    names = [
        str(path.relative_to(place))
        for place in (ROOT / "hequan").glob("*/static")
        for path in place.rglob("*")
        if path.is_file()
    ]
    manifest = {"version": "1.1", "paths": {name: name for name in names}, "hash": ""}
    (folder / "staticfiles.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / ".gathered").write_text(_static_fingerprint(), encoding="ascii")
