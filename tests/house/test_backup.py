"""Backup and restore: the drill, on both databases, and everything that must not get through."""

import shutil
import threading
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from PIL import Image

from hequan.cases.actions import open_case
from hequan.cases.asking import Asking
from hequan.cases.kinds import CaseChannel, PhotoKind
from hequan.cases.photos import photo_from
from hequan.core import clock
from hequan.core.accounts import Account, system_account
from hequan.core.audit import AuditEntry
from hequan.core.audit.check import check_trail
from hequan.core.calendar_days import CalendarYear
from hequan.core.errors import HequanError
from hequan.core.import_runs import ImportRun
from hequan.core.installation import backup_making, restoring
from hequan.core.installation.backup_files import NotABackupError, reading_backup
from hequan.core.installation.backup_making import make_backup, verify_backup
from hequan.core.installation.backups import Backup
from hequan.core.installation.restoring import InUseError, restore_backup
from hequan.core.installation.schema_copies import (
    CopyDiffersError,
    compare_with,
    make_plain_tables,
    tables_at,
)
from hequan.core.installation.schema_state import migrations_applied
from hequan.core.installation.sealed_files import PassphraseNeededError, WrongPassphraseError
from hequan.core.installation.table_rows import digest_of, rows_of
from hequan.core.versions import VersionStamp
from hequan.territory.models import StreetNetwork, Unit
from tests.house.installations import AT

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def _quick_tables(request, monkeypatch):
    """Make tables without running every migration, but for the drill itself."""
    if "drill" not in request.node.name:
        monkeypatch.setattr(restoring, "make_tables", make_plain_tables)


def _back_up(installation, path, passphrase="", **more):
    with installation.entered():
        return make_backup(path=path, passphrase=passphrase, at=AT, clock=lambda: AT, **more)


def _restore(installation, path, passphrase="", replace=False):
    with installation.entered():
        return restore_backup(
            path=path, passphrase=passphrase, replace=replace, at=AT, say=lambda _: None
        )


