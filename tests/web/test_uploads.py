"""What is handed in: looked at by its content, kept out of sight, and never more than was asked."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hequan.core.accounts import Account
from hequan.core.grants import Grant
from hequan.core.import_runs import ImportRun
from hequan.core.import_uploads import uploads_folder
from hequan.files import workbooks

pytestmark = pytest.mark.django_db
HOMES = "id,lon,lat,people\nB1,121.4805,31.3204,30\n"
PAGE = "/board/imports/people-counts/"


@pytest.fixture
def officer(client, world):
    client.cookies["hequan_language"] = "en"
    client.force_login(world.officer)
    return client


def hand_in(client, name, content):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"file": file, "coordinates": "cgcs2000"})


def kept_files() -> list[Path]:
    return [path for path in uploads_folder().rglob("*") if path.is_file()]


def test_an_empty_file_is_refused_by_its_name(officer):
    answer = hand_in(officer, "人口.csv", "")

    assert answer.status_code == 200
    assert "人口.csv: the file is empty" in answer.content.decode()
    assert kept_files() == []


@pytest.mark.parametrize(
    "name",
    [
        *("../../../etc/cron.d/x.csv", "..\\..\\x.csv", "/etc/passwd.csv", "x.csv/../../y.csv"),
        *("%2e%2e%2fx.csv", ".htaccess", "x.php.csv", "a" * 190 + ".csv", "$(id);.csv"),
    ],
)
def test_a_file_name_that_climbs_stays_in_its_folder(officer, name, settings):
    answer = hand_in(officer, name, HOMES)

    assert answer.status_code == 302, answer.content.decode()
    (path,) = kept_files()
    assert path.resolve().parent.parent == uploads_folder().resolve()
    assert len(path.parent.name) == 24  # by chance, so that nobody guesses it
    assert not path.resolve().is_relative_to(Path(settings.STATIC_ROOT) / "static")
    assert set(path.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-.")


def test_what_was_handed_in_is_served_at_no_address(officer, client):
    hand_in(officer, "homes.csv", HOMES)
    (path,) = kept_files()

    for address in ("/media/", "/uploads/", "/static/", "/static/../uploads/", "/"):
        answer = client.get(f"{address}imports/{path.parent.name}/{path.name}")
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\0" * 100,
        b"\x7fELF" + b"\0" * 100,
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 \x00",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x1f\x8b\x08" + b"\0" * 40,
    ],
)
def test_a_name_does_not_make_a_table_of_it(officer, content):
    answer = hand_in(officer, "homes.csv", content)

    assert answer.status_code == 200
    assert "homes.csv" in answer.content.decode()
    assert kept_files() == []
    assert not ImportRun.objects.exists()


def test_a_workbook_that_unfolds_is_refused_on_the_page(officer, monkeypatch):
    monkeypatch.setattr(workbooks, "SMALL_BYTES", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    answer = hand_in(officer, "homes.xlsx", out.getvalue())

    assert "the workbook unfolds to 3 MB" in answer.content.decode()
    assert kept_files() == []


def test_an_archive_whose_parts_climb_writes_nothing(officer, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("../../climbed.shp", "/tmp/climbed.shp", "a.shp"):
            packed.writestr(name, b"\x00\x00\x27\x0a" + b"\0" * 100)
    before = set(tmp_path.rglob("*"))

    hand_in(officer, "homes.zip", out.getvalue())

    assert not [path for path in set(tmp_path.rglob("*")) - before if "climbed" in path.name]


def test_a_field_nobody_asked_for_changes_nothing(client, world):
    """Fields of the account's own table, sent with every form somebody without rights may send."""
    client.force_login(world.stranger)
    more = {
        **{"is_active": "1", "is_demo": "1", "is_superuser": "1", "is_staff": "1"},
        **{"username": "zhoumin", "capability": "edit_people", "path": "/", "grants": "1"},
        **{"account": str(world.officer.pk), "by": str(world.officer.pk), "pk": "1", "id": "1"},
        **{"password": "Another-1-password", "valid_to": "", "source": "", "name": "周敏"},
    }
    before = list(Account.objects.order_by("pk").values())
    held = list(Grant.objects.order_by("pk").values())

    for address in ("/preferences/", "/my/delivery/", "/my/", "/my/data/"):
        client.post(address, more)

    after = list(Account.objects.order_by("pk").values())
    told = [{k: v for k, v in row.items() if k != "last_login"} for row in after]
    assert told == [{k: v for k, v in row.items() if k != "last_login"} for row in before]
    assert list(Grant.objects.order_by("pk").values()) == held
