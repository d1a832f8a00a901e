"""Who answers for this? (谁来负责): a matter, a place, a day; the answer with its reasons."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.roster.access import list_for
from hequan.roster.days import beginning_of, day_of
from hequan.roster.errors import ListNotFoundError
from hequan.roster.matters import Catalogue
from hequan.roster.queries import posts_answering_for
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.responsibilities import PartyRole
from hequan.territory import queries as territory
from hequan.territory.access import units_visible
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import needs
from hequan.web.matter_choices import matters_by_class
from hequan.web.numbers import whole_number

SEE = Capability.SEE_ROSTER
SHOWN = 30


class QuestionForm(forms.Form):
    """What is asked: a matter, a place by name or code, a day."""

    matter = forms.ChoiceField(label=_("Matter"))
    place = forms.CharField(
        label=_("Place: name or code of a unit"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(label=_("On the day"), required=False, widget=day_input())

    def __init__(self, catalogue: Catalogue, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["matter"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *matters_by_class(catalogue)]


@dataclass(frozen=True)
class _Places:
    """The units a place names."""

    found: list[Any]
    chosen: Any = None


@needs(SEE)
@require_GET
def answering(request: HttpRequest) -> HttpResponse:
    """Ask who answers for a matter at a place, and show the answer with its reasons."""
    at = clock.now()
    catalogue = catalogue_on(day_of(at))
    sent = request.GET if request.GET.get("matter") else None
    form = QuestionForm(catalogue, sent, initial={"on": day_of(at)})
    context: dict[str, Any] = {"form": form, "matters": catalogue.by_code}
    if sent is not None and form.is_valid():
        context |= _answer(request, form.cleaned_data)
        context["form"] = QuestionForm(catalogue, initial=_asked(context))
    return render(request, "board/responsibilities/answering.html", context)


def _asked(context: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows after an answer: the place and day it was found for."""
    asked: dict[str, Any] = context["asked"]
    place = context["unit"].name if "unit" in context else asked["place"]
    return asked | {"place": place, "on": context.get("on", asked["on"])}


def _answer(request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    places = _places(request, asked["place"])
    if places.chosen is None:
        return {"places": places.found[:SHOWN], "asked": asked}
    on = asked["on"] or day_of(clock.now())
    answer = posts_answering_for(asked["matter"], places.chosen, beginning_of(on))
    return {
        "answer": answer,
        "beside": [one for one in answer.posts if one.role != PartyRole.ANSWERABLE],
        "list_opens": _opens(request, answer.list_id),
        "unit": places.chosen,
        "trail": territory.trail_of(places.chosen),
        "asked": asked,
        "on": on,
        "matter": catalogue_on(on).by_code.get(asked["matter"]),
    }


def _opens(request: HttpRequest, pk: int | None) -> bool:
    """Tell whether whoever asks may open the list that answered."""
    try:
        return pk is not None and bool(list_for(request.user, pk, clock.now()))
    except ListNotFoundError:
        return False


def _places(request: HttpRequest, words: str) -> _Places:
    """Return the unit chosen from a list, or those whose name or code fits."""
    visible = units_visible(request.user, clock.now(), SEE)
    pk = whole_number(request.GET.get("unit"))
    chosen = visible.filter(pk=pk).first() if pk else None
    if chosen is not None or not words:
        return _Places([], chosen)
    found = list(territory.unit_rows(visible & territory.units_matching(words))[: SHOWN + 1])
    exact = [one for one in found if words in (one.name, one.code)] or found
    if len(exact) == 1:
        return _Places(found, visible.filter(pk=exact[0].pk).first())
    return _Places(found)
