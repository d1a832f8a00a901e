"""The gate (门): what is turned away or led elsewhere before any page is asked.

A request larger than its place allows is refused before it is read. While nobody can sign in yet,
everything leads to the first-start wizard.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from hequan.core.accounts import accounts_exist
from hequan.web.preferences import preferences_of

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
# only staff pages take files; whoever reports something, or sends what a patrol found, takes photos
UPLOADS = "/board/"
PHOTOS = ("/report/", "/field/report/", "/field/send/")


def most_bytes(path: str) -> int:
    """Return how large a request to this address may be, in bytes."""
    allowed = settings.UPLOAD_MAX_BYTES if path.startswith(UPLOADS) else 0
    if path in PHOTOS:
        allowed = settings.PHOTOS_MAX_BYTES
    return max(allowed, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class RequestSizeMiddleware:
    """Refuse what is too large by its own statement, unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 with what the limit is and what to do."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            # nobody types a zero byte, and PostgreSQL keeps none
            told = {"status": 400, "detail": "A zero byte cannot be part of an address."}
            return JsonResponse(told, status=400, content_type="application/problem+json")
        said = request.META.get("CONTENT_LENGTH") or "0"
        most = most_bytes(request.path)
        if "HTTP_TRANSFER_ENCODING" in request.META and said == "0":
            # a body of unknown length is never read; say so instead of finding it empty
            return HttpResponse("Length Required\n", status=411, content_type="text/plain")
        if said.isdigit() and int(said) > most:
            return too_large(request, most)
        return self.get_response(request)


def refusal(request: HttpRequest, template: str, status: int, **found: object) -> HttpResponse:
    """Return a refusal's page in the visitor's language."""
    chosen = preferences_of(request)
    with translation.override(chosen.language):
        text = render_to_string(template, {"preferences": chosen, **found})
    return HttpResponse(text, status=status)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """Return the refusal of a request that is too large."""
    return refusal(request, "parts/too_large.html", 413, megabytes=most // 1_000_000)


def form_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the refusal of a form whose token is missing or old, with what to do about it."""
    return refusal(request, "parts/stale_form.html", 403)


class FirstStartMiddleware:
    """Lead every page to the wizard while there is no account.

    Once one is known to exist the question is never asked again in this process: accounts are
    closed, not deleted.
    """

    open_meanwhile: tuple[str, ...] = (
        *("/first-start", "/preferences", "/static/"),
        *("/api/", "/ogc", "/hsds", "/open311", "/healthz", "/readyz", "/metrics"),
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Start without knowing."""
        self.get_response = get_response
        self.begun = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or lead to the wizard."""
        if not self.begun and not request.path.startswith(self.open_meanwhile):
            self.begun = accounts_exist()
            if not self.begun:
                return HttpResponseRedirect(reverse("web:first-start"))
        return self.get_response(request)
