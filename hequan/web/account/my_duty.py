"""My duty (我的值班): what I am on for, and a secret address for the calendar in my phone."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.people.queries import person_of
from hequan.roster import queries
from hequan.roster.actions import end_feed, make_feed
from hequan.roster.actions.duty_feeds import hash_of
from hequan.roster.days import day_of
from hequan.roster.duty_calendar import CalendarDuty, duty_calendar

BACK, AHEAD = timedelta(days=28), timedelta(days=90)
_TOKEN = "duty_feed"  # noqa: S105 - where the new address is kept until it is shown


@login_required
@never_cache
@require_GET
def my_duty(request: HttpRequest) -> HttpResponse:
    """Show my posts, my duty of the coming weeks, and my calendar's address."""
    person = person_of(request.user)
    today = day_of(clock.now())
    token = request.session.pop(_TOKEN, "")
    address = reverse("web:duty-feed", args=[token]) if token else ""
    context = {
        "person": person,
        "posts": queries.posts_of_person(person, today) if person else (),
        "duties": queries.duty_of_person(person, today, today + AHEAD) if person else (),
        "has_feed": person is not None and queries.feed_exists(person),
        "address": request.build_absolute_uri(address) if address else "",
    }
    return render(request, "account/duty.html", context)


@login_required
@require_POST
def new_address(request: HttpRequest) -> HttpResponse:
    """Make a new address for my calendar; the old one ends."""
    person = person_of(request.user)
    if person is None or not isinstance(request.user, Account):
        raise Http404
    request.session[_TOKEN] = make_feed(person=person, by=request.user, at=clock.now())
    return HttpResponseRedirect(reverse("web:my-duty"))


@login_required
@require_POST
def no_address(request: HttpRequest) -> HttpResponse:
    """Take my calendar's address away."""
    person = person_of(request.user)
    if person is None or not isinstance(request.user, Account):
        raise Http404
    end_feed(person=person, by=request.user, at=clock.now())
    return HttpResponseRedirect(reverse("web:my-duty"))


@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program with the duty behind a secret address; 404 for any other."""
    person = queries.person_of_feed(hash_of(token))
    if person is None:
        raise Http404
    at = clock.now()
    today = day_of(at)
    rows = queries.duty_of_person(person, today - BACK, today + AHEAD)
    duties = [
        CalendarDuty(
            uid=f"duty-{row.pk}@hequan",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            title=gettext("On duty: %s") % row.place,
            place=row.place,
        )
        for row in rows
    ]
    text = duty_calendar(gettext("My duty"), duties, at)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
