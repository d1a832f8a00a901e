"""What a phone keeps of the field pages to open them without a network (离线外壳).

The same for everybody and open to everybody: the form of a report, scripts and styles. No name, no
case, no token is in it; whose drafts a phone shows is known to the phone alone.
"""

import hashlib
import json
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hequan.web.board.field_work import FRAME, PatrolForm

_PART = re.compile(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"')
_ICONS = (("img/icon-192.png", "192x192"), ("img/icon-512.png", "512x512"))


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the form of a report as it is kept on the phone."""
    return render(request, "board/field/report.html", _found())


def _found() -> dict[str, object]:
    form = PatrolForm(None, initial={"form_key": ""})
    return {"form": form, "is_shell": True} | FRAME


@require_safe
@cache_control(public=True, no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Return the script that keeps the shell; its text changes with any file of the shell."""
    page = render_to_string("board/field/report.html", _found(), request)
    parts = sorted(set(_PART.findall(page)))
    source = static("js/field-worker.js")
    kept = {
        "page": reverse("web:field-shell"),
        "parts": parts,
        # names without a fingerprint stay the same when the file changes: ask the network first
        "named": source != f"{settings.STATIC_URL}js/field-worker.js",
    }
    kept["name"] = hashlib.sha256(json.dumps([kept, source]).encode()).hexdigest()[:12]
    lines = (f"self.hequanShell = {json.dumps(kept)};", f"importScripts({json.dumps(source)});")
    return HttpResponse("\n".join(lines), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a phone how the field pages are put on its home screen."""
    icons = [
        {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size in _ICONS
        for purpose in ("any", "maskable")
    ]
    told = {
        "id": reverse("web:field"),
        "name": gettext("Hequan field work"),
        "short_name": gettext("Field work"),
        "lang": get_language(),
        "start_url": reverse("web:field"),
        "scope": reverse("web:field"),
        "display": "standalone",
        "background_color": "#faf7f0",
        "theme_color": "#0f5c63",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
