"""The duty calendar on the board (值班表): a place's week or month, one duty, weekly duties."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.roster import queries
from hequan.roster.access import (
    may,
    parts_for,
    pattern_for,
    persons_in_reach,
    place_for,
    place_of,
    slot_for,
    slots_visible,
)
from hequan.roster.actions import (
    add_duty,
    add_pattern,
    cancel_duty,
    change_duty,
    end_pattern,
)
from hequan.roster.duty_week import month_of, week_of
from hequan.roster.kinds import PlaceKind
from hequan.roster.places import Place
from hequan.web.board.doors import needs
from hequan.web.board.duty_forms import DutyForm, WeeklyForm
from hequan.web.board.roster_acts import EDIT, SEE, done, officer, pressed, signed, through, today
from hequan.web.board.teams import day_asked

AHEAD = timedelta(days=28)


@needs(SEE)
@require_GET
def duty_home(request: HttpRequest) -> HttpResponse:
    """List the places with duty, and the duty of the next four weeks that nobody does yet."""
    at = clock.now()
    slots = slots_visible(request.user, at)
    words = request.GET.get("words", "").strip()
    reach = persons_in_reach(request.user, at, SEE)
    context = {
        "places": queries.duty_places(
            slots, today(), today() + AHEAD, words, parts_for(request.user, at, SEE)
        ),
        "open": queries.open_duty(slots, today(), today() + AHEAD),
        "leaves": queries.leaves_of(reach, today())[:20],
        "words": words,
    }
    return render(request, "board/roster/duty_home.html", context)


@needs(SEE)
@require_GET
def calendar(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show the week or month of a place, with forms for whoever may edit."""
    return _calendar(request, _place(request, kind, pk))


@needs(EDIT)
@require_POST
def add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Enter one duty at a place."""
    place = _place(request, kind, pk, EDIT)
    people = queries.people_for_duty(place, today())
    form = DutyForm(people, request.POST)
    if done(request, form, lambda: _add(request, place, form)):
        day = form.cleaned_data["day"].isoformat()
        return HttpResponseRedirect(f"{_address(place)}?day={day}")
    return _calendar(request, place, adding=form)


def _add(request: HttpRequest, place: Place, form: DutyForm) -> None:
    starts_at, ends_at = form.moments()
    person, at = form.person_chosen(), clock.now()
    add_duty(
        place=place,
        person=person,
        post=queries.post_of_person_at(person, place, form.cleaned_data["day"]),
        starts_at=starts_at,
        ends_at=ends_at,
        note=form.cleaned_data["note"],
        by=officer(request),
        at=at,
    )


@needs(EDIT)
@require_POST
def add_weekly(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Enter a duty that comes back every week."""
    place = _place(request, kind, pk, EDIT)
    form = WeeklyForm(queries.people_for_duty(place, today()), request.POST)
    if done(request, form, lambda: _add_weekly(request, place, form)):
        return HttpResponseRedirect(_address(place))
    return _calendar(request, place, weekly=form)


def _add_weekly(request: HttpRequest, place: Place, form: WeeklyForm) -> None:
    person = form.person_chosen()
    post = queries.post_of_person_at(person, place, today())
    by = signed(request)
    add_pattern(place=place, duty=form.duty(), person=person, post=post, **by)


@needs(EDIT)
@require_POST
def end_weekly(request: HttpRequest, pk: int) -> HttpResponse:
    """End a weekly duty from tomorrow on."""
    pattern = through(pattern_for, request, pk, clock.now())
    by = signed(request)
    on = today() + timedelta(days=1)
    back = _address(place_of(pattern))
    return pressed(request, lambda: end_pattern(pattern=pattern, on=on, **by), back)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one duty: the person, the time, the note."""
    slot = through(slot_for, request, pk, clock.now())
    place = place_of(slot)
    row = queries.slot_row(slot)
    people = queries.people_for_duty(place, row.day)
    form = DutyForm(people, request.POST or None, initial=_initial(row), also=slot.person)
    if done(request, form, lambda: _change(request, slot, form)):
        return HttpResponseRedirect(f"{_address(place)}?day={row.day.isoformat()}")
    context = {"form": form, "slot": row, "back": _address(place)}
    return render(request, "board/roster/duty_slot.html", context)


def _change(request: HttpRequest, slot: Any, form: DutyForm) -> None:
    starts_at, ends_at = form.moments()
    change_duty(
        slot=slot,
        person=form.person_chosen(),
        starts_at=starts_at,
        ends_at=ends_at,
        note=form.cleaned_data["note"],
        by=officer(request),
        at=clock.now(),
    )


@needs(EDIT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call one duty off."""
    slot = through(slot_for, request, pk, clock.now())
    by = signed(request)
    day = queries.slot_row(slot).day.isoformat()
    back = f"{_address(place_of(slot))}?day={day}"
    return pressed(request, lambda: cancel_duty(slot=slot, **by), back)


def _initial(row: queries.SlotRow) -> dict[str, Any]:
    return {
        "day": row.day,
        "begins": row.starts_at.time(),
        "ends": row.ends_at.time(),
        "person": row.person_pk,
        "note": row.note,
    }


def _place(request: HttpRequest, kind: str, pk: int, capability: Any = SEE) -> Place:
    if kind not in (PlaceKind.UNIT, PlaceKind.STATION):
        raise Http404
    return through(place_for, request, PlaceKind(kind), pk, clock.now(), capability)


def _address(place: Place) -> str:
    return reverse("web:board-duty-place", args=[str(place.kind), place.pk])


def _calendar(request: HttpRequest, place: Place, **forms_: Any) -> HttpResponse:
    day, at = day_asked(request), clock.now()
    by_month = request.GET.get("view") == "month"
    first, until = month_of(day) if by_month else week_of(day)
    slots = queries.duty_between(place, first, until)
    may_edit = may(request.user, place, at, EDIT)
    people = queries.people_for_duty(place, day) if may_edit else ()
    shown = max(today(), first)
    context = {
        "place": place,
        "days": _days(slots, first, until, by_month),
        "first": first,
        "last": until - timedelta(days=1),
        "before": first - timedelta(days=1),
        "after": until,
        "view": "month" if by_month else "week",
        "open_count": sum(not one.person for one in slots),
        "patterns": queries.patterns_of(place, today()),
        "may_edit": may_edit,
        "adding": DutyForm(people, initial={"day": shown}),
        "weekly": WeeklyForm(people, initial={"valid_from": today()}),
        "today": today(),
        **forms_,
    }
    return render(request, "board/roster/duty.html", context)


def _days(
    slots: tuple[queries.SlotRow, ...], first: date, until: date, whole_weeks: bool
) -> list[list[queries.DutyDay]]:
    """The days as rows of seven; a month is filled up with the days beside it."""
    begin = week_of(first)[0] if whole_weeks else first
    end = week_of(until - timedelta(days=1))[1] if whole_weeks else until
    days = [begin + timedelta(days=n) for n in range((end - begin).days)]
    by_day = {one: tuple(row for row in slots if row.day == one) for one in days}
    made = [queries.DutyDay(one, by_day[one], first <= one < until) for one in days]
    return [made[n : n + 7] for n in range(0, len(made), 7)]
