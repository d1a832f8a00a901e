"""Installations for the tests of the whole house, on both databases."""

import shutil

import pytest

from tests.house.installations import (
    Installation,
    build_town,
    copy_file_installation,
    copy_postgres_installation,
    new_database,
)
from tests.house.wheels import build_wheel
from tools.postgres import binary_folder, private_cluster


@pytest.fixture(scope="session")
def cluster():
    """A private PostgreSQL for this process's tests."""
    try:
        binary_folder()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    with private_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def file_town(tmp_path_factory, django_db_blocker):
    """The small town on SQLite, to be copied."""
    home = tmp_path_factory.mktemp("town") / "home"
    with django_db_blocker.unblock():
        build_town(Installation(home))
    shutil.rmtree(home / "run", ignore_errors=True)
    return home


@pytest.fixture(scope="session")
def postgres_town(tmp_path_factory, django_db_blocker, cluster):
    """The small town on PostgreSQL, to be copied."""
    made = Installation(tmp_path_factory.mktemp("town") / "home", new_database(cluster))
    with django_db_blocker.unblock():
        build_town(made)
    return made


@pytest.fixture(params=["sqlite", "postgres"])
def installed(request, tmp_path, django_db_blocker):
    """A fresh installation with the small town, on each database."""
    if request.param == "sqlite":
        made = copy_file_installation(request.getfixturevalue("file_town"), tmp_path / "home")
    else:
        template = request.getfixturevalue("postgres_town")
        running = request.getfixturevalue("cluster")
        made = copy_postgres_installation(template, tmp_path / "home", running)
    with django_db_blocker.unblock():
        yield made


@pytest.fixture
def empty(installed, request, tmp_path):
    """An empty installation on the same database as `installed`."""
    if not installed.url:
        return Installation(tmp_path / "empty")
    return Installation(tmp_path / "empty", new_database(request.getfixturevalue("cluster")))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel, built once for a process's tests."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))
