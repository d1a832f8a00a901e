"""Mentoring on the board (带教结对): pairs, those without a mentor, meetings, results."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.roster import queries
from hequan.roster.access import may as may_here
from hequan.roster.access import (
    mentoring_for,
    mentorings_visible,
    place_of,
    post_for,
    posts_visible,
)
from hequan.roster.actions import begin_mentoring, choose_mentor, end_mentoring, note_meeting
from hequan.roster.kinds import MentoringResult
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField
from hequan.web.board.roster_acts import (
    EDIT,
    SEE,
    done,
    officer,
    people_finder,
    signed,
    through,
    today,
)
from hequan.web.words import choices

RESULTS = [one for one in choices(MentoringResult) if one[0] != MentoringResult.LEFT]


class PostField(PersonField):
    """Somebody in post; cleaned it is her post."""

    def clean(self, value: Any) -> Any:
        """Return the first of her posts in the list given."""
        person = super().clean(value)
        if person is None:
            return None
        found = self.posts.filter(person=person).order_by("valid_from", "pk").first()
        if found is None:
            raise forms.ValidationError(gettext("%s holds no post here today.") % person.name)
        return found

    def look(self, request: HttpRequest) -> None:
        """Find people with the account's eyes, among the posts it sees."""
        self.find = people_finder(request)
        visible = posts_visible(request.user, clock.now())
        self.posts = queries.posts_in_force(visible, today())


class PairForm(forms.Form):
    """Who helps whom to what."""

    mentor = PostField(label=_("Mentor"))
    learner = PostField(label=_("Learner"))
    goals = forms.CharField(
        label=_("Goals"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the learner is to be able to do."),
    )
    begun_on = forms.DateField(label=_("First day"), widget=day_input())


class MentorForm(forms.Form):
    """Another mentor."""

    mentor = PostField(label=_("Mentor"))


class MeetingForm(forms.Form):
    """A meeting of a pair."""

    held_on = forms.DateField(label=_("Date"), widget=day_input())
    note = forms.CharField(
        label=_("What it was about"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class ResultForm(forms.Form):
    """How a pair ends."""

    on = forms.DateField(label=_("Last day"), widget=day_input())
    result = forms.ChoiceField(label=_("Result"), choices=RESULTS)
    note = forms.CharField(label=_("Remark"), required=False, max_length=400)


@needs(SEE)
@require_GET
def pair_list(request: HttpRequest) -> HttpResponse:
    """List the pairs, those without a mentor first."""
    ended = request.GET.get("ended") == "1"
    pairs = queries.pairs_listed(mentorings_visible(request.user, clock.now()), ended=ended)
    may_edit = bool(paths_granted(request.user, EDIT, clock.now()))
    context = {"pairs": pairs, "ended": ended, "may_edit": may_edit}
    return render(request, "board/roster/pairs.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_pair(request: HttpRequest) -> HttpResponse:
    """Begin a pair."""
    form = PairForm(request.POST or None, initial={"begun_on": today()})
    for name in ("mentor", "learner"):
        form.fields[name].look(request)  # type: ignore[attr-defined]
    if done(request, form, lambda: _begin(request, form)):
        return HttpResponseRedirect(reverse("web:board-mentoring"))
    return render(request, "board/roster/pair_new.html", {"form": form})


def _begin(request: HttpRequest, form: PairForm) -> None:
    learner = form.cleaned_data["learner"]
    through(post_for, request, learner.pk, clock.now())
    begin_mentoring(**form.cleaned_data, by=officer(request), at=clock.now())


@needs(SEE)
@require_GET
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pair, its meetings, and what can be entered."""
    return _pair_page(request, pk)


@needs(EDIT)
@require_POST
def meet(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a meeting."""
    return _entered(request, pk, MeetingForm(request.POST), "meeting", note_meeting)


@needs(EDIT)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """End a pair with its result."""
    return _entered(request, pk, ResultForm(request.POST), "result", end_mentoring)


@needs(EDIT)
@require_POST
def mentor(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another mentor."""
    form = MentorForm(request.POST)
    form.fields["mentor"].look(request)  # type: ignore[attr-defined]
    return _entered(request, pk, form, "choice", choose_mentor)


def _entered(request: HttpRequest, pk: int, form: forms.Form, name: str, act: Any) -> HttpResponse:
    found = through(mentoring_for, request, pk, clock.now())
    by = signed(request)
    if done(request, form, lambda: act(pair=found, **form.cleaned_data, **by)):
        return HttpResponseRedirect(reverse("web:board-pair", args=[pk]))
    return _pair_page(request, pk, **{name: form})


def _pair_page(request: HttpRequest, pk: int, **forms_: forms.Form) -> HttpResponse:
    at = clock.now()
    found = through(mentoring_for, request, pk, at, SEE)
    learner = through(post_for, request, found.learner_id, at, SEE)
    context = {
        "pair": found,
        "place": place_of(learner).name,
        "meetings": queries.meetings_of(found),
        "may_edit": found.ended_on is None and may_here(request.user, place_of(learner), at, EDIT),
        "meeting": MeetingForm(initial={"held_on": today()}),
        "result": ResultForm(initial={"on": today()}),
        "choice": MentorForm(),
        **forms_,
    }
    return render(request, "board/roster/pair.html", context)
