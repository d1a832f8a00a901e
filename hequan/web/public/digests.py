"""The daily digests of the audit trail (审计每日摘要), open to anybody who wants to keep them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hequan.core.audit.digests import published_digests

SHOWN = 60


@require_GET
def digests(request: HttpRequest) -> HttpResponse:
    """Show the newest digests and what they are good for."""
    context = {"digests": published_digests(SHOWN)}
    return render(request, "public/digests.html", context)


@require_GET
def digests_json(request: HttpRequest) -> HttpResponse:
    """Return every digest, for `hequan audit verify --against`."""
    return JsonResponse({"digests": published_digests()}, json_dumps_params={"indent": 1})
