"""The three administrators on the board (三员): who they are, and what one of them must decide.

Open to each of the three, and to nobody else: a proposal is decided by another than who made it.
"""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import ADMINISTRATORS, Capability
from hequan.core.sign_in.administrators import (
    administrators,
    decide_role,
    is_administrator,
    open_proposals,
    proposal_with_id,
    propose_role,
)
from hequan.core.sign_in.queries import NoSuchAccountError, account_for
from hequan.web.board.doors import needs
from hequan.web.words import word

_DECISIONS = {"accept": True, "refuse": False}


def needs_office(view: Any) -> Any:
    """Let in the three administrators; others meet 404, visitors the sign-in page."""

    @wraps(view)
    def inner(request: HttpRequest, **named: Any) -> HttpResponse:
        if not is_administrator(request.user, clock.now()):
            raise Http404
        response: HttpResponse = view(request, **named)
        return response

    return login_required(inner)


@needs_office
@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Show who holds the three offices, and what waits for a decision."""
    account: Any = request.user
    found = {
        "held": [(who, word(office)) for who, office in administrators(clock.now())],
        "proposals": [
            (one, word(Capability(one.capability)), _may_decide(account.pk, one))
            for one in open_proposals()
        ],
    }
    return render(request, "board/accounts/offices.html", found)


@needs(Capability.ADMINISTER_SECURITY)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that an account take up an office or lay it down."""
    by: Any = request.user
    wanted, is_end = request.POST.get("office", ""), "end" in request.POST
    if wanted not in ADMINISTRATORS:
        raise Http404
    try:
        account = account_for(by, pk, clock.now())
        office = Capability(wanted)
        propose_role(account=account, capability=office, is_end=is_end, by=by, at=clock.now())
    except NoSuchAccountError:
        raise Http404 from None
    except HequanError as error:
        messages.error(request, str(error))
        return redirect("web:board-account", pk)
    messages.success(request, _("Proposed. Another of the three administrators decides."))
    return redirect("web:board-offices")


@needs_office
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse a proposal."""
    by: Any = request.user
    proposal = proposal_with_id(pk)
    if proposal is None:
        raise Http404
    accept = _DECISIONS.get(request.POST.get("decision", ""))
    if accept is None:
        messages.error(request, _("Nothing was decided: choose to accept or to refuse."))
        return redirect("web:board-offices")
    try:
        decide_role(proposal=proposal, accept=accept, by=by, at=clock.now())
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Accepted.") if accept else _("Refused."))
    return redirect("web:board-offices")


def _may_decide(account_pk: int, proposal: Any) -> bool:
    return account_pk not in (proposal.proposed_by_id, proposal.account_id)
