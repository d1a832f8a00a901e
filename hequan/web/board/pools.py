"""Merged staff pools on the board (人员合署): several bodies' staff, one duty table."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.roster import queries
from hequan.roster.access import may, pool_for, pool_member_for, pools_visible
from hequan.roster.actions import begin_pool, end_pool, join_pool, leave_pool
from hequan.roster.places import Place
from hequan.stations.access import stations_visible
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField
from hequan.web.board.roster_acts import (
    EDIT,
    SEE,
    OrganisationField,
    done,
    officer,
    people_finder,
    pressed,
    signed,
    through,
    today,
)


class StationField(forms.ChoiceField):
    """One of the stations an account may edit the roster of; cleaned it is the station."""

    def offer(self, request: HttpRequest, capability: Any = EDIT) -> None:
        """Offer the stations of the parts where this account holds the capability."""
        found = stations_visible(request.user, clock.now(), capability).select_related("unit")
        self.stations = {str(one.pk): one for one in found.order_by("name")[:500]}
        self.choices = [(pk, one.name) for pk, one in self.stations.items()]

    def clean(self, value: Any) -> Any:
        """Return the station."""
        chosen = super().clean(value)
        return self.stations[chosen] if chosen else None


class PoolForm(forms.Form):
    """A new pool."""

    station = StationField(label=_("Station or centre"))
    name = forms.CharField(label=_("Name"), max_length=80)
    begun_on = forms.DateField(label=_("First day"), widget=day_input())


class JoinForm(forms.Form):
    """Who joins a pool, sent by whom."""

    person = PersonField()
    home = OrganisationField(label=_("Sent by"), required=False)
    valid_from = forms.DateField(label=_("First day"), widget=day_input())


@needs(SEE)
@require_http_methods(["GET", "POST"])
def pool_list(request: HttpRequest) -> HttpResponse:
    """List the pools, and begin one."""
    may_edit = bool(paths_granted(request.user, EDIT, clock.now()))
    form = PoolForm(request.POST if may_edit and request.POST else None)
    form.fields["begun_on"].initial = today()
    form.fields["station"].offer(request)  # type: ignore[attr-defined]
    if done(request, form, lambda: _begin(request, form)):
        return HttpResponseRedirect(reverse("web:board-pools"))
    pools = queries.pools_listed(pools_visible(request.user, clock.now()))
    context = {"pools": pools, "form": form, "may_edit": may_edit}
    return render(request, "board/roster/pools.html", context)


def _begin(request: HttpRequest, form: PoolForm) -> None:
    begin_pool(**form.cleaned_data, by=officer(request), at=clock.now())


@needs(SEE)
@require_http_methods(["GET", "POST"])
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is in a pool, by body, and take somebody in."""
    at = clock.now()
    found = through(pool_for, request, pk, at, EDIT if request.method == "POST" else SEE)
    form = JoinForm(request.POST or None, initial={"valid_from": today()})
    form.fields["person"].find = people_finder(request)  # type: ignore[attr-defined]
    by = signed(request)
    if done(request, form, lambda: join_pool(pool=found, **form.cleaned_data, **by)):
        return HttpResponseRedirect(reverse("web:board-pool", args=[pk]))
    context = {
        "pool": found,
        "members": queries.members_of(found),
        "form": form,
        "may_edit": found.ended_on is None and may(request.user, Place.of(found.station), at, EDIT),
    }
    return render(request, "board/roster/pool.html", context)


@needs(EDIT)
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's place in a pool from today on."""
    member = through(pool_member_for, request, pk, clock.now())
    by = signed(request)
    back = reverse("web:board-pool", args=[member.pool_id])
    return pressed(request, lambda: leave_pool(member=member, on=today(), **by), back)


@needs(EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a pool from today on."""
    found = through(pool_for, request, pk, clock.now())
    by = signed(request)
    back = reverse("web:board-pools")
    return pressed(request, lambda: end_pool(pool=found, on=today(), **by), back)
