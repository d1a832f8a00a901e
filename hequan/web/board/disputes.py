"""Mediation on the board (矛盾纠纷调解): one's own records, bringing a dispute, one record.

A record opens to those in it alone; to everybody else, administrators included, it is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases.access import case_for
from hequan.cases.actions.disputes import make_dispute_move, open_dispute, read_dispute
from hequan.cases.dispute_access import dispute_doers, dispute_for
from hequan.cases.dispute_errors import DisputeMoveError, NoSuchDisputeError
from hequan.cases.dispute_kinds import DisputeKind
from hequan.cases.dispute_moves import dispute_moves_of
from hequan.cases.disputes import DisputeFacts
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.queries.disputes import (
    MediatorChoice,
    as_line,
    dispute_counts,
    dispute_lines,
    dispute_told,
    mediator_choices,
    mediators_chosen,
    mediators_of,
)
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.roster.days import day_of
from hequan.territory.queries import units_with_ids
from hequan.web.board.dispute_forms import DisputeForm, DisputeMoveForm
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonFinder, person_finder
from hequan.web.board.roster_acts import officer, signed
from hequan.web.board.unit_field import unit_finder, unit_names
from hequan.web.numbers import whole_number

SEE, HEAD = Capability.SEE_CASES, Capability.SUPERVISE_CASES
PER_PAGE = 25


@dataclass(frozen=True)
class _AtHand:
    """What the forms of a record let one choose from, read when first asked for."""

    request: HttpRequest
    dispute: Any

    @cached_property
    def mediators(self) -> list[MediatorChoice]:
        """Who may be named mediator."""
        return mediator_choices(self.dispute.unit, clock.now())

    @cached_property
    def mediate(self) -> list[int]:
        """Who mediates now."""
        return mediators_of(self.dispute)

    def chosen(self, keys: Sequence[int]) -> Any:
        """Return the accounts named."""
        return mediators_chosen(self.dispute.unit, keys, clock.now())

    @cached_property
    def find_person(self) -> PersonFinder:
        """How a party known here is found."""
        return person_finder(self.request)


@needs(SEE, for_organisations=True)
@never_cache
@require_GET
def disputes(request: HttpRequest) -> HttpResponse:
    """List the records one is in, without a name; heads also read this year's counts."""
    at, closed = clock.now(), request.GET.get("closed") == "1"
    rows = dispute_lines(request.user, at, closed=closed)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    heads = paths_granted(request.user, HEAD, at)
    today = day_of(at)
    since = today.replace(month=1, day=1)
    context = {
        "page": page,
        "lines": [as_line(row, at) for row in page],
        "closed": closed,
        "counts": dispute_counts(heads, since, today) if heads else (),
        "since": since,
    }
    return render(request, "board/disputes/list.html", context)


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a dispute, from a case or by itself."""
    case = _case_asked(request)
    finder = None if case else unit_finder(request, SEE)
    form = DisputeForm(finder, person_finder(request), request.POST or None)
    if request.method == "POST" and form.is_valid() and (row := _brought(request, form, case)):
        return HttpResponseRedirect(reverse("web:board-dispute", args=[row.pk]))
    context = {"form": form, "case": case, "units": () if case else unit_names(request, SEE)}
    return render(request, "board/disputes/new.html", context)


def _case_asked(request: HttpRequest) -> Any:
    """Return the case a dispute is brought from, None for none; 404 for one out of reach."""
    pk = whole_number(request.GET.get("case"))
    if pk is None:
        return None
    try:
        return case_for(request.user, pk, clock.now())
    except NoSuchCaseError:
        raise Http404 from None


def _brought(request: HttpRequest, form: DisputeForm, case: Any) -> Any:
    """Open the record; a refusal is told beside the form."""
    entered = form.cleaned_data
    unit = case.unit if case else units_with_ids([entered["unit"]])[entered["unit"]]
    kind, words = DisputeKind(entered["kind"]), entered["words"]
    facts = DisputeFacts(kind, words, unit, form.parties(), case)
    try:
        row = open_dispute(facts=facts, **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, gettext("Brought: %s") % row.number)
    return row


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record to those in it, the reading recorded; make the move that a form asks for."""
    try:
        found = dispute_for(request.user, pk, clock.now())
    except NoSuchDisputeError:
        raise Http404 from None
    told = dispute_told(found, request.user, clock.now())
    parts = dispute_doers(officer(request), found, clock.now())
    forms_ = _forms(request, found, told, parts)
    if request.method == "POST" and _moved(request, found, parts, forms_):
        return _after(request, pk)
    read_dispute(dispute=found, **signed(request))
    line = as_line(found, clock.now())
    context = {"dispute": found, "told": told, "forms": forms_, "line": line}
    return render(request, "board/disputes/dispute.html", context)


def _forms(request: HttpRequest, found: Any, told: Any, parts: Any) -> list[DisputeMoveForm]:
    """Return the forms of what one may do; the one that was sent holds what was entered."""
    at_hand, asked = _AtHand(request, found), request.POST.get("move", "")
    return [
        DisputeMoveForm(one, told, at_hand, request.POST if one.name == asked else None)
        for one in dispute_moves_of(found.state, parts)
    ]


def _moved(request: HttpRequest, found: Any, parts: Any, forms_: Sequence[DisputeMoveForm]) -> bool:
    """Make the move; a refusal is told beside its form, which keeps what was entered."""
    asked, current = request.POST.get("move", ""), found.version
    form = next((one for one in forms_ if one.move.name == asked), None)
    if form is None:  # not from where the record stands now, or not for this account
        messages.error(request, str(DisputeMoveError(number=found.number)))
        return True
    if not form.is_valid():
        return False
    found.version = whole_number(request.POST.get("version")) or 0
    try:
        given, name = form.given(), form.move.name
        make_dispute_move(dispute=found, name=name, doers=parts, given=given, **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
        found.version = current
        return False
    messages.success(request, gettext("Saved."))
    return True


def _after(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to the record, or to the list where one has just named others and left."""
    try:
        dispute_for(request.user, pk, clock.now())
    except NoSuchDisputeError:
        return HttpResponseRedirect(reverse("web:board-disputes"))
    return HttpResponseRedirect(reverse("web:board-dispute", args=[pk]))
