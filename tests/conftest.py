"""What every test stands on: the plain static storage, kept things forgotten, a fixed clock."""

import os
from pathlib import Path

os.environ.setdefault(
    "HEQUAN_HOME", str(Path(__file__).resolve().parent.parent / "out" / "test-home")
)
os.environ.setdefault("HEQUAN_SECRET_KEY", "tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as laws

# a loaded machine draws slowly and answers late: neither is a fault of the law tried
laws.register_profile("house", suppress_health_check=[HealthCheck.too_slow], deadline=None)
laws.load_profile("house")

# The static files' middleware wants its folder when a server of a whole module starts.
(Path(os.environ["HEQUAN_HOME"]) / "static").mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    """Serve unhashed static files, hash passwords fast, keep files in a folder of the test."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = tmp_path  # there, so that the static files' middleware has a folder
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.NETWORKS_ROOT = tmp_path / "networks"
    settings.AUDIT_ROOT = tmp_path / "audit"
    settings.OUTGOING_ROOT = tmp_path / "outgoing"
    settings.SETUP_CODE = tmp_path / "setup_code"
    settings.SECOND_FACTOR = "offered"  # its own tests require it


@pytest.fixture(autouse=True)
def _forget_kept_things():
    """Drop what this process keeps in memory, since every test has its own database."""
    from hequan.core import versions

    versions.forget_everything()
    yield
    versions.forget_everything()


from tests.world import world  # noqa: E402, F401 - the small fixed town, for every test

# what takes a minute or more by itself, the longest first: begun last, or one after another by one
# worker, it would leave the other processor idle at the end
LONG = (
    "tests/house/test_kill.py",
    "tests/web/test_permission_matrix.py",
    "tests/web/browser/test_every_page.py",
    "tests/house/test_serve.py",
    "tests/house/test_away.py",
    "tests/house/test_upgrade.py",
    "tests/web/test_hostile.py",
    "tests/house/test_backup.py",
    "tests/demo/test_command.py",
    "tests/web/browser/",
    "tests/demo/",
)


def pytest_collection_modifyitems(config, items):
    """Begin with the longest; on a database that is named run only what must be tried there."""
    if "DATABASE_URL" in os.environ:
        asking = [one for one in items if _asks_the_database(one)]
        config.hook.pytest_deselected(items=[one for one in items if not _asks_the_database(one)])
        items[:] = asking
    items[:] = _dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _dealt(items, workers):
    """Put the tests in order so that each worker's share, an equal stretch, begins with long ones.

    Whoever is done takes from the end of another's share, so what is long is begun by then.
    """
    turns = {one: _turn(one) for one in items}
    long = sorted((one for one in items if turns[one] is not None), key=turns.__getitem__)
    rest, found = [one for one in items if turns[one] is None], []
    for worker in range(workers):
        own = [one for one in long if turns[one] % workers == worker]
        size = (len(items) - len(found)) // (workers - worker)
        room = max(0, size - len(own))
        found += own + rest[:room]
        del rest[:room]
    return found + rest


def _turn(item):
    return next((n for n, start in enumerate(LONG) if item.nodeid.startswith(start)), None)


def _asks_the_database(item):
    if item.get_closest_marker("once"):
        return False
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        item.fixturenames
    )


def pytest_collection_finish(session):
    """Read the addresses before any clock is frozen: endpoints keep the real `datetime`."""
    import gc

    import hequan.config.urls  # noqa: F401

    # what is loaded stays: no use in looking through it for garbage again and again
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_use_migrations():
    """Make the tables at once, not by every migration.

    That the migrations run and lead to the same tables, the tests of upgrades show.
    """
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Note the migrations as run; at the end let no session left behind keep the database."""
    from importlib import import_module

    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    settings.MIGRATION_MODULES = {}  # found again
    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in sorted(MigrationLoader(None).graph.nodes):
            recorder.record_applied(app, name)
        # all that a migration makes and no model says
        guards = import_module("hequan.roster.migrations.0002_no_two_at_once")
        with connection.schema_editor() as editor:
            guards.guard(None, editor)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
