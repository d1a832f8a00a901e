"""How the tables stand to this program (表结构状态): the same, older, newer, or not there yet."""

from collections.abc import Sequence

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

Migration = tuple[str, str]


def migrations_applied() -> list[Migration]:
    """Return the migrations the database has had, those of apps this program has."""
    loader = MigrationLoader(connection)
    return sorted(loader.applied_migrations)


def migrations_pending() -> list[Migration]:
    """Return the migrations this program would still apply."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(one.app_label, one.name) for one, _backwards in plan]


def migrations_unknown(applied: Sequence[Migration] | None = None) -> list[Migration]:
    """Return what the database (or a backup) has had and this program does not know."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations) | {
        replaced for one in loader.disk_migrations.values() for replaced in one.replaces
    }
    had = migrations_applied() if applied is None else applied
    names = {(app, name) for app, name in had if app in loader.migrated_apps}
    return sorted(names - known)


def refuse_newer_schema() -> str:
    """Return why this program must not run on this database, empty where it may."""
    unknown = migrations_unknown()
    if not unknown:
        return ""
    names = ", ".join(f"{app}.{name}" for app, name in unknown[:5])
    return _(
        "The tables were made by a newer hequan (%(names)s). Start that version, or restore a "
        "backup made by this one; nothing was changed."
    ) % {"names": names}