def _report_with_a_photo():
    """Report something by a photo, as a resident does."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    photo = photo_from(out.getvalue(), name="one.jpg", kind=PhotoKind.REPORT)
    town = Unit.objects.get(level="town")
    asking = Asking(channel=CaseChannel.PHONE_PAGE, words="垃圾没人收", at_unit=town.pk)
    open_case(asking=asking, by=system_account(), at=AT, photos=[photo])


def _contents(installation):
    """Every row of every table by digest, and every file by content."""
    with installation.entered():
        tables = {
            one.label: sorted(digest_of(row) for row in rows_of(one))
            for one in tables_at(migrations_applied())
        }
    folders = [installation.home / name for name in ("uploads", "networks")]
    files = {
        str(path.relative_to(installation.home)): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    return tables, files


def test_after_the_drill_copy_and_source_are_equal_table_by_table(installed, empty, tmp_path):
    path = tmp_path / "one.hqbackup"
    with installed.entered():
        _report_with_a_photo()
    manifest = _back_up(installed, path, PASSPHRASE)
    with installed.entered():
        Backup.objects.all().delete()  # the note of the backup itself came after it
        noted = AuditEntry.objects.get(verb="core.backup_made")
        assert noted.after["rows"] == manifest.rows

    restored = _restore(empty, path, PASSPHRASE)

    (tables, files), (copied, copied_files) = _contents(installed), _contents(empty)
    differing = {label for label in tables if tables[label] != copied[label]}
    # that the one was backed up and the other restored, nothing else
    assert differing == {"core.auditentry", "core.auditlane"}
    entries, copies = set(tables["core.auditentry"]), set(copied["core.auditentry"])
    assert (len(entries - copies), len(copies - entries)) == (1, 1)
    assert files.items() <= copied_files.items()
    with empty.entered():
        assert check_trail(at=AT).faults == ()
    assert restored.manifest.rows == manifest.rows > 500
    assert any(name.startswith("networks/") for name in files)
    assert sum(name.startswith("uploads/cases/") for name in files) == 2  # the photo, and it small
    keys = [(one.home / "keyring.json").read_bytes() for one in (installed, empty)]
    assert keys[0] == keys[1]
    assert (empty.home / "keyring.json").stat().st_mode & 0o77 == 0


def test_a_number_given_out_once_is_not_given_out_again_after_a_restore(installed, empty, tmp_path):
    """Without the last numbers the next row would take the place of one that was deleted."""
    with installed.entered():
        last = CalendarYear.objects.create(year=2050, source="x").pk
        CalendarYear.objects.filter(pk=last).delete()
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    _restore(empty, path)

    with empty.entered():
        assert CalendarYear.objects.create(year=2051, source="x").pk > last


def test_an_installation_in_use_is_kept_unless_it_is_to_be_replaced(installed, tmp_path):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    with installed.entered():
        VersionStamp.objects.create(name="since", number=7)
    (installed.home / "uploads").mkdir(exist_ok=True)
    (installed.home / "uploads" / "since.txt").write_text("new")

    with pytest.raises(InUseError):
        _restore(installed, path)
    with installed.entered():
        assert VersionStamp.objects.filter(name="since").exists()

    restored = _restore(installed, path, replace=True)

    with installed.entered():
        assert not VersionStamp.objects.filter(name="since").exists()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                aside = restored.database_aside
                cursor.execute(f"SELECT number FROM {aside}.core_versionstamp WHERE name='since'")
                assert cursor.fetchone() == (7,)
    assert not (installed.home / "uploads" / "since.txt").exists()
    assert (restored.files_aside / "uploads" / "since.txt").read_text() == "new"


def test_where_nothing_was_installed_nothing_is_kept_aside(installed, empty, tmp_path):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    (empty.home / "uploads").mkdir(parents=True)
    restored = _restore(empty, path)

    assert (restored.database_aside, restored.files_aside) == ("", None)
    assert not list(empty.home.glob("*aside*"))
    with empty.entered():
        assert Account.objects.exists()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%aside%'")
                assert cursor.fetchone() == (0,)


def test_files_without_a_database_are_kept_aside_and_told(installed, empty, tmp_path):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    (empty.home / "uploads").mkdir(parents=True)
    (empty.home / "uploads" / "mine.txt").write_text("mine")
    restored = _restore(empty, path)

    assert restored.database_aside == ""
    assert (restored.files_aside / "uploads" / "mine.txt").read_text() == "mine"


def test_an_empty_database_is_still_the_database_before(installed, empty, tmp_path):
    """Tables without an account may be restored over without --replace, and are kept."""
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    with empty.entered():
        make_plain_tables(sorted(MigrationLoader(None).graph.nodes))
    restored = _restore(empty, path)

    assert restored.database_aside != ""


def test_the_command_says_what_there_was_before(installed, empty, tmp_path, monkeypatch):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, verify=False)
    monkeypatch.setattr("hequan.core.management.commands.restore.now", lambda: AT)
    said = []
    for more in ([], ["--replace"]):
        out = StringIO()
        with empty.entered():
            call_command("restore", str(path), "--lang", "en", *more, stdout=out, stderr=StringIO())
        said.append(out.getvalue())

    assert "There was no database here before." in said[0]
    assert "lies in" not in said[0]
    assert "The database before lies in" in said[1]


def test_a_backup_is_one_moment_while_others_write_on(installed, tmp_path, monkeypatch):
    """Without the still view the second table would hold pairs the first does not."""
    began, stop, wrote = threading.Event(), threading.Event(), []
    original = backup_making.rows_of

    def slow_rows(table):
        began.set()
        if table.label in ("core.calendaryear", "core.versionstamp"):
            before = len(wrote)
            while len(wrote) < before + 3:  # others write while the backup reads
                assert not stop.wait(0.01)
        return original(table)

    def write():
        with installed.entered():
            began.wait(20)
            number = 0
            while not stop.is_set():
                number += 1
                with transaction.atomic():
                    CalendarYear.objects.create(year=3000 + number, source="pair")
                    VersionStamp.objects.create(name=f"pair-{number}", number=1)
                wrote.append(number)
                stop.wait(0.005)

    monkeypatch.setattr(backup_making, "rows_of", slow_rows)
    writer = threading.Thread(target=write)
    writer.start()
    path = tmp_path / "one.hqbackup"
    try:
        _back_up(installed, path, verify=False)
    finally:
        stop.set()
        began.set()
        writer.join()

    with reading_backup(path, "") as backup:
        years = sum("pair" in row for row in backup.rows_of("core.calendaryear"))
        stamps = sum(str(row[0]).startswith("pair-") for row in backup.rows_of("core.versionstamp"))
    assert len(wrote) >= 6
    assert years == stamps < len(wrote)


def test_a_row_that_changed_in_the_copy_is_found(installed, tmp_path):
    path = tmp_path / "one.hqbackup"
    with installed.entered():
        CalendarYear.objects.create(year=2049, source="x")
    _back_up(installed, path, verify=False)

    with installed.entered(), reading_backup(path, "") as backup:
        noted = ["core.auditentry", "core.auditlane", "core.backup"]  # the backup itself
        assert sorted(one.table for one in compare_with(backup)) == noted
        Backup.objects.all().delete()
        year = CalendarYear.objects.earliest("year")
        CalendarYear.objects.filter(pk=year.pk).update(source="other")
        VersionStamp.objects.create(name="more", number=1)

        found = [one for one in compare_with(backup) if one.table not in noted]
        assert {str(one) for one in found} == {
            f"core.calendaryear {year.pk} changed",
            "core.versionstamp more too many",
        }


def test_a_backup_that_does_not_read_back_is_not_kept(installed, tmp_path, monkeypatch):
    """Without the verification the damage would be found on the day it is needed."""
    monkeypatch.setattr(backup_making, "fill_tables", lambda backup: None)
    path = tmp_path / "one.hqbackup"

    with pytest.raises(CopyDiffersError):
        _back_up(installed, path)

    assert list(tmp_path.glob("*hqbackup*")) == []
    with installed.entered():
        noted = Backup.objects.get()
        assert not noted.verified
        assert "CopyDiffersError" in noted.error


def test_a_sealed_backup_opens_for_its_passphrase_only(installed, tmp_path):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, PASSPHRASE, verify=False)
    keys = (installed.home / "keyring.json").read_bytes()

    assert keys not in path.read_bytes()
    with pytest.raises(PassphraseNeededError):
        verify_backup(path, "")
    with pytest.raises(WrongPassphraseError):
        verify_backup(path, "wrong horse battery")


def test_without_a_passphrase_no_key_leaves_the_machine(installed, tmp_path):
    path = tmp_path / "one.hqbackup"
    manifest = _back_up(installed, path, verify=False)

    assert not manifest.has_keys
    assert not [name for name in manifest.files if "key" in name]


def _within_content(path, size, passphrase):
    """A byte that means something: not the hour in a heading of the archive, which nobody reads."""
    if passphrase:
        return size // 2
    with zipfile.ZipFile(path) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    return largest.header_offset + 30 + len(largest.filename.encode()) + largest.compress_size // 2


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_backup_changes_nothing(installed, empty, tmp_path, passphrase, harm):
    path = tmp_path / "one.hqbackup"
    _back_up(installed, path, passphrase, verify=False)
    raw = bytearray(path.read_bytes())
    if harm == "cut":
        raw = raw[: len(raw) * 2 // 3]
    else:
        raw[_within_content(path, len(raw), passphrase)] ^= 1
    path.write_bytes(raw)

    with pytest.raises(HequanError) as refused:
        _restore(empty, path, passphrase)

    assert isinstance(refused.value, NotABackupError | WrongPassphraseError)
    with empty.entered():
        assert connection.introspection.table_names() == []
    assert not (empty.home / "networks").exists()
    assert [one.name for one in (empty.home / "run").iterdir()] == []


def test_the_time_of_a_backup_is_noted(installed, tmp_path):
    with installed.entered():
        make_backup(path=tmp_path / "a", passphrase="", at=clock.now(), clock=clock.now)
        noted = Backup.objects.get()

    assert (noted.verified, noted.encrypted, noted.error) == (True, False, "")
    assert noted.seconds > 0
    assert noted.size == (tmp_path / "a").stat().st_size


def test_a_file_that_a_row_names_and_that_is_gone_is_told(installed, tmp_path):
    with installed.entered():
        folder = StreetNetwork.objects.get(is_current=True).folder
        shutil.rmtree(installed.home / "networks" / folder)
        StreetNetwork.objects.create(
            name="old", folder="old", built_at=AT, nodes=0, edges=0
        )  # files of networks no longer in use may be gone
        ImportRun.objects.create(
            kind="calendar", file_name="a.csv", stored_as="x/a.csv", by=system_account(), at=AT
        )
    manifest = _back_up(installed, tmp_path / "a", verify=False)

    assert sorted(manifest.missing) == [
        "core.importrun x/a.csv",
        f"territory.streetnetwork {folder}",
    ]
