"""Leaves on the board (请假): who is away when and who stands in."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core import clock
from hequan.roster import queries
from hequan.roster.access import leave_for, persons_in_reach
from hequan.roster.actions import enter_leave, withdraw_leave
from hequan.web.board.doors import needs
from hequan.web.board.duty_forms import LeaveForm
from hequan.web.board.roster_acts import (
    EDIT,
    done,
    officer,
    people_finder,
    pressed,
    signed,
    through,
    today,
)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def leaves(request: HttpRequest) -> HttpResponse:
    """List who is away or will be, and enter a leave."""
    form = LeaveForm(request.POST or None, initial={"first_on": today()})
    for name in ("person", "stand_in"):
        form.fields[name].find = people_finder(request)  # type: ignore[attr-defined]
    if done(request, form, lambda: _enter(request, form)):
        return HttpResponseRedirect(reverse("web:board-leaves"))
    reach = persons_in_reach(request.user, clock.now())
    context = {"form": form, "leaves": queries.leaves_of(reach, today())}
    return render(request, "board/roster/leaves.html", context)


def _enter(request: HttpRequest, form: LeaveForm) -> None:
    person = form.cleaned_data["person"]
    reach = persons_in_reach(request.user, clock.now())
    if not reach.filter(pk=person.pk).exists():
        raise Http404
    enter_leave(**form.cleaned_data, by=officer(request), at=clock.now())


@needs(EDIT)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a leave back."""
    leave = through(leave_for, request, pk, clock.now())
    by = signed(request)
    back = reverse("web:board-leaves")
    return pressed(request, lambda: withdraw_leave(leave=leave, **by), back)
