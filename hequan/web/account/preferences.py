"""Changing language, text size or theme: one POST, then back to where one was."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hequan.web.preferences import CHOICES, keep


@csrf_exempt  # sets display cookies only; a token would cost every public page a cookie
@require_POST
def change_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the choices sent, and go back to the page they were made on."""
    back = request.POST.get("next", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("web:home")
    response = HttpResponseRedirect(back)
    for name in CHOICES:
        if name in request.POST:
            keep(response, name, request.POST[name])
    return response
