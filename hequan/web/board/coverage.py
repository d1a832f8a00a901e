"""Coverage of the town (十五分钟覆盖): who is within reach of a station and who is not."""

from datetime import time
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import is_granted
from hequan.core.kinds import Capability
from hequan.stations import exports, queries
from hequan.stations.access import run_for
from hequan.stations.actions import ask_coverage
from hequan.stations.kinds import OpeningDay, RunState
from hequan.territory.access import top_units, unit_for
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import Level
from hequan.territory.queries import trail_of
from hequan.web.board.coverage_figures import coverage_view
from hequan.web.board.coverage_question import CIRCLE, read_question
from hequan.web.board.day_inputs import time_input
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.numbers import whole_number
from hequan.web.words import word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MeasureForm(forms.Form):
    """At which hour stations and gates count as open."""

    day = forms.ChoiceField(
        label=_("Day of the week"),
        required=False,
        choices=[("", _("Any hour: all stations count")), *((d, word(d)) for d in OpeningDay)],
    )
    hour = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=time_input(),
    )

    def when(self) -> dict[str, Any]:
        """Return weekday and minute of the day, or neither."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if not day:
            return {"day": "", "minute": None}
        return {"day": day, "minute": hour.hour * 60 + hour.minute if hour else 10 * 60}


def _unit(request: HttpRequest, capability: Capability = Capability.SEE_BOARD) -> Any:
    """Return the unit the address names, or where this account's board begins."""
    at = clock.now()
    asked = request.GET.get("unit") or request.POST.get("unit", "")
    if asked:
        try:
            return unit_for(request.user, whole_number(asked) or 0, at, capability)
        except NoSuchUnitError:
            raise Http404 from None
    tops = top_units(request.user, at, capability)
    if not tops:
        raise Http404
    return tops[0]


@needs(Capability.SEE_BOARD)
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Show the newest measurement of a unit, or how to make the first."""
    if not top_units(request.user, clock.now()):
        return render(request, "board/coverage/nothing.html")
    unit = _unit(request)
    newest = next(iter(queries.runs_of(unit.path, limit=1)), None)
    context: dict[str, Any] = {
        "unit": unit,
        "trail": trail_of(unit)[:-1],
        "form": MeasureForm(),
        "waiting": newest is not None and newest.state == RunState.WAITING,
        "may_measure": is_granted(request.user, Capability.RUN_COVERAGE, unit.path, clock.now()),
        "failed": newest if newest is not None and newest.state == RunState.FAILED else None,
    }
    if run := queries.latest_run(unit.path):
        question = read_question(request.GET, unit.level, run.profiles, run.minutes)
        context |= {"run": run, "question": question, "view": coverage_view(run, unit, question)}
        context["hour"] = time(*divmod(run.minute, 60)) if run.minute is not None else None
    return render(request, "board/coverage/page.html", context)


@needs(Capability.RUN_COVERAGE)
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Ask for a new measurement; the worker makes it."""
    unit = _unit(request, Capability.RUN_COVERAGE)
    form = MeasureForm(request.POST)
    officer = cast(OfficerRequest, request).user
    if form.is_valid():
        try:
            ask_coverage(unit=unit, **form.when(), by=officer, at=clock.now())
        except HequanError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Being measured; the figures appear here."))
    return HttpResponseRedirect(f"{reverse('web:board-home')}?unit={unit.pk}")


def _run(request: HttpRequest, pk: int) -> Any:
    try:
        return run_for(request.user, pk, clock.now())
    except HequanError:
        raise Http404 from None


@needs(Capability.SEE_BOARD)
@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the figures as a spreadsheet."""
    run = _run(request, pk)
    answer = HttpResponse(exports.coverage_workbook(run.pk), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="coverage-{run.pk}.xlsx"'
    return answer


@needs(Capability.SEE_BOARD)
@require_GET
def outlines(request: HttpRequest, pk: int, level: str) -> HttpResponse:
    """Answer the units of a level with their shares as GeoJSON, for the map and for download."""
    run = _run(request, pk)
    if level != CIRCLE and level not in set(Level):
        raise Http404
    answer = HttpResponse(
        exports.coverage_geojson(run.pk, level), content_type="application/geo+json"
    )
    if "download" in request.GET:
        name = f"coverage-{run.pk}-{level}.geojson"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Capability.SEE_BOARD)
@require_GET
def gaps(request: HttpRequest, pk: int, profile: str) -> HttpResponse:
    """Answer the gaps of a profile as GeoJSON."""
    run = _run(request, pk)
    if profile not in run.profiles:
        raise Http404
    text = exports.gaps_geojson(run.pk, profile)
    return HttpResponse(text, content_type="application/geo+json")


@needs(Capability.SEE_BOARD)
@require_GET
def chart(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer the shares by part and by age that the chart draws; the page's table says the same."""
    run = _run(request, pk)
    unit = _unit(request)
    row = queries.run_row(run.pk)
    question = read_question(request.GET, unit.level, row.profiles, row.minutes)
    return JsonResponse(coverage_view(row, unit, question).for_chart())
