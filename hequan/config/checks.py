"""Checks before going live (上线检查): `hequan check --deploy` refuses what is unsafe.

Each check returns what is wrong in this installation, told by what to do. Errors refuse; warnings
are for whoever answers for the installation to weigh.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.kinds import ADMINISTRATORS
from hequan.core.sign_in.administrators import administrators
from hequan.territory.queries.homes import homes_below

CITY_ROWS = 50_000  # homes: beyond a town, one writer at a time is not enough
LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1", ""}
Found = Iterator[CheckMessage]
_checks: list[Callable[[], Found]] = []


def _check(check: Callable[[], Found]) -> Callable[[], Found]:
    _checks.append(check)
    return check


@register(Tags.security, deploy=True)
def before_going_live(app_configs: object, **_: object) -> list[CheckMessage]:
    """Return everything that stands against going live, in the order of the guide."""
    return [found for check in _checks for found in check()]


def _error(number: int, what: str, remedy: str) -> Error:
    return Error(what, hint=remedy, id=f"hequan.E{number:03}")


def _warning(number: int, what: str, remedy: str) -> Warning:
    return Warning(what, hint=remedy, id=f"hequan.W{number:03}")


@_check
def address_and_transport() -> Found:
    """The site's names, TLS, and whom it believes about them."""
    if settings.DEBUG:
        yield _error(1, "HEQUAN_DEBUG shows the program's insides to visitors.", "Remove it.")
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield _error(2, "The site answers to any name.", "Name its hosts in HEQUAN_HOSTS.")
    elif not set(settings.ALLOWED_HOSTS) - LOCAL:
        yield _error(2, "The site answers to this machine alone.", "Name its host in HEQUAN_HOSTS.")
    if not settings.TLS:
        yield _error(
            3,
            "Passwords and personal data travel readable: TLS is off.",
            "Put a TLS front before it (deploy/nginx.conf, deploy/Caddyfile), set HEQUAN_TLS=1.",
        )
    if any(urlsplit(one).scheme != "https" for one in settings.CSRF_TRUSTED_ORIGINS):
        yield _error(4, "Forms are taken from pages without TLS.", "Use https in HEQUAN_ORIGINS.")
    if any(one.endswith("/0") for one in settings.TRUSTED_PROXIES):
        yield _error(
            5,
            "Anybody may say where a request comes from.",
            "Name the fronts alone in HEQUAN_TRUSTED_PROXIES.",
        )
    if settings.TLS and not settings.TRUSTED_PROXIES:
        yield _warning(
            6,
            "No front is trusted, so all visitors seem to come from one address.",
            "Set HEQUAN_PROXY=1, or name the fronts in HEQUAN_TRUSTED_PROXIES.",
        )


@_check
def secrets_and_files() -> Found:
    """The secret key, and who can read what lies on disk."""
    if len(settings.SECRET_KEY) < 40 or len(set(settings.SECRET_KEY)) < 10:
        yield _error(
            10,
            "The secret key is short, so sessions can be forged.",
            "Remove HEQUAN_SECRET_KEY to have one made, or give 50 random characters.",
        )
    home = Path(settings.HOME)
    if _readable_by_others(home):
        yield _error(11, f"Others on this machine may enter {home}.", f"chmod 700 {home}")
    for path in (Path(settings.KEYRING), home / "secret_key"):
        if _readable_by_others(path):
            yield _error(12, f"Others may read {path}.", f"chmod 600 {path}")
    for name, value in os.environ.items():
        ours = name.endswith("_FILE") and name.startswith(("HEQUAN_", "DATABASE_"))
        if ours and _readable_by_others(Path(value)):
            yield _error(12, f"Others may read {value} ({name}).", f"chmod 600 {value}")


def _readable_by_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


@_check
def sign_in() -> Found:
    """The second factor, and how codes reach people."""
    if settings.SECOND_FACTOR != "required":
        yield _error(
            20, "Officers sign in with a password alone.", "Set HEQUAN_SECOND_FACTOR=required."
        )
    if settings.GATEWAYS.get("sms") in ("console", "file"):
        yield _error(
            21,
            "Sign-in codes are written on this machine and reach nobody.",
            "Set HEQUAN_SMS_GATEWAY=http with its address (docs/reference/settings.md).",
        )
    for channel, address in settings.GATEWAY_ADDRESSES.items():
        used = settings.GATEWAYS.get(channel) == "http"
        if used and urlsplit(address).scheme != "https" and urlsplit(address).hostname not in LOCAL:
            yield _error(
                22, f"{channel} messages leave readable.", "Give the gateway an https address."
            )


@_check
def people_and_roles() -> Found:
    """Accounts everybody knows, and the three administrators."""
    try:
        demo = Account.objects.filter(is_demo=True, is_active=True).count()
        held = {office for account, office in administrators(clock.now()) if account.is_active}
    except DatabaseError as error:
        yield _error(30, f"The database does not answer: {type(error).__name__}.", "hequan migrate")
        return
    if demo:
        yield _error(
            31,
            f"{demo} demo accounts have passwords that everybody knows.",
            "Start with an empty data folder, or close them (system page, accounts).",
        )
    missing = [office for office in ADMINISTRATORS if office not in held]
    if missing:
        yield _error(
            32,
            f"Nobody holds the office of: {', '.join(missing)}.",
            "Name system, security and audit administrators: three people (first start).",
        )


@_check
def backups_and_database() -> Found:
    """Where copies go, and whether the database is the right one for so much."""
    folder = settings.BACKUPS_ROOT
    if not folder:
        yield _error(
            40, "No backup is scheduled.", "Name a folder on another disk in HEQUAN_BACKUPS."
        )
    elif Path(folder).resolve().is_relative_to(Path(settings.HOME).resolve()):
        yield _error(
            41,
            "Backups lie in the data folder itself and are lost with it.",
            "Name a folder on another disk in HEQUAN_BACKUPS.",
        )
    if folder and not settings.BACKUPS_PASSPHRASE_FILE:
        yield _warning(
            42, "Backups are not sealed.", "Name a file in HEQUAN_BACKUPS_PASSPHRASE_FILE."
        )
    yield from _database()


def _database() -> Found:
    found = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        if _homes() > CITY_ROWS:
            yield _warning(
                43,
                "More than a town on the embedded database: one writer at a time.",
                "Move to PostgreSQL: hequan move (docs/how-to).",
            )
        return
    host = str(found.get("HOST") or "")
    inside = host in LOCAL or host.startswith("/")
    if not inside and found["OPTIONS"].get("sslmode") not in (
        "require",
        "verify-ca",
        "verify-full",
    ):
        yield _error(
            44, "The database is spoken to in plain text.", "Add ?sslmode=verify-full to its URL."
        )


def _homes() -> int:
    try:
        return homes_below(None).count()
    except DatabaseError:
        return 0
