"""The beginning of a session (会话开始): rotated, timed, recorded, and the device remembered.

A device is a random name in a cookie of its own. It limits how many codes are asked for, and a
device an account has signed in on before is not locked out by what strangers type elsewhere.
"""

import secrets
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import login as django_login
from django.core import signing
from django.http import HttpRequest, HttpResponse

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.sign_in.beginning import begins_as_staff
from hequan.core.sign_in.passwords import is_too_old
from hequan.core.sign_in.rules import sign_in_rules
from hequan.core.sign_in.sessions import AGENT, IDLE
from hequan.web.account.standing import FACTOR_AT, METHOD, OLD_PASSWORD

BACKEND = "hequan.web.account.backend.SessionBackend"
DEVICE, KNOWN = "hequan_device", "hequan_known"
DEVICE_SECONDS = 400 * 24 * 3600
KNOWN_SECONDS = 90 * 24 * 3600
_MOST_KNOWN = 20
_SYSTEMS = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
_BROWSERS = (
    ("wxwork/", "WeCom"),
    ("MicroMessenger/", "Weixin"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("HuaweiBrowser/", "Huawei"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def begin_session(request: HttpRequest, account: Account) -> None:
    """Sign the account in: a new session key, its times by the rules, an entry in the audit.

    The entry is all that is written here; the session's row follows with the answer.
    """
    at, rules = clock.now(), sign_in_rules(clock.now())
    methods = [str(one["method"]) for one in get_authentication_records(request, account)]
    django_login(request, account, backend=BACKEND)
    is_staff = begins_as_staff(account, at)
    session = request.session
    session[AGENT] = agent_words(request.META.get("HTTP_USER_AGENT", ""))
    session[IDLE] = int((rules.idle_staff if is_staff else rules.idle_resident).total_seconds())
    lives = rules.session_staff if is_staff else rules.session_resident
    session.set_expiry(int(lives.total_seconds()))
    session[METHOD] = methods[0] if methods else ""
    if "mfa" in methods:
        session[FACTOR_AT] = at.timestamp()
    if session[METHOD] == "password" and is_staff and not account.is_demo:
        set_at = account.password_set_at or account.created_at
        session[OLD_PASSWORD] = is_too_old(set_at, rules.password, at)
    record(verb="core.signed_in", by=account, at=at, thing=account, after={"by": methods})


def agent_words(agent: str) -> str:
    """Return the browser and the system in a few words: `Weixin · Android`."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(part for part in (browser, system.replace("Macintosh", "Mac")) if part)


def device_of(request: HttpRequest) -> str:
    """Return the random name of this browser, made now for one that has none."""
    kept = request.__dict__.get("_hequan_device") or request.COOKIES.get(DEVICE, "")
    if not (20 <= len(kept) <= 40 and kept.isascii() and kept.isalnum()):
        kept = secrets.token_hex(16)
    request.__dict__["_hequan_device"] = kept
    return str(kept)


def keep_device(request: HttpRequest, response: HttpResponse) -> None:
    """Have the browser keep its name."""
    if request.COOKIES.get(DEVICE) != device_of(request):
        _set(request, response, DEVICE, device_of(request), DEVICE_SECONDS)


def known_devices(request: HttpRequest) -> dict[int, str]:
    """Return this device's name for each account that signed in on it before."""
    return dict.fromkeys(_known(request), device_of(request))


def remember_device(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Let the browser carry a signed list of the accounts that signed in on it."""
    keep_device(request, response)
    known = _known(request)
    if account.pk not in known:
        said: Any = [device_of(request), [*known, account.pk][-_MOST_KNOWN:]]
        _set(request, response, KNOWN, signing.dumps(said, salt=KNOWN), KNOWN_SECONDS)


def _known(request: HttpRequest) -> list[int]:
    try:
        device, known = signing.loads(
            request.COOKIES.get(KNOWN, ""), salt=KNOWN, max_age=KNOWN_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return []
    return list(known) if device == device_of(request) else []


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str, age: int) -> None:
    response.set_cookie(
        name, value, max_age=age, httponly=True, samesite="Lax", secure=request.is_secure()
    )
