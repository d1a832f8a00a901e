"""From draft to sheet on the wall (清单检查、比对、发布、打印)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.roster.actions.publishing import discard_draft, end_list, publish_list
from hequan.roster.days import day_of
from hequan.roster.queries.answering import unresolved_parties
from hequan.roster.queries.matters import newest_versions
from hequan.roster.queries.responsibilities import (
    findings_of,
    is_untouched,
    list_facts,
    list_rows,
)
from hequan.roster.responsibilities import ListState, compare_lists
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.responsibilities import EDIT, SEE, grid_context, officer, opened, to_list
from hequan.web.numbers import whole_number

PAPERS = ("a3", "a4")


class PublishForm(forms.Form):
    """From which day a draft is in force, and whether holes are left on purpose."""

    valid_from = forms.DateField(label=_("In force from"), widget=day_input())
    with_holes = forms.BooleanField(
        label=_("Publish with the holes listed here; what is asked there goes to triage."),
        required=False,
    )


class EndForm(forms.Form):
    """From which day a list is no longer in force."""

    on = forms.DateField(label=_("No longer in force from"), widget=day_input())


@needs(SEE)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show holes, doubles and parties that come to nobody; publish a draft from here."""
    sheet = opened(request, pk, EDIT if request.method == "POST" else SEE)
    today = day_of(clock.now())
    form = PublishForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            publish_list(sheet=sheet, by=officer(request), at=clock.now(), **form.cleaned_data)
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Published. This version never changes from now on."))
            return to_list(sheet)
    facts = list_facts(sheet)
    context = grid_context(request, sheet, facts) | {
        "form": form,
        "findings": findings_of(sheet, facts, sheet.valid_from or today),
        "unresolved": unresolved_parties(facts, today),
        "is_untouched": sheet.state == ListState.DRAFT or is_untouched(sheet),
        "ending": EndForm(prefix="end"),
    }
    return render(request, "board/responsibilities/check.html", context)


@needs(SEE)
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs between this version and another of the same unit."""
    sheet = opened(request, pk)
    others = [one for one in list_rows([f"={sheet.unit.path}"]) if one.pk != pk]
    asked = whole_number(request.GET.get("with")) or next(
        (one.pk for one in others if one.version < sheet.version), None
    )
    other = opened(request, asked) if asked else None
    if other is not None and other.unit_id != sheet.unit_id:
        raise Http404
    context = {
        "sheet": sheet,
        "others": others,
        "other": other,
        "found": compare_lists(list_facts(other), list_facts(sheet)) if other else None,
        "names": newest_versions(),
    }
    return render(request, "board/responsibilities/compare.html", context)


@needs(EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a published list end."""
    sheet, form = opened(request, pk, EDIT), EndForm(request.POST, prefix="end")
    try:
        if form.is_valid():
            on = form.cleaned_data["on"]
            end_list(sheet=sheet, on=on, by=officer(request), at=clock.now())
            messages.success(request, gettext("Saved."))
    except HequanError as error:
        messages.error(request, str(error))
    return to_list(sheet)


@needs(EDIT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    sheet = opened(request, pk, EDIT)
    try:
        discard_draft(sheet=sheet, by=officer(request), at=clock.now())
    except HequanError as error:
        messages.error(request, str(error))
        return to_list(sheet)
    messages.success(request, gettext("The draft was thrown away."))
    return HttpResponseRedirect(reverse("web:board-lists"))


@needs(SEE)
@require_GET
def sheet_on_paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Show a list as one sheet to print on A3 or A4."""
    if paper not in PAPERS:
        raise Http404
    sheet = opened(request, pk)
    context: dict[str, Any] = grid_context(request, sheet, list_facts(sheet))
    return render(
        request, "board/responsibilities/paper.html", context | {"paper": paper, "edits": False}
    )
