"""A disk without room: what is asked is refused in words, nothing stays half written, then goes on.

SQLite is really full (`max_page_count`), and files really cannot grow (RLIMIT_FSIZE).
"""

import resource
import signal
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.audit.check import check_trail
from hequan.core.import_runs import ImportRun
from hequan.core.import_uploads import receive_upload
from hequan.core.imports import ImportOptions
from hequan.core.installation.backup_making import make_backup
from hequan.core.installation.backups import Backup
from hequan.stations.models import Service
from hequan.web.outage import Trouble, trouble_of
from tests.house.installations import AT, copy_file_installation

pytestmark = pytest.mark.slow


@pytest.fixture
def town(file_town, tmp_path, django_db_blocker):
    made = copy_file_installation(file_town, tmp_path / "home")
    with django_db_blocker.unblock(), made.entered():
        yield made


@pytest.fixture
def officer(town):
    Account.objects.filter(username="zhoumin").update(is_demo=True)  # no second factor to type
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username="zhoumin"))
    return client


def _save_service(officer, number):
    facts = {"name": f"full-{number}", "code": f"full-{number}", "summary": "满" * 200}
    return officer.post(
        "/board/services/new/", facts | {"category": "living", "mode": "on_the_spot"}
    )


def _rows():
    services = Service.objects.filter(code__startswith="full-").count()
    return services, AuditEntry.objects.filter(verb="stations.service_saved").count()


def test_a_full_database_refuses_in_words_and_goes_on_when_there_is_room(officer):
    before = _rows()[1]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1")  # as many as there are: it cannot grow
    saved, answer = 0, None
    for number in range(2000):
        answer = _save_service(officer, number)
        if answer.status_code != 302:
            break
        saved += 1

    assert answer.status_code == 507
    assert "存储空间已满" in answer.content.decode()
    assert _rows() == (saved, before + saved)  # entry and row together, the refused one has none
    assert officer.get("/board/services/").status_code == 200  # reading goes on

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000")
    assert _save_service(officer, saved).status_code == 302
    assert _rows() == (saved + 1, before + saved + 1)
    assert check_trail(at=AT).faults == ()


@contextmanager
def _no_file_above(size):
    """Let no file of this process grow beyond a size, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, told)


def test_an_upload_for_which_there_is_no_room_leaves_no_file_and_no_row(town):
    row = b"name,code,category,mode\n"
    sheet = [row, *(f"Service {n},full-{n},living,on_the_spot\n".encode() for n in range(4000))]

    def hand_in():
        officer = Account.objects.get(username="zhoumin")
        return receive_upload(
            kind="services",
            file_name="a.csv",
            chunks=sheet,
            options=ImportOptions(),
            by=officer,
            at=AT,
        )

    with _no_file_above(64 * 1024), pytest.raises(OSError, match="File too large") as full:
        hand_in()

    assert trouble_of(full.value) is Trouble.DISK_FULL
    assert not ImportRun.objects.exists()
    assert list((town.home / "uploads" / "imports").iterdir()) == []
    assert hand_in() == ImportRun.objects.get()


def test_a_backup_for_which_there_is_no_room_is_not_there_and_says_so(town, tmp_path):
    path = tmp_path / "out" / "one.hqbackup"
    path.parent.mkdir()
    with _no_file_above(32 * 1024), pytest.raises(OSError, match="File too large"):
        make_backup(path=path, passphrase="", at=AT, clock=lambda: AT)

    assert list(path.parent.iterdir()) == []
    assert list((town.home / "run").glob("backup-*")) == []
    make_backup(path=path, passphrase="", at=AT, clock=lambda: AT)
    assert Backup.objects.latest("pk").error == ""
