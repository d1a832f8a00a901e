"""One line a request (访问日志): by whom, which page, how it went, how long; never what was asked.

The page is named by its name and not by its address, since an address may hold a code; the account
by its number. The request id goes back with the answer, so that a person can read it out.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hequan.core.request_ids import request_id
from hequan.web.addresses import client_address

log = logging.getLogger("hequan.access")
QUIET = ("/healthz", "/readyz", "/metrics")
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


class AccessLogMiddleware:
    """Give every request an id, and write its line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `X-Request-Id`; the front's own id is kept where a front is trusted."""
        found = _id_of(request)
        token = request_id.set(found)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            if not request.path.startswith(QUIET):
                told = _told(request, response, time.perf_counter() - began)
                log.info("%(method)s %(page)s %(status)s", told, extra=told)
        finally:
            request_id.reset(token)
        response.headers["X-Request-Id"] = found
        return response


def _id_of(request: HttpRequest) -> str:
    if settings.TRUSTED_PROXIES:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        if _GIVEN.fullmatch(given):
            return str(given)
    return secrets.token_hex(8)


def _told(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    match = request.resolver_match
    session = request.__dict__.get("session")
    return {
        "method": request.method,
        "page": match.view_name or match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "account": session.get("_auth_user_id") if session and session.accessed else None,
        "address": client_address(request),
    }
