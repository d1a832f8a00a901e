"""Posts on the board (岗位): who holds what where; appointing, ending, handing over."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.people.queries import person_with_id
from hequan.roster import queries
from hequan.roster.access import may, place_of, post_for, posts_visible
from hequan.roster.actions import appoint_post, end_post, hand_over_post
from hequan.roster.kinds import PostKind
from hequan.roster.post_capabilities import capabilities_of_kind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField
from hequan.web.board.roster_acts import (
    EDIT,
    SEE,
    PlaceField,
    done,
    people_finder,
    place_finder,
    signed,
    through,
    today,
)
from hequan.web.numbers import whole_number
from hequan.web.words import choices


class AppointForm(forms.Form):
    """Who gets which post where, from when."""

    person = PersonField()
    kind = forms.ChoiceField(label=_("Post"), choices=choices(PostKind))
    place = PlaceField()
    title = forms.CharField(label=_("Called"), max_length=64, required=False)
    valid_from = forms.DateField(label=_("First day"), widget=day_input())
    valid_to = forms.DateField(label=_("First day without it"), required=False, widget=day_input())

    def __init__(self, request: HttpRequest) -> None:
        """Find people and places with the account's own eyes."""
        asked = {k: request.GET.get(k, "") for k in ("person", "kind", "place")}
        super().__init__(request.POST or None, initial=asked | {"valid_from": today()})
        self.fields["person"].find = people_finder(request)  # type: ignore[attr-defined]
        self.fields["place"].find = place_finder(request)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what was entered."""
        return self.cleaned_data | {"kind": PostKind(self.cleaned_data["kind"])}


class EndForm(forms.Form):
    """From which day somebody no longer holds a post."""

    on = forms.DateField(label=_("First day without it"), widget=day_input())


class HandOverForm(forms.Form):
    """Who takes a post over, and from when."""

    person = PersonField(label=_("Who takes over"))
    on = forms.DateField(label=_("First day in post"), widget=day_input())


@needs(SEE, for_organisations=True)
@require_GET
def post_list(request: HttpRequest) -> HttpResponse:
    """List the posts held today, or ever, in the parts this account sees."""
    asked = {k: request.GET.get(k, "").strip() for k in ("words", "kind", "when")}
    found = queries.posts_listed(
        posts_visible(request.user, clock.now()),
        on=None if asked["when"] == "ever" else today(),
        kind=asked["kind"],
        words=asked["words"],
        page=whole_number(request.GET.get("page")) or 1,
    )
    context = {
        "found": found,
        "asked": asked,
        "kinds": choices(PostKind),
        "may_edit": bool(paths_granted(request.user, EDIT, clock.now())),
    }
    return render(request, "board/roster/posts.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """Give somebody a post."""
    form = AppointForm(request)
    by = signed(request)
    if done(request, form, lambda: appoint_post(**form.facts(), **by)):
        return HttpResponseRedirect(reverse("web:board-posts"))
    context = {"form": form, "places": queries.place_names(request.user, clock.now(), EDIT)}
    return render(request, "board/roster/appoint.html", context)


@needs(SEE, for_organisations=True)
@require_GET
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a post, what it allows and what hangs on it."""
    return _post_page(request, pk)


@needs(EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post without an heir."""
    post = through(post_for, request, pk, clock.now())
    form = EndForm(request.POST)
    by = signed(request)
    if done(request, form, lambda: end_post(post=post, on=form.cleaned_data["on"], **by)):
        return HttpResponseRedirect(reverse("web:board-post", args=[pk]))
    return _post_page(request, pk, ending=form)


@needs(EDIT)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a post over to somebody else, with all open work."""
    post = through(post_for, request, pk, clock.now())
    form = HandOverForm(request.POST)
    form.fields["person"].find = people_finder(request)  # type: ignore[attr-defined]
    by = signed(request)
    if done(request, form, lambda: hand_over_post(post=post, **form.cleaned_data, **by)):
        return HttpResponseRedirect(reverse("web:board-posts"))
    return _post_page(request, pk, handing=form)


def _post_page(request: HttpRequest, pk: int, **forms_: forms.Form) -> HttpResponse:
    at = clock.now()
    post = through(post_for, request, pk, at, SEE)
    person = person_with_id(post.person_id)
    running = post.valid_to is None or post.valid_to > today()
    context = {
        "post": queries.post_row(post),
        "running": running,
        "capabilities": sorted(capabilities_of_kind(post.kind)),
        "open_work": queries.open_work_of(post, at),
        "others": [row for row in queries.posts_of_person(person) if row.pk != pk]
        if person
        else [],
        "may_edit": running and may(request.user, place_of(post), at, EDIT),
        "ending": EndForm(),
        "handing": HandOverForm(),
        **forms_,
    }
    return render(request, "board/roster/post.html", context)
