"""What a page of ours may load and who may keep it (内容安全策略): our own files, no inline code.

A tile source, where one is set, is the only address outside; maps fetch it as pictures. Whatever is
answered to somebody who carries a session is nobody else's, so no store on the way keeps it.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; "
    "connect-src 'self'{tiles}; worker-src 'self'; font-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# the place is asked for by "use my location" on our own pages, the rest never
PERMISSIONS = "geolocation=(self), " + ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "gyroscope", "hid"),
        *("magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)
PRIVATE = "private, no-store"


def content_policy(tiles_url: str) -> str:
    """Return the policy; `tiles_url` is the tile source's address or empty."""
    parts = urlsplit(tiles_url)
    origin = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return POLICY.format(tiles=origin)


class ContentSecurityMiddleware:
    """Send the policy with every answer that does not bring its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Work the policy out once; settings do not change while the site runs."""
        self.get_response = get_response
        self.policy = content_policy(settings.MAP_TILES_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self.policy)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        anybody = headers.get("Access-Control-Allow-Origin") == "*"
        headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if anybody else "same-origin"
        )
        if settings.SESSION_COOKIE_NAME in request.COOKIES or _begins_session(response):
            headers.setdefault("Cache-Control", PRIVATE)
        return response


def _begins_session(response: HttpResponse) -> bool:
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return any(name in response.cookies for name in names)
