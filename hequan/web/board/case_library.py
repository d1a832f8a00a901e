"""The case library on the board (案例库): search, one write-up, writing, reviewing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases.access import case_for, doers_of
from hequan.cases.actions.library import (
    WRITE_UP_WORDS,
    WriteUpFacts,
    approve_write_up,
    send_back_write_up,
    withdraw_write_up,
    write_up_case,
)
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.library import WriteUpState
from hequan.cases.library_access import may_review, to_review, write_up_for
from hequan.cases.library_errors import NoSuchWriteUpError
from hequan.cases.queries import asked_in
from hequan.cases.queries.library import (
    published_write_ups,
    write_up_line,
    write_up_of,
    write_ups_found,
)
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.roster.matters import kinds_of_place
from hequan.territory.kinds import EstateType, ZoneKind
from hequan.web.asked_words import asked_words
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed
from hequan.web.numbers import whole_number
from hequan.web.templatetags.responsibilities import matter_name
from hequan.web.words import choices

SEE, REVIEW = Capability.SEE_CASES, Capability.DISPATCH_CASES
PER_PAGE = 20


def _text(label: Any, hint: Any) -> forms.CharField:
    attrs = {"rows": 4}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(label=label, max_length=WRITE_UP_WORDS, help_text=hint, widget=widget)


class WriteUpForm(forms.Form):
    """What is written of a case."""

    title = forms.CharField(label=_("Title of the write-up"), max_length=80)
    problem = _text(_("What it was"), _("No names, no house numbers, no telephone numbers."))
    deed = _text(_("How it was handled"), _("Step by step, who with whom: posts, not persons."))
    key = _text(_("What made it work"), _("What somebody elsewhere should know."))
    place_kind = forms.ChoiceField(label=_("Kind of place"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of place."""
        super().__init__(*args, **kwargs)
        kinds = [*choices(ZoneKind), *choices(EstateType)]
        self.fields["place_kind"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]


@needs(SEE, for_organisations=True)
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Show what fits the words and the class, the best first; without words the newest."""
    at, words, code = clock.now(), asked_words(request, "q"), request.GET.get("class", "")
    classes = _classes(at)
    code = code if code in dict(classes) else ""
    found = write_ups_found(words, code) if words else published_write_ups(code)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": words,
        "code": code,
        "classes": classes,
        "page": page,
        "lines": [write_up_line(row, at) for row in page],
        "waiting": to_review(request.user, at).count(),
    }
    return render(request, "board/library/list.html", context)


def _classes(at: Any) -> list[tuple[str, str]]:
    known = asked_in(at).by_code
    return [(code, matter_name(row)) for code, row in sorted(known.items()) if row.is_class]


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def write_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a write-up; approve it, send it back or withdraw it."""
    at = clock.now()
    try:
        found = write_up_for(request.user, pk, at)
    except NoSuchWriteUpError:
        raise Http404 from None
    if request.method == "POST":
        return _decided(request, found)
    reviews, own = may_review(request.user, found, at), found.author_id == request.user.pk
    context = {
        "row": found,
        "line": write_up_line(found, at),
        "may_review": reviews and found.state == WriteUpState.IN_REVIEW,
        "may_withdraw": (reviews or own) and found.state != WriteUpState.WITHDRAWN,
        "may_edit": own and found.state != WriteUpState.PUBLISHED,
        "place_kinds": [found.place_kind] if found.place_kind else [],
        "opens_case": _may_open(request, found.case_id),
    }
    return render(request, "board/library/write_up.html", context)


def _may_open(request: HttpRequest, pk: int) -> bool:
    try:
        case_for(request.user, pk, clock.now())
    except NoSuchCaseError:
        return False
    return True


def _decided(request: HttpRequest, found: Any) -> HttpResponse:
    """Do what a button asks for; a refusal is told on the page."""
    reviews, own = may_review(request.user, found, clock.now()), found.author_id == request.user.pk
    told = {"write_up": found, **signed(request)}
    reason = request.POST.get("reason", "").replace("\0", "")
    acts: dict[str, tuple[bool, Callable[[], object]]] = {
        "approve": (reviews, lambda: approve_write_up(**told)),
        "send_back": (reviews, lambda: send_back_write_up(**told, reason=reason)),
        "withdraw": (reviews or own, lambda: withdraw_write_up(**told, reason=reason)),
    }
    allowed, act = acts.get(request.POST.get("do", ""), (False, lambda: None))
    if not allowed:
        raise Http404
    found.version = whole_number(request.POST.get("version")) or 0
    try:
        act()
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-write-up", args=[found.pk]))


@needs(SEE, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a closed case up, or one's own write-up anew: for its handler and its dispatcher."""
    at = clock.now()
    try:
        case = case_for(request.user, pk, at)
    except NoSuchCaseError:
        raise Http404 from None
    there = write_up_of(case)
    if there is not None and there.author_id != getattr(request.user, "pk", None):
        raise Http404
    form = WriteUpForm(request.POST or None, initial=_initial(case, there))
    if request.method == "POST" and form.is_valid() and (saved := _written(request, case, form)):
        return HttpResponseRedirect(reverse("web:board-write-up", args=[saved.pk]))
    context = {"form": form, "case": case, "version": there.version if there else 0}
    return render(request, "board/library/write.html", context)


def _initial(case: Any, there: Any) -> dict[str, Any]:
    if there is not None:
        return {name: getattr(there, name) for name in WriteUpForm.base_fields}
    kinds = kinds_of_place(case.unit.zone_kind, case.unit.estate_type)
    return {"place_kind": kinds[0] if kinds else ""}


def _written(request: HttpRequest, case: Any, form: WriteUpForm) -> Any:
    """Hand it in for review; a refusal is told beside the form."""
    parts = doers_of(request.user, case, clock.now())
    version = whole_number(request.POST.get("version")) or 0
    facts = WriteUpFacts(**form.cleaned_data)
    try:
        row = write_up_case(case=case, facts=facts, doers=parts, version=version, **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, gettext("Handed in for review."))
    return row


@needs(REVIEW)
@never_cache
@require_GET
def review_queue(request: HttpRequest) -> HttpResponse:
    """List what waits for review by somebody else than its author."""
    at = clock.now()
    page = Paginator(to_review(request.user, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [write_up_line(row, at) for row in page]}
    return render(request, "board/library/review.html", context)
