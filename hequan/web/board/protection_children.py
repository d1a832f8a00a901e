"""Approvals to read a child's data on the board (未成年人信息审批): one asks, another decides."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.actions import decide_child_access
from hequan.people.child_access import LONGEST
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.queries import child_access_request, child_access_requests
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.numbers import whole_number

PAGE = 50
DAYS = (1, 7, 30)


@needs(Capability.APPROVE_CHILD_ACCESS)
@never_cache
@require_GET
def child_requests(request: HttpRequest) -> HttpResponse:
    """List who asked to read which child's data, open ones first."""
    found = child_access_requests(request.user, clock.now())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"found": page, "days": DAYS, "officer": request.user}
    return render(request, "board/protection/children.html", context)


@needs(Capability.APPROVE_CHILD_ACCESS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve for some days, or refuse."""
    at = clock.now()
    try:
        asked = child_access_request(request.user, pk, at)
    except NoSuchRequestError:
        raise Http404 from None
    days = whole_number(request.POST.get("days")) or 0
    until = at + timedelta(days=min(days, LONGEST.days)) if days else None
    try:
        decide_child_access(
            request=asked, until=until, by=cast(OfficerRequest, request).user, at=at
        )
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Approved.") if until else gettext("Refused."))
    return HttpResponseRedirect(reverse("web:board-child-access"))
