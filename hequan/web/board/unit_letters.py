"""Letters to units (单位反馈): what their members did at a station; a count and words, no score.

A letter is sent to the unit's inbox, where whoever speaks for the unit reads it.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.roster import queries
from hequan.roster.access import place_for
from hequan.roster.actions import send_feedback
from hequan.roster.kinds import PlaceKind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import done, officer, through

SERVE = Capability.ACT_ON_BEHALF


class LetterForm(forms.Form):
    """A letter to one unit about half a year or a year."""

    organisation = forms.ChoiceField(label=_("Unit"))
    first_on = forms.DateField(label=_("From"), widget=day_input())
    until_on = forms.DateField(label=_("Until before"), widget=day_input())
    text = forms.CharField(
        label=_("What its members did here"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,  # a message holds 4000 with what the template adds
        help_text=_("Of all together, not of single people. The number of members is added."),
    )


@needs(SERVE)
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """List the letters of a station, and write one."""
    place = through(place_for, request, PlaceKind.STATION, pk, clock.now(), SERVE)
    station: Any = place.row
    units = queries.units_of_members(station)
    form = LetterForm(request.POST or None)
    form.fields["organisation"].choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]
    if done(request, form, lambda: _send(request, station, form)):
        return HttpResponseRedirect(reverse("web:board-letters", args=[pk]))
    context = {
        "station": station,
        "units": units,
        "letters": queries.letters_of(station),
        "form": form,
    }
    return render(request, "board/roster/letters.html", context)


def _send(request: HttpRequest, station: Any, form: LetterForm) -> None:
    entered = form.cleaned_data
    organisation = queries.organisation_with_id(int(entered["organisation"]))
    days = (entered["first_on"], entered["until_on"])
    send_feedback(
        organisation=organisation,
        station=station,
        first_on=days[0],
        until_on=days[1],
        members=queries.members_between(station, organisation, *days),
        text=entered["text"],
        by=officer(request),
        at=clock.now(),
    )
