"""Photos of cases as files (照片查看): to whoever may open the case, to its asker, to everybody.

Each look asks `cases.access`; whoever may not see one is told that it is not there.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.cases.access import doers_of, photo_for, photo_with_link, released_photo
from hequan.cases.actions import publish_masked, release_photo
from hequan.cases.errors import CaseError
from hequan.cases.masks import MOST, SMALLEST, masks_from
from hequan.cases.moves import Doer
from hequan.cases.photos import path_of, type_of
from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed

SEE = Capability.SEE_CASES
_KEPT_SECONDS = 3600  # in the browser of whoever looked, nowhere on the way


@needs(SEE, for_organisations=True)
@require_GET
def of_a_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a photo of a case the account may open; `?small` for the small one."""
    return shown(request, _there(photo_for, request.user, pk, clock.now()))


@require_GET
def own(request: HttpRequest, link: str, pk: int) -> HttpResponse:
    """Show the asker a photo of her case, by its link."""
    return shown(request, _there(photo_with_link, link, pk))


@require_GET
def released(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody a photo that a dispatcher released, without what she covered."""
    photo = _there(released_photo, pk)
    return shown(request, photo, photo.masked_as)


@needs(SEE, for_organisations=True)
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let public pages show a photo, or no longer: for the dispatcher, after a look."""
    photo = _to_publish(request, pk)
    asked = request.POST.get("released") == "yes"
    release_photo(photo=photo, is_released=asked, **signed(request))
    return HttpResponseRedirect(reverse("web:board-case", args=[photo.case_id]))


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a photo large, let parts of it be covered, and publish it: for the dispatcher."""
    photo = _to_publish(request, pk)
    marked = request.POST.get("masks", json.dumps(photo.masks))
    if request.method == "POST":
        try:
            publish_masked(photo=photo, masks=masks_from(marked), **signed(request))
        except CaseError as error:
            messages.error(request, str(error))
        else:
            return HttpResponseRedirect(reverse("web:board-case", args=[photo.case_id]))
    found = {"photo": photo, "marked": marked, "most": MOST, "smallest": SMALLEST}
    return render(request, "board/cases/publish_photo.html", found)


def _to_publish(request: HttpRequest, pk: int) -> Any:
    """Return a photo of a case whose dispatcher the account is; 404 for everybody else."""
    photo = _there(photo_for, request.user, pk, clock.now())
    if Doer.DISPATCHER not in doers_of(request.user, photo.case, clock.now()):
        raise Http404
    return photo


def _there(door: Any, *args: Any) -> Any:
    try:
        return door(*args)
    except CaseError:
        raise Http404 from None


def shown(request: HttpRequest, photo: Any, masked_as: str = "") -> HttpResponse:
    """Return the file, to be looked at and never run, kept by the looker's browser alone."""
    name = masked_as or photo.stored_as
    path = path_of(name, small="small" in request.GET)
    try:
        answer = HttpResponse(path.read_bytes(), content_type=type_of(name))
    except FileNotFoundError:
        raise Http404 from None
    name = f"{photo.case.number}-{photo.pk}{path.suffix}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
