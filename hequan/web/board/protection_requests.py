"""Requests about data on the board (个人信息请求): the list, an answer, an erasure, the proofs."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.actions import answer_data_request, erase_on_request, reasons_against
from hequan.people.own_export import own_archive
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import RequestKind, RequestState
from hequan.people.queries import (
    data_request_for,
    data_requests,
    data_requests_overdue,
    own_tables,
    retention_proofs,
)
from hequan.web.account.own_data_rows import export_tables, own_rows
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices, word

PAGE = 50
SURE = "sure"


class AnswerForm(forms.Form):
    """How a request was answered."""

    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[(str(one), word(one)) for one in (RequestState.DONE, RequestState.REFUSED)],
    )
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=300,
        help_text=_("No names or numbers: this stays as proof."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs(Capability.PROTECT_DATA)
@never_cache
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List what people asked about their data, what is due first at the top."""
    at = clock.now()
    state = request.GET.get("state", "")
    state = state if state in set(RequestState) else ""
    found = data_requests(request.user, at, state)
    today = timezone.localdate(at)
    context = {
        "found": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": choices(RequestState),
        "overdue": data_requests_overdue(request.user, today, at),
        "today": today,
    }
    return render(request, "board/protection/requests.html", context)


@needs(Capability.PROTECT_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request and answer it."""
    asked = _opened(request, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            answer_data_request(
                request=asked,
                state=RequestState(entered["state"]),
                outcome=entered["outcome"],
                by=cast(OfficerRequest, request).user,
                at=clock.now(),
            )
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-data-requests"))
    return render(request, "board/protection/request.html", {"asked": asked, "form": form})


@needs(Capability.PROTECT_DATA)
@never_cache
@require_POST
def take_data_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out somebody's data at the counter, for a request of hers that is open."""
    asked = _open_one(request, pk, (RequestKind.EXPORT, RequestKind.SEE))
    at = clock.now()
    archive = own_archive(export_tables(own_tables(asked.person)), at)
    answer_data_request(
        request=asked,
        state=RequestState.DONE,
        outcome="",
        by=cast(OfficerRequest, request).user,
        at=at,
    )
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="data-request-{asked.pk}.zip"'
    return response


@needs(Capability.PROTECT_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def erase_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase somebody who asked for it at the counter: shown first, then done at once."""
    asked = _open_one(request, pk, (RequestKind.ERASE,))
    at = clock.now()
    reasons = reasons_against(asked.person, at)
    if request.method == "POST" and request.POST.get(SURE) == "yes" and not reasons:
        try:
            erase_on_request(
                person=asked.person,
                channel=asked.channel,
                request=asked,
                by=cast(OfficerRequest, request).user,
                at=at,
            )
        except HequanError as error:
            reasons = [str(error)]
        else:
            messages.success(request, gettext("Erased."))
            return HttpResponseRedirect(reverse("web:board-data-requests"))
    tables = [own_rows(table, 0) for table in own_tables(asked.person)]
    context = {"asked": asked, "reasons": reasons, "tables": tables}
    return render(request, "board/protection/erase.html", context)


@needs(Capability.PROTECT_DATA)
@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """List the proofs that what was past its time is gone."""
    return render(request, "board/protection/proofs.html", {"proofs": retention_proofs()})


def _opened(request: HttpRequest, pk: int) -> Any:
    try:
        return data_request_for(request.user, pk, clock.now())
    except NoSuchRequestError:
        raise Http404 from None


def _open_one(request: HttpRequest, pk: int, kinds: tuple[RequestKind, ...]) -> Any:
    asked = _opened(request, pk)
    if asked.state != RequestState.OPEN or asked.kind not in kinds:
        raise Http404
    return asked
