"""Queues of cases (工单队列): mine, waiting for dispatch, to verify, late, all open."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hequan.cases.kinds import CaseQueue
from hequan.cases.queries import Queues, queues_of
from hequan.cases.queries.helping import help_waiting
from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.counted_pages import CountedPages
from hequan.web.words import word

PER_PAGE = 25


def may_dispatch(user: object, at: datetime) -> bool:
    """Tell whether an account dispatches cases anywhere."""
    return bool(paths_granted(user, Capability.DISPATCH_CASES, at))


@needs(Capability.SEE_CASES, for_organisations=True)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show one queue, the oldest due first; without a choice the first that holds anything."""
    at = clock.now()
    queues = queues_of(request.user, at)
    counts = queues.counts()
    chosen = _chosen(request.GET.get("queue", ""), counts)
    page = _page(queues, chosen, counts[chosen], request.GET.get("page"))
    context = {
        "queue": chosen,
        "queues": [(one, word(one), counts[one]) for one in CaseQueue],
        "help_asked": help_waiting(queues),
        "may_dispatch": may_dispatch(request.user, at),
        "page": page,
        "lines": queues.lines(page),
    }
    return render(request, "board/cases/queue.html", context)


def _chosen(asked: str, counts: dict[CaseQueue, int]) -> CaseQueue:
    if asked in set(CaseQueue):
        return CaseQueue(asked)
    return next((one for one in CaseQueue if counts[one]), CaseQueue.OPEN)


def _page(queues: Queues, chosen: CaseQueue, count: int, number: str | None) -> Any:
    return CountedPages(queues.keys(chosen), PER_PAGE, count).get_page(number)
