"""An unsafe installation is refused, and told what to do; a safe one passes."""

import os
import subprocess
import sys

import pytest

from hequan.config.checks import CITY_ROWS, before_going_live
from hequan.config.home import environment
from hequan.core.accounts import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def safe(settings, tmp_path, world, monkeypatch):
    """An installation as the guide wants it."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    keyring = home / "keyring.json"
    keyring.touch(mode=0o600)
    settings.HOME, settings.KEYRING = home, str(keyring)
    settings.ALLOWED_HOSTS = ["hequan.example.org", "127.0.0.1"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://hequan.example.org"]
    settings.TLS, settings.TRUSTED_PROXIES = True, ["127.0.0.1"]
    settings.SECRET_KEY = "b2MrT9yQx7Lk3ZpVw8Nc5Hd1Jf6Gs4Ua0Ei-Ot_RmYqXzKv"
    settings.SECOND_FACTOR = "required"
    settings.GATEWAYS = settings.GATEWAYS | {"sms": "http"}
    settings.GATEWAY_ADDRESSES = settings.GATEWAY_ADDRESSES | {"sms": "https://sms.example.org/"}
    settings.BACKUPS_ROOT = str(tmp_path / "other-disk")
    settings.BACKUPS_PASSPHRASE_FILE = str(home / "passphrase")
    for name in list(os.environ):
        if name.endswith("_FILE"):
            monkeypatch.delenv(name)
    return settings


def found():
    return {one.id.removeprefix("hequan."): one for one in before_going_live(None)}


def test_an_installation_by_the_guide_passes(safe):
    assert found() == {}


UNSAFE = {
    "E001": {"DEBUG": True},
    "E002": {"ALLOWED_HOSTS": ["*"]},
    "E003": {"TLS": False},
    "E004": {"CSRF_TRUSTED_ORIGINS": ["http://hequan.example.org"]},
    "E005": {"TRUSTED_PROXIES": ["0.0.0.0/0"]},
    "W006": {"TRUSTED_PROXIES": []},
    "E010": {"SECRET_KEY": "tests-only"},
    "E020": {"SECOND_FACTOR": "offered"},
    "E021": {"GATEWAYS": {"sms": "console"}},
    "E022": {"GATEWAY_ADDRESSES": {"sms": "http://sms.example.org/"}},
    "E040": {"BACKUPS_ROOT": ""},
    "W042": {"BACKUPS_PASSPHRASE_FILE": ""},
}


@pytest.mark.parametrize(("number", "said"), UNSAFE.items(), ids=UNSAFE)
def test_each_unsafe_setting_is_named_with_what_to_do(safe, number, said):
    for name, value in said.items():
        setattr(safe, name, value)

    assert set(found()) == {number}
    assert found()[number].hint


@pytest.mark.parametrize("hosts", [["localhost", "127.0.0.1", "[::1]"], [".example.org"]])
def test_a_site_without_a_name_of_its_own_is_refused(safe, hosts):
    safe.ALLOWED_HOSTS = hosts

    assert set(found()) == {"E002"}


def test_what_others_can_read_is_named(safe, tmp_path, monkeypatch):
    secret = tmp_path / "key"
    secret.write_text("x")
    secret.chmod(0o644)
    monkeypatch.setenv("HEQUAN_SMS_GATEWAY_SECRET_FILE", str(secret))
    safe.HOME.chmod(0o755)
    (safe.HOME / "keyring.json").chmod(0o640)

    told = before_going_live(None)

    assert [one.id for one in told] == ["hequan.E011", "hequan.E012", "hequan.E012"]
    assert str(secret) in told[2].msg


def test_demo_accounts_are_refused_until_they_are_closed(safe):
    account = Account.objects.create_user("demo", "demo")
    Account.objects.filter(pk=account.pk).update(is_demo=True)
    assert set(found()) == {"E031"}

    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert found() == {}


def test_an_office_that_stands_empty_is_refused(safe, world):
    Account.objects.filter(pk=world.auditor.pk).update(is_active=False)

    assert "read_audit" in found()["E032"].msg


def test_backups_in_the_folder_they_save_are_refused(safe):
    safe.BACKUPS_ROOT = str(safe.HOME / "backups")

    assert set(found()) == {"E041"}


def test_a_city_on_the_embedded_database_is_warned_of(safe, monkeypatch):
    monkeypatch.setattr("hequan.config.checks._homes", lambda: CITY_ROWS + 1)
    monkeypatch.setattr("hequan.config.checks.connection.vendor", "sqlite")

    assert set(found()) == {"W043"}


def test_a_database_elsewhere_is_spoken_to_over_tls(safe, monkeypatch):
    monkeypatch.setattr("hequan.config.checks.connection.vendor", "postgresql")
    elsewhere = safe.DATABASES["default"] | {"HOST": "db.example.org"}
    monkeypatch.setitem(safe.DATABASES, "default", elsewhere | {"OPTIONS": {}})
    assert set(found()) == {"E044"}

    tight = elsewhere | {"OPTIONS": {"sslmode": "verify-full"}}
    monkeypatch.setitem(safe.DATABASES, "default", tight)
    assert found() == {}


@pytest.mark.slow
def test_the_command_refuses_a_fresh_installation():
    done = subprocess.run(
        [sys.executable, "-m", "hequan.cli", "check", "--deploy"],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "hequan.E003" in done.stderr
    assert "deploy/nginx.conf" in done.stderr


def test_a_secret_may_lie_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("HEQUAN_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("HEQUAN_BACKUPS_PASSPHRASE_FILE", str(tmp_path / "not read here"))

    assert environment()["HEQUAN_SECRET_KEY"] == "from the file"
