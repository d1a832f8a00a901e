"""Duplicate people (疑似重复): pairs with reasons, one side by side, mergers and their undoing."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people import queries
from hequan.people.actions import keep_apart, merge_persons, unmerge_persons
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.people import opened

EDIT = Capability.EDIT_PEOPLE
ROWS = 20
FIELDS = (
    ("name", gettext_lazy("Full name")),
    ("phone", gettext_lazy("Telephone")),
    ("born_on", gettext_lazy("Day of birth")),
    ("unit_id", gettext_lazy("Belongs to")),
    ("address", gettext_lazy("Address")),
    ("account_id", gettext_lazy("Account")),
)


@needs(EDIT)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """List pairs that may be one person, the surest first, and the latest mergers."""
    at = clock.now()
    page = Paginator(queries.duplicate_candidates(request.user, at), ROWS)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "pairs": [(_lines(pair, at), pair.likeness) for pair in shown],
        "mergers": queries.mergers_seen(request.user, at),
    }
    return render(request, "board/people/duplicates.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Show two rows side by side; merge them, or note that they are two people."""
    first, second = opened(request, one, EDIT), opened(request, other, EDIT)
    if first.pk == second.pk:
        messages.info(request, gettext("These two are one person already."))
        return HttpResponseRedirect(reverse("web:board-person", args=[first.pk]))
    pair = queries.candidate_of(first, second)
    if request.method == "POST" and _decided(request, pair):
        return HttpResponseRedirect(reverse("web:board-duplicates"))
    lines = _lines(pair, clock.now())
    context = {"lines": lines, "likeness": pair.likeness, "fields": _compared(pair, lines)}
    return render(request, "board/people/duplicate.html", context)


def _decided(request: HttpRequest, pair: queries.Candidate) -> bool:
    """Merge, or keep apart, as the button says; which row stays is the page's choice."""
    officer, at = cast(OfficerRequest, request).user, clock.now()
    try:
        if "apart" in request.POST:
            keep_apart(one=pair.stays, other=pair.goes, by=officer, at=at)
            messages.success(request, gettext("Noted: two people."))
            return True
        winner, loser = pair.stays, pair.goes
        if request.POST.get("stays") == str(pair.goes.pk):
            winner, loser = loser, winner
        chosen = [name for name, _word in FIELDS if request.POST.get(name) == str(loser.pk)]
        reasons = [str(reason) for reason in pair.likeness.reasons]
        merge_persons(
            winner=winner, loser=loser, from_loser=chosen, reasons=reasons, by=officer, at=at
        )
    except HequanError as error:
        messages.error(request, str(error))
        return True
    messages.success(request, gettext("Merged. It can be undone below."))
    return True


@needs(EDIT)
@require_POST
def undo_merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two people again."""
    merger = queries.merger_for(request.user, pk, clock.now())
    if merger is None:
        raise Http404
    try:
        officer = cast(OfficerRequest, request).user
        unmerge_persons(merger=merger, by=officer, at=clock.now())
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Parted again."))
    return HttpResponseRedirect(reverse("web:board-duplicates"))


def _lines(pair: queries.Candidate, at: Any) -> tuple[queries.PersonLine, queries.PersonLine]:
    return queries.person_line(pair.stays, at), queries.person_line(pair.goes, at)


def _compared(
    pair: queries.Candidate, lines: tuple[queries.PersonLine, queries.PersonLine]
) -> list[dict[str, Any]]:
    """Return every field with both values as the page may show them, and which is proposed."""
    rows = []
    for name, word in FIELDS:
        values = [_value(name, line) for line in lines]
        if any(values):
            taken = pair.goes.pk if values[1] and not values[0] else pair.stays.pk
            rows.append({"name": name, "word": word, "values": values, "taken": taken})
    return rows


def _value(name: str, line: queries.PersonLine) -> str:
    shown = {
        "name": line.name,
        "phone": line.phone,
        "born_on": _birth(line),
        "unit_id": line.unit,
        "address": line.address,
        "account_id": gettext("has an account") if line.has_account else "",
    }
    return shown[name]


def _birth(line: queries.PersonLine) -> str:
    if not line.has_birth:
        return ""
    if line.age is None:
        return gettext("under 14")
    return gettext("%(n)s years old") % {"n": line.age}
