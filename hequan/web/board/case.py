"""One case on the board (工单): its facts, its clocks, its course, and what one may do with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hequan.cases import queries
from hequan.cases.access import case_for, case_numbered, cases_visible, doers_of, may_see_contact
from hequan.cases.actions import make_any_move, reveal_contact
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.helping import MAY_ASK
from hequan.cases.moves import Doer, MoveName, moves_of
from hequan.cases.queries.helping import tasks_of
from hequan.core import clock, versions
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.territory.queries import units_with_ids
from hequan.web.board.case_beside import beside_case
from hequan.web.board.case_moves import MoveForm
from hequan.web.board.case_public import public_form
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed
from hequan.web.board.unit_field import unit_finder, unit_names
from hequan.web.numbers import whole_number

SEE = Capability.SEE_CASES
LEADS = (Doer.HANDLER, Doer.DISPATCHER)
_WITH_MATTERS = (MoveName.CLASSIFY, MoveName.SPLIT)
_NOT_ON_THE_BOARD = (Doer.ASKER, Doer.FIRST, Doer.CLOCK, Doer.ANOTHER_CASE)


@dataclass(frozen=True)
class AtHand:
    """What the forms of a case let one choose from, read when first asked for."""

    request: HttpRequest
    case: Any

    @cached_property
    def posts(self) -> list[queries.PostChoice]:
        """The posts it may be given to."""
        return queries.post_choices(self.case, clock.now())

    @cached_property
    def find_unit(self) -> Callable[[str], Sequence[Any]]:
        """How a unit is found by name or code."""
        return unit_finder(self.request, SEE)

    def case_numbered(self, number: str) -> Any:
        """Return another case by its number; NoSuchCaseError where the account may not open it."""
        return case_numbered(self.request.user, number, clock.now())

    @staticmethod
    def unit(pk: int | None) -> Any:
        """Return the unit that was found."""
        return units_with_ids([pk])[pk] if pk else None


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
@versions.steady()
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case; make the move that a form of the page asks for."""
    found = _opened(request, pk)
    parts = doers_of(request.user, found, clock.now())
    moves = moves_of(found.state, parts - set(_NOT_ON_THE_BOARD))
    asked, at_hand = request.POST.get("move", ""), AtHand(request, found)
    said = (request.POST, request.FILES)
    sent = next((MoveForm(found, one, at_hand, *said) for one in moves if one.name == asked), None)
    if request.method == "POST" and _moved(request, found, parts, asked, sent):
        return HttpResponseRedirect(reverse("web:board-case", args=[pk]))
    forms_ = [
        sent if sent and one.name == asked else MoveForm(found, one, at_hand) for one in moves
    ]
    return render(request, "board/cases/case.html", _page(request, found, parts, forms_))


def _opened(request: HttpRequest, pk: int) -> Any:
    try:
        return case_for(request.user, pk, clock.now(), to_show=request.method == "GET")
    except NoSuchCaseError:
        raise Http404 from None


def _moved(
    request: HttpRequest, found: Any, parts: frozenset[Doer], asked: str, form: MoveForm | None
) -> bool:
    """Make the move; a refusal, as of a page that is behind, is told on the case as it stands."""
    if form is not None and not form.is_valid():
        return False
    found.version = whole_number(request.POST.get("version")) or 0
    try:
        if asked not in set(MoveName):
            raise Http404
        given = {"given": form.given()} if form else {}
        make_any_move(case=found, name=MoveName(asked), doers=parts, **given, **signed(request))
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved."))
    return True


def _page(
    request: HttpRequest, found: Any, parts: frozenset[Doer], forms_: list[MoveForm]
) -> dict[str, Any]:
    at = clock.now()
    wants_units = any(form.move.name in _WITH_MATTERS for form in forms_)
    joined = queries.joined_of(found)
    return {
        "helps": tasks_of(found, at),
        "may_ask_help": found.state in MAY_ASK and bool(parts & set(LEADS)),
        "case": found,
        "line": queries.line_of(found, at),
        "forms": forms_,
        "shows_contact": may_see_contact(request.user, found, parts),
        "routing": queries.routing_of(found),
        "course": queries.course_of(found),
        "ratings": queries.ratings_of(found),
        "photos": queries.photos_of(found),
        "may_release": Doer.DISPATCHER in parts,
        **_public(found, parts),
        **beside_case(request, found, parts),
        "near": queries.near_open(found, cases_visible(request.user, at), at),
        "hints": () if found.matter or not wants_units else queries.class_hints(found.words, at),
        "may_merge": any(form.move.name == MoveName.MERGE for form in forms_),
        "joined": joined,
        "followers": [(one, may_see_contact(request.user, one, parts)) for one in joined.followers],
        "matters": queries.asked_in(at).asked_for() if wants_units else (),
        "units": unit_names(request, SEE) if wants_units else (),
    }


def _public(found: Any, parts: frozenset[Doer]) -> dict[str, Any]:
    """The form of what everybody may read: for the dispatcher of a case that may be read of."""
    if Doer.DISPATCHER not in parts or found.is_confidential:
        return {}
    released = queries.are_words_released(found)
    return {"public_form": public_form(found), "public_is_released": released}


@needs(SEE, for_organisations=True)
@never_cache
@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the asker's number whole, or a follower's, once; the reading is recorded."""
    found = _opened(request, pk)
    parts = doers_of(request.user, found, clock.now())
    whose = _whose(found, request.POST.get("follower"))
    if whose is None or not may_see_contact(request.user, whose, parts):
        raise Http404
    if not whose.contact_phone:
        raise Http404
    number = reveal_contact(case=whose, **signed(request))
    context = {"case": found, "name": whose.contact_name, "number": number}
    return render(request, "board/cases/contact.html", context)


def _whose(found: Any, follower: str | None) -> Any:
    """Return the case itself, or the one of its followers that was asked for."""
    if follower is None:
        return found
    rows = queries.joined_of(found).followers
    return next((one for one in rows if str(one.pk) == follower), None)
