"""The grid worker's phone (网格员手机): today's work, and what a patrol found, reported at once.

What she reports is kept on her phone first and sent from there (js/field-*.js); without scripts the
form goes straight to the town. Who sends is asked again at each sending: a phone that somebody else
has signed in on meanwhile sends nothing in her name.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.cases import queries
from hequan.cases.access import case_for, cases_visible
from hequan.cases.actions import follow_case, open_case
from hequan.cases.asking import Asking
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.kinds import CaseChannel, CaseState
from hequan.cases.queries.field_day import field_day
from hequan.core import clock, versions
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed
from hequan.web.case_forms import new_form_key
from hequan.web.near_cases import case_followed, near_before, seen_by
from hequan.web.place_finding import placing_in
from hequan.web.public.reporting import ReportForm
from hequan.web.templatetags.cases import matter_or_none, since_words
from hequan.web.words import word

SEE = Capability.SEE_CASES
KEPT_FOR = timedelta(days=30)  # on the phone; field-store.js throws away what is older
FRAME: dict[str, Any] = {"kept_days": KEPT_FOR.days, "may_report": True}  # for every field page
NEAR: dict[str, Any] = {"me_too": _("The same: add my words to it"), "for_patrol": True}
_WHO_ASKS = ("contact_name", "contact_phone", "is_confidential")


class PatrolForm(ReportForm):
    """What was found on the way, in the order of one hand: photo, words, place."""

    seen_on = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, at_unit: int | None, *args: Any, **kwargs: Any) -> None:
        """Ask for nothing about who asks: whoever patrols reports it herself."""
        super().__init__([], *args, **kwargs)
        self.at_unit = at_unit
        self.fields["words"].widget.attrs["rows"] = 3
        for name in _WHO_ASKS:
            del self.fields[name]

    def patrol(self) -> Asking:
        """Return what was found as the one window takes it."""
        entered, today = self.cleaned_data, day_of(clock.now())
        chosen = queries.unit_chosen(int(entered["committee"] or 0))
        lon, lat = entered["here"] or (None, None)
        seen = entered["seen_on"]
        return Asking(
            channel=CaseChannel.PATROL,
            words=entered["words"],
            at_unit=self.at_unit or 0,
            matter_code=entered["matter"],
            unit=chosen.pk if chosen else None,
            lon=lon,
            lat=lat,
            place_words=entered["place_words"],
            form_key=entered["form_key"],
            happened_on=seen if seen and today - KEPT_FOR <= seen < today else None,
        )


@needs(SEE, for_organisations=True)
@never_cache
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show today's work; sorting by distance is the phone's own affair."""
    at = clock.now()
    found = {"day": field_day(request.user, at), "at": at} | FRAME
    found["may_report"] = queries.home_unit(request.user, at) is not None
    return render(request, "board/field/today.html", found)


@needs(SEE)
@never_cache
@require_http_methods(["GET", "POST"])
@versions.steady()
def report(request: HttpRequest) -> HttpResponse:
    """Ask what was found; a browser without scripts sends it here, and sees what is open nearby."""
    form = _form(request)
    near: tuple[queries.NearCase, ...] = ()
    if request.method == "POST" and form.is_valid():
        near = near_before(request, form.patrol(), seen_by(request))
        case = None if near else _taken_in(request, form)
        if case is not None:
            messages.success(request, _thanks(request) % {"number": case.number})
            return HttpResponseRedirect(reverse("web:field"))
    found = {"form": form, "placing": placing_in(request), "near": near} | NEAR | FRAME
    return render(request, "board/field/report.html", found)


def _form(request: HttpRequest) -> PatrolForm:
    placing = placing_in(request)
    at_unit = queries.home_unit(request.user, clock.now())
    if at_unit is None:
        raise Http404
    initial = {"form_key": new_form_key()} | placing.entered
    return PatrolForm(at_unit, *placing.sent, initial=initial)


def _thanks(request: HttpRequest) -> str:
    if request.POST.get("follow"):
        return gettext("Your words were added to case %(number)s.")
    return gettext("Taken in as case %(number)s.")


def _taken_in(request: HttpRequest, form: PatrolForm) -> Any:
    """Open the case, or follow the one chosen; None where it is refused, told beside the form."""
    asking, photos = form.patrol(), form.cleaned_data["photos"]
    try:
        same = case_followed(request, asking, seen_by(request))
        if same is not None:
            return follow_case(case=same, asking=asking, **signed(request)).case
        return open_case(asking=asking, photos=photos, **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
    return None


@needs(SEE)
@never_cache
@require_GET
def around(request: HttpRequest) -> HttpResponse:
    """Return what is open around her part; the phone chooses the nearest, and tells no place."""
    at = clock.now()
    unit = queries.home_unit(request.user, at)
    if unit is None:
        raise Http404
    rows = queries.open_around(unit, at, cases_visible(request.user, at))
    metres = rule_value("case.near_metres", day_of(at))
    return JsonResponse({"metres": metres, "open": [_told(one) for one in rows]})


def _told(case: queries.NearCase) -> dict[str, Any]:
    """Return a case as the phone shows it, with what it chooses by."""
    age = gettext("reported %(age)s") % {"age": since_words(case.opened_at)}
    return {
        "number": case.number,
        "code": case.matter.code if case.matter else "",
        "matter": matter_or_none(case.matter),
        "place": case.unit,
        "words": case.words,
        "told": f"{age} · {word(CaseState(case.state))}",
        "lon": case.lon,
        "lat": case.lat,
    }


@needs(SEE)
@never_cache
@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """Tell a phone who is signed in, and what a sending has to carry today."""
    return JsonResponse({"account": str(request.user.pk), "token": get_token(request)})


@needs(SEE)
@never_cache
@require_POST
@versions.steady()
def send(request: HttpRequest) -> HttpResponse:
    """Take in one report of a phone's queue; sent twice it is the same case."""
    if request.POST.get("account") != str(request.user.pk):
        return JsonResponse({"account": str(request.user.pk)}, status=409)
    form = _form(request)
    case = _taken_in(request, form) if form.is_valid() else None
    if case is None:
        return JsonResponse({"refused": _reasons(form)}, status=422)
    told = {"number": case.number, "address": _address(request, case)}
    return JsonResponse(told, status=201)


def _reasons(form: PatrolForm) -> list[str]:
    """Return what is to be mended, each with the name of its entry."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _address(request: HttpRequest, case: Any) -> str:
    """Return the page of the case; empty where it lies beyond what she may open."""
    try:
        case_for(request.user, case.pk, clock.now(), to_show=False)
    except NoSuchCaseError:
        return ""
    return reverse("web:board-case", args=[case.pk])
