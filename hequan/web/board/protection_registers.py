"""The registers of impact assessments and of breaches on the board (影响评估与安全事件登记)."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people import queries
from hequan.people.actions import (
    AssessmentFacts,
    BreachFacts,
    close_breach,
    save_assessment,
    save_breach,
)
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import AssessmentResult
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices


def _long(label: Any, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=8000, required=required, widget=widget)


def _moment(label: Any, required: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget)


class AssessmentForm(forms.Form):
    """One impact assessment."""

    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = _long(_("What is done with which data, and why"))
    necessity = _long(_("Why it is lawful, fair and needed"))
    risks = _long(_("What it may do to people, and how likely"))
    measures = _long(_("What protects them"))
    result = forms.ChoiceField(label=_("Result"), choices=choices(AssessmentResult))
    made_on = forms.DateField(label=_("Made on"), widget=day_input())
    review_on = forms.DateField(label=_("Review by"), widget=day_input())


class BreachForm(forms.Form):
    """What is known of a breach."""

    title = forms.CharField(label=_("Title"), max_length=120)
    is_drill = forms.BooleanField(label=_("This is a drill"), required=False)
    noticed_at = _moment(_("Noticed"), required=True)
    what = _long(_("What happened, which data"))
    persons = forms.IntegerField(
        label=_("People concerned"), required=False, min_value=0, max_value=2_000_000_000
    )
    has_children = forms.BooleanField(label=_("Children are among them"), required=False)
    measures = _long(_("What was done"), required=False)
    regulator_told_at = _moment(_("Authority told"))
    persons_told_at = _moment(_("People told"))


@needs(Capability.PROTECT_DATA)
@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """List every impact assessment, what is to be reviewed first at the top."""
    context = {"rows": queries.assessments(), "today": timezone.localdate(clock.now())}
    return render(request, "board/protection/assessments.html", context)


@needs(Capability.PROTECT_DATA)
@require_GET
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one impact assessment."""
    try:
        row = queries.assessment(pk)
    except NoSuchRequestError:
        raise Http404 from None
    return render(request, "board/protection/assessment.html", {"row": row})


@needs(Capability.PROTECT_DATA)
@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest) -> HttpResponse:
    """Enter an impact assessment."""
    at = clock.now()
    form = AssessmentForm(request.POST or None, initial={"made_on": timezone.localdate(at)})
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            save_assessment(facts=AssessmentFacts(**form.cleaned_data), by=officer, at=at)
        except HequanError as error:
            form.add_error("review_on", str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-assessments"))
    context = {"form": form, "title": _("New impact assessment"), "back": "web:board-assessments"}
    return render(request, "board/protection/entry.html", context)


@needs(Capability.PROTECT_DATA)
@require_GET
def breaches(request: HttpRequest) -> HttpResponse:
    """List every breach and drill."""
    return render(request, "board/protection/breaches.html", {"rows": queries.breaches()})


@needs(Capability.PROTECT_DATA)
@require_http_methods(["GET", "POST"])
def edit_breach(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a breach, or what is known of it by now."""
    row = _breach(pk) if pk else None
    at = clock.now()
    initial = _initial(row) if row else {"noticed_at": timezone.localtime(at)}
    form = BreachForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            save_breach(breach=row, facts=BreachFacts(**form.cleaned_data), by=officer, at=at)
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-breaches"))
    title = row.title if row else _("New breach or drill")
    context = {"form": form, "title": title, "back": "web:board-breaches", "breach": row}
    return render(request, "board/protection/entry.html", context)


@needs(Capability.PROTECT_DATA)
@require_POST
def end_breach(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a breach."""
    close_breach(breach=_breach(pk), by=cast(OfficerRequest, request).user, at=clock.now())
    messages.success(request, gettext("Closed."))
    return HttpResponseRedirect(reverse("web:board-breaches"))


def _breach(pk: int) -> Any:
    try:
        return queries.breach(pk)
    except NoSuchRequestError:
        raise Http404 from None


def _initial(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in BreachForm.base_fields}
