"""The turnstile (限流): who asks too often waits, and is told how long.

Reading is counted in the memory of each process, so that it costs a page nothing; sending, signing
in, searching and downloading are counted once for all processes, by account where somebody is
signed in and by address otherwise. Which counts by which rule is the table below.
"""

import json
import threading
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse

from hequan.core import clock
from hequan.core.limit_rules import limit_of, take_by_rule
from hequan.web.addresses import client_address, is_this_machine
from hequan.web.gate import refusal

READING = ("GET", "HEAD", "OPTIONS")
# method, names of addresses, rule: the first that fits counts
ROUTES = (
    ("POST", "web:sign-in*", "sign_in"),
    ("POST", "web:first-start", "sign_in"),
    ("POST", "web:my-phone*", "sign_in"),
    ("GET", "web:*-workbook", "export"),
    ("POST", "web:*-export", "export"),
    ("POST", "web:my-data-take", "export"),
    ("GET", "web:*-search", "search"),
    ("GET", "web:board-people", "search"),
)
MACHINES = ("/api", "/ogc", "/hsds", "/open311")
_MOST_KEPT = 50_000


class Turnstile:
    """Counts in memory: one moment a key, at which all it has asked for is paid (GCRA)."""

    def __init__(self) -> None:
        """Start with nobody known."""
        self._paid_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, key: str, times: int, seconds: float, moment: float) -> float:
        """Return 0 if the key may pass at `moment`, else how many seconds it has to wait."""
        with self._lock:
            paid = max(self._paid_at.get(key, moment), moment)
            over = paid + seconds / times - moment - seconds
            if over > 0:
                return over
            if len(self._paid_at) >= _MOST_KEPT:
                self._paid_at = {k: v for k, v in self._paid_at.items() if v > moment}
            self._paid_at[key] = paid + seconds / times
        return 0.0


class LimitMiddleware:
    """Let everybody through who does not ask too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response
        self.readers = Turnstile()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count a reader by address; this machine itself asks as often as it likes."""
        if request.method in READING:
            address = client_address(request)
            if not is_this_machine(address):
                limit = limit_of("read.address")
                seconds = limit.window.total_seconds()
                wait = self.readers.wait(address, limit.times, seconds, time.monotonic())
                if wait:
                    return too_many(request, ceil(wait))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Count what the table names, and everything that is sent, in the shared store."""
        match = request.resolver_match
        rule = rule_of(request.method or "", match.view_name if match else "")
        if rule is None:
            return None
        wait = take_by_rule(*_counted(request, rule), clock.now())
        return too_many(request, wait) if wait else None


def rule_of(method: str, name: str) -> str | None:
    """Return which rule counts a request for the address of this name; None for plain reading."""
    asked = "GET" if method in READING else "POST"
    for wanted, pattern, rule in ROUTES:
        if asked == wanted and fnmatchcase(name, pattern):
            return rule
    return None if asked == "GET" else "write"


def _counted(request: HttpRequest, rule: str) -> tuple[str, str]:
    """Return the rule's full name and the key: the account, or the address of who has none."""
    user = getattr(request, "user", None)
    if rule == "sign_in" or user is None or not user.is_authenticated:
        return (rule if rule == "sign_in" else "write") + ".address", client_address(request)
    return f"{rule}.account", str(user.pk)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Return the refusal in the visitor's language, with how many seconds to wait."""
    if request.path.startswith(MACHINES):
        told = {"type": "about:blank", "title": "Too many requests", "status": 429}
        text = json.dumps(told | {"detail": f"Wait {wait} seconds."})
        response = HttpResponse(text, status=429, content_type="application/problem+json")
    else:
        response = refusal(request, "parts/too_many.html", 429, wait=wait)
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response
