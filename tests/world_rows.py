"""The rows of the small town kept in memory, so that each test gets them in milliseconds.

The first test of a process builds the town through the actions; its rows and its network's files
are kept, and the tests after it get copies.
"""

import copy
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from hequan.core.accounts import Account

# filled by migrations in every test database alike, not by the town
_NOT_OURS = {"core_rulevalue", "django_content_type", "auth_permission"}


class KeptRows:
    """One built thing with every row it consists of."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._thing: Any = None
        self._rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
        self._files: tempfile.TemporaryDirectory[str] | None = None

    def get(self) -> Any:
        """Return the thing, its rows in the database of this test and its files in its folder."""
        if Account.objects.exists():  # the test brought rows of its own: no copies beside them
            return self._build()
        if self._thing is None:
            self._thing = self._build()
            self._keep()
        else:
            self._put_back()
        return copy.deepcopy(self._thing)

    def _keep(self) -> None:
        with connection.cursor() as cursor:
            for model in apps.get_models(include_auto_created=True):
                table = model._meta.db_table
                if table in _NOT_OURS:
                    continue
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = cursor.fetchall()
                if rows:
                    self._rows[table] = ([column[0] for column in cursor.description], rows)
        self._files = tempfile.TemporaryDirectory()
        shutil.copytree(settings.NETWORKS_ROOT, self._files.name, dirs_exist_ok=True)

    def _put_back(self) -> None:
        quote = connection.ops.quote_name
        # rows point at rows that come later: keys are checked at the end of the transaction
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_versionstamp")  # that of the rules is there
            for table, (names, rows) in self._rows.items():
                columns = ", ".join(map(quote, names))
                holders = ", ".join(["%s"] * len(names))
                cursor.executemany(
                    f"INSERT INTO {quote(table)} ({columns}) VALUES ({holders})", rows
                )
        assert self._files is not None
        shutil.copytree(self._files.name, Path(settings.NETWORKS_ROOT), dirs_exist_ok=True)
