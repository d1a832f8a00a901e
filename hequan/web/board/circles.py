"""Circles over a town (圈): the sets side by side, and one circle with the units it lies over."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import is_granted
from hequan.core.kinds import Capability
from hequan.territory import actions, queries
from hequan.territory.access import circle_for, circle_set_for, unit_for
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import CircleSpeciality, Level
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.numbers import whole_number
from hequan.web.words import choices, word

EDIT = Capability.EDIT_TERRITORY
LAID_OVER = (Level.AREA, Level.COMMITTEE, Level.GRID)


class CircleSetForm(forms.Form):
    """A new way of laying circles over the town."""

    name = forms.CharField(label=_("Name of the set"), max_length=80)


class CircleForm(forms.Form):
    """One circle; its units are ticked beside it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    speciality = forms.ChoiceField(label=_("Speciality"), choices=choices(CircleSpeciality))
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def _door(find: Any, request: HttpRequest, pk: int, capability: Capability) -> Any:
    try:
        return find(request.user, pk, clock.now(), capability)
    except NoSuchUnitError:
        raise Http404 from None


@needs(Capability.SEE_BOARD)
@require_http_methods(["GET", "POST"])
def circles(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sets of circles of a town, and begin another set."""
    town = _door(unit_for, request, pk, EDIT if request.method == "POST" else Capability.SEE_BOARD)
    if town.level != Level.TOWN:
        raise Http404
    form = CircleSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        actions.save_circle_set(town=town, by=officer, at=clock.now(), **form.cleaned_data)
        return _saved(request, town.pk)
    sets = queries.circle_sets_of(town)
    names = queries.names_of(pk for one in sets for circle in one.circles for pk in circle.unit_ids)
    context = {
        "unit": town,
        "sets": [(one, [(c, [names[u] for u in c.unit_ids]) for c in one.circles]) for one in sets],
        "form": form,
        "may_edit": is_granted(request.user, EDIT, town.path, clock.now()),
    }
    return render(request, "board/territory/circles.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a new circle in a set."""
    return _edit(request, _door(circle_set_for, request, pk, EDIT), None)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a circle, or take it off."""
    circle = _door(circle_for, request, pk, EDIT)
    if "remove" in request.POST:
        officer = cast(OfficerRequest, request).user
        actions.remove_circle(circle=circle, by=officer, at=clock.now())
        return _saved(request, circle.circle_set.town_id)
    return _edit(request, circle.circle_set, circle)


def _edit(request: HttpRequest, circle_set: Any, circle: Any) -> HttpResponse:
    fields = CircleForm.base_fields
    initial = {field: getattr(circle, field) for field in fields} if circle else None
    form = CircleForm(request.POST or None, initial=initial)
    if request.method == "POST":
        ticked = {pk for one in request.POST.getlist("unit") if (pk := whole_number(one))}
    else:
        ticked = set(_units_of(circle_set, circle))
    if request.method == "POST" and form.is_valid():
        try:
            _save(cast(OfficerRequest, request), circle_set, circle, form, ticked)
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request, circle_set.town_id)
    context = {
        "form": form,
        "circle": circle,
        "circle_set": circle_set,
        "levels": _offered(circle_set.town, ticked),
    }
    return render(request, "board/territory/circle.html", context)


def _save(request: OfficerRequest, circle_set: Any, circle: Any, form: Any, units: Any) -> None:
    entered = form.cleaned_data
    signed: dict[str, Any] = {"by": request.user, "at": clock.now()}
    actions.save_circle(circle_set=circle_set, circle=circle, units=units, **entered, **signed)


def _units_of(circle_set: Any, circle: Any) -> tuple[int, ...]:
    rows = [row for one in queries.circle_sets_of(circle_set.town) for row in one.circles]
    return next((row.unit_ids for row in rows if circle and row.pk == circle.pk), ())


def _offered(town: Any, ticked: set[int]) -> list[dict[str, Any]]:
    """Return the units of a town level by level, told which are ticked."""
    found = []
    for level in LAID_OVER:
        rows = list(queries.units_below(town, level).values_list("pk", "name", "parent__name"))
        units = [(pk, name, over, pk in ticked) for pk, name, over in rows]
        number = sum(is_ticked for *_rest, is_ticked in units)
        if units:
            found.append({"words": word(level), "units": units, "ticked": number})
    return found


def _saved(request: HttpRequest, town: int) -> HttpResponse:
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-circles", args=[town]))
