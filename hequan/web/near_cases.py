"""Open cases nearby of what is to be reported (附近同类工单): shown first, followed by a button."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from hequan.cases.access import cases_visible
from hequan.cases.actions import follow_case
from hequan.cases.asking import Asking
from hequan.cases.errors import NotOpenAnyMoreError
from hequan.cases.queries import NearCase, near_chosen, near_to
from hequan.core import clock
from hequan.core.accounts import Account

Visible = Callable[[], Any]


def nothing_more() -> None:
    """Tell that whoever looks may see what everybody may, and no more."""


def seen_by(request: HttpRequest) -> Visible:
    """Return how to find the cases that the signed-in account may open anyhow."""
    return lambda: cases_visible(request.user, clock.now())


def near_before(
    request: HttpRequest, asking: Asking, may_see: Visible = nothing_more
) -> tuple[NearCase, ...]:
    """Return what is open nearby; nothing once it was looked at, or where one is followed."""
    if request.POST.get("looked") or request.POST.get("follow"):
        return ()
    return near_to(asking, clock.now(), may_see())


def case_followed(request: HttpRequest, asking: Asking, may_see: Visible = nothing_more) -> Any:
    """Return the case that was chosen from the list, None where none was.

    NotOpenAnyMoreError for one that is not on the list any more.
    """
    number = request.POST.get("follow", "")
    if not number:
        return None
    case = near_chosen(asking, number, clock.now(), may_see())
    if case is None:
        raise NotOpenAnyMoreError
    return case


def followed(request: HttpRequest, asking: Asking, by: Account) -> str | None:
    """Follow the case that was chosen from the list; return the link, None where none was.

    Raises what `follow_case` raises; a case that was not on the list counts as no longer open.
    """
    case = case_followed(request, asking)
    if case is None:
        return None
    return follow_case(case=case, asking=asking, by=by, at=clock.now()).link
