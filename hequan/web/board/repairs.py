"""The repair desk on the board (物管家): what is to be repaired, one order, a new one of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases.access import case_for
from hequan.cases.actions.repair_desk import save_provider
from hequan.cases.actions.repair_returns import return_repair
from hequan.cases.actions.repairs import move_repair, open_repair
from hequan.cases.errors import CaseError
from hequan.cases.helping import MAY_ASK
from hequan.cases.queries.repairs import (
    own_post,
    prices_on,
    providers_open,
    repair_board,
    repair_told,
    worker_choices,
    worker_named,
)
from hequan.cases.repair_access import (
    leads,
    providers_dispatched,
    repair_for,
    repair_parts,
    repair_photo_for,
)
from hequan.cases.repair_errors import RepairMoveError
from hequan.cases.repairs import RepairMoveName
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.people.access import organisation_for
from hequan.roster.days import day_of
from hequan.web.board.doors import needs
from hequan.web.board.repair_forms import OrderForm, ProviderForm, RepairMoveForm
from hequan.web.board.roster_acts import done, signed
from hequan.web.case_photos import shown
from hequan.web.numbers import whole_number

DO, SEE, DISPATCH = Capability.DO_REPAIRS, Capability.SEE_CASES, Capability.DISPATCH_REPAIRS


@needs(DO, for_organisations=True)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show what one has in hand, may take, has to give out and sees under way."""
    at = clock.now()
    providers = list(providers_dispatched(request.user, at).order_by("organisation__name"))
    found = repair_board(request.user, {one.pk for one in providers}, at)
    may_enter = bool(paths_granted(request.user, DISPATCH, at))
    context = {"board": found, "providers": providers, "may_enter": may_enter}
    return render(request, "board/repairs/board.html", context)


@needs(DISPATCH)
@never_cache
@require_http_methods(["GET", "POST"])
def new_provider(request: HttpRequest) -> HttpResponse:
    """Enter an organisation of one's part as a provider."""
    form = ProviderForm(request.POST or None)

    def enter() -> None:
        asked = form.cleaned_data["organisation"].pk
        body = organisation_for(request.user, asked, clock.now(), DISPATCH)
        save_provider(organisation=body, terms=form.terms(), **signed(request))

    if done(request, form, enter):
        return HttpResponseRedirect(reverse("web:board-repairs"))
    return render(request, "board/repairs/provider.html", {"form": form})


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a repair order of a case."""
    case = _there(case_for, request.user, pk, clock.now())
    may = leads(request.user, case, clock.now())
    if not may or case.state not in MAY_ASK:
        raise Http404
    form = OrderForm(list(providers_open()), request.POST or None)
    if request.method == "POST" and form.is_valid() and (row := _ordered(request, form, case)):
        return HttpResponseRedirect(reverse("web:board-repair", args=[row.pk]))
    return render(request, "board/repairs/new.html", {"form": form, "case": case})


def _ordered(request: HttpRequest, form: OrderForm, case: Any) -> Any:
    told = {"provider": form.provider_chosen(), "words": form.cleaned_data["words"]}
    try:
        return open_repair(case=case, leads=True, **told, **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
        return None


def _there(opened: Any, *args: Any) -> Any:
    try:
        return opened(*args)
    except CaseError:
        raise Http404 from None


@dataclass(frozen=True)
class _AtHand:
    """What the forms of an order let one choose from, read when first asked for."""

    told: Any

    @property
    def repair(self) -> Any:
        """The order itself."""
        return self.told.repair

    @property
    def kinds(self) -> set[str]:
        """Of which kinds it has photos."""
        return {one.kind for one in self.told.photos}

    @cached_property
    def workers(self) -> list[Any]:
        """Who repairs for its provider today."""
        return worker_choices(self.repair.provider, clock.now())

    @cached_property
    def prices(self) -> list[Any]:
        """What is on the price list today."""
        return list(prices_on(self.repair.provider, day_of(clock.now())))

    def post(self, pk: int) -> Any:
        """Return the worker that was chosen."""
        return worker_named(self.repair.provider, pk, clock.now())


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def repair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an order to who works on it or may open its case; make the move a form asks for."""
    found = _there(repair_for, request.user, pk, clock.now())
    parts = repair_parts(request.user, found, clock.now())
    told = repair_told(found, parts, clock.now())
    forms_ = _forms(request, told)
    if request.method == "POST" and _moved(request, found, parts, forms_):
        return _after(request, pk)
    sees_case = _sees_case(request, found)
    context = {"told": told, "repair": found, "forms": forms_, "sees_case": sees_case}
    return render(request, "board/repairs/repair.html", context)


def _sees_case(request: HttpRequest, found: Any) -> bool:
    try:
        case_for(request.user, found.case_id, clock.now(), to_show=False)
    except CaseError:
        return False
    return True


def _forms(request: HttpRequest, told: Any) -> list[RepairMoveForm]:
    at_hand, asked = _AtHand(told), request.POST.get("move", "")
    said = (request.POST, request.FILES)
    return [
        RepairMoveForm(one, at_hand, *said) if one.name == asked else RepairMoveForm(one, at_hand)
        for one in told.moves
    ]


def _moved(request: HttpRequest, found: Any, parts: Any, forms_: Sequence[RepairMoveForm]) -> bool:
    """Make the move; a refusal is told beside its form, which keeps what was entered."""
    asked, current = request.POST.get("move", ""), found.version
    form = next((one for one in forms_ if one.move.name == asked), None)
    if form is None:  # not from where the order stands now, or not for this account
        messages.error(request, str(RepairMoveError(number=found.number)))
        return True
    if not form.is_valid():
        return False
    found.version = whole_number(request.POST.get("version")) or 0
    try:
        _make(request, found, parts, form)
    except HequanError as error:
        form.add_error(None, str(error))
        found.version = current
        return False
    messages.success(request, gettext("Saved."))
    return True


def _make(request: HttpRequest, found: Any, parts: Any, form: RepairMoveForm) -> None:
    given = form.given(own_post(request.user, found, clock.now()))
    said = {"repair": found, "parts": parts, **signed(request)}
    if form.move.name == RepairMoveName.RETURN:
        return_repair(words=given.reason, basis=given.basis, **said)
    else:
        move_repair(name=form.move.name, given=given, **said)


def _after(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to the order, or to the board where it is with others now."""
    try:
        repair_for(request.user, pk, clock.now())
    except CaseError:
        return HttpResponseRedirect(reverse("web:board-repairs"))
    return HttpResponseRedirect(reverse("web:board-repair", args=[pk]))


@login_required
@require_GET
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Show a photo of an order to who may open it; `?small` for the small one."""
    return shown(request, _there(repair_photo_for, request.user, pk, photo, clock.now()))
