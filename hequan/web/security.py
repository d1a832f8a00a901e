"""What a page of ours may load (内容安全策略): nothing but our own files, and no inline code.

A tile source, where one is set, is the only address outside; maps fetch it as pictures.
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
        response.headers.setdefault("Content-Security-Policy", self.policy)
        # the place is asked for by "use my location" on our own pages, the rest never
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=()"
        )
        return response
