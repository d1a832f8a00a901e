"""Load and dispatch (岗位在办与批量派单): what waits, who has how much, several given at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hequan.cases.actions.bulk import Ticked, dispatch_many
from hequan.cases.kinds import CaseState
from hequan.cases.queries import line_of
from hequan.cases.queries.load import MOST, WAITING, Load, load_of
from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.territory.queries import units_below
from hequan.web.board.case_figures_question import unit_looked_at
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed
from hequan.web.counted_pages import CountedPages
from hequan.web.numbers import whole_number
from hequan.web.words import word

DISPATCH = Capability.DISPATCH_CASES
PER_PAGE = 25


@needs(DISPATCH)
@never_cache
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Show what waits and the load of each post; give the ticked cases to the chosen post."""
    if request.method == "POST":
        _assign(request)
        return HttpResponseRedirect(request.get_full_path())
    at = clock.now()
    unit = unit_looked_at(request, at, DISPATCH)
    context = _page(request, load_of(request.user, unit, at))
    context["unit"] = unit
    context["below"] = units_below(unit).filter(parent=unit) if unit else ()
    return render(request, "board/cases/load.html", context)


def _page(request: HttpRequest, found: Load) -> dict[str, Any]:
    counts = found.counts()
    asked = request.GET.get("state", "")
    state = CaseState(asked) if asked in set(WAITING) else _first(counts)
    page = CountedPages(found.waiting(state), PER_PAGE, counts[state])
    here, posts = page.get_page(request.GET.get("page")), found.posts()
    return {
        "state": state,
        "states": [(one, word(one), counts[one]) for one in WAITING],
        "page": here,
        "rows": [(line_of(one, found.at), one.version) for one in here],
        "posts": posts[:MOST],
        "has_more_posts": len(posts) > MOST,
        "most": MOST,
    }


def _first(counts: dict[CaseState, int]) -> CaseState:
    return next((one for one in WAITING if counts[one]), CaseState.TRIAGE)


def _assign(request: HttpRequest) -> None:
    """Give what was ticked to the post; what did not go is told case by case."""
    post = whole_number(request.POST.get("post"))
    said = [one.partition(":") for one in request.POST.getlist("case")]
    numbers = [(whole_number(pk), whole_number(version)) for pk, _colon, version in said]
    ticked = [Ticked(pk, version or 0) for pk, version in numbers if pk]
    if post is None or not ticked:
        messages.error(request, gettext("Tick one case or more, and choose a post."))
        return
    fates = dispatch_many(ticked=ticked, post=post, **signed(request))
    went = sum(not one.why_not for one in fates)
    if went:
        said_so = ngettext("%(n)s case assigned.", "%(n)s cases assigned.", went) % {"n": went}
        messages.success(request, said_so)
    for one in fates:
        if one.why_not:
            messages.error(request, f"{one.number} {one.why_not}".strip())
