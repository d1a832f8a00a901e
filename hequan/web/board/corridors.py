"""Corridors (走廊): spaces of several stations joined into one walk, in their order."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.stations import actions, queries
from hequan.stations.access import corridor_for, space_for, stations_visible
from hequan.stations.errors import StationNotFoundError
from hequan.stations.records import StopRecord
from hequan.territory.access import unit_for, units_visible
from hequan.territory.kinds import Level
from hequan.web.board.doors import OfficerRequest, needs

EDIT = Capability.EDIT_STATIONS
LEVELS = (Level.TOWN, Level.AREA, Level.COMMITTEE)
SPARE = 3
LEAST = 5
MOST_SPACES = 800


class CorridorForm(forms.Form):
    """Name and town of a corridor; its stops stand below."""

    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.TypedChoiceField(label=_("Belongs to"), coerce=int)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, units: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the units this account may put stations in."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class StopForm(forms.Form):
    """One stop: its place in the order, the space, its role there."""

    place = forms.IntegerField(label=_("Order"), required=False, min_value=1, max_value=99)
    space = forms.TypedChoiceField(label=_("Space"), required=False, coerce=int, empty_value=None)
    role = forms.CharField(label=_("Role here"), required=False, max_length=80)

    def __init__(self, spaces: Sequence[tuple[Any, Any]], *args: Any, **kwargs: Any) -> None:
        """Offer the spaces to choose from; none leaves the stop out."""
        super().__init__(*args, **kwargs)
        self.fields["space"].choices = [("", _("none")), *spaces]  # type: ignore[attr-defined]


@needs(Capability.SEE_BOARD)
@require_GET
def corridors(request: HttpRequest) -> HttpResponse:
    """List the corridors of the parts this account sees."""
    at = clock.now()
    seen = paths_granted(request.user, Capability.SEE_BOARD, at)
    editable = [row.pk for row in _in(paths_granted(request.user, EDIT, at))]
    context = {"corridors": _in(seen), "editable": editable, "may_edit": _may(request)}
    return render(request, "board/stations/corridors.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_corridor(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a corridor, change it, or take it off the books."""
    corridor = _opened(request, pk) if pk else None
    officer = cast(OfficerRequest, request)
    if corridor is not None and "remove" in request.POST:
        actions.remove_corridor(corridor=corridor, by=officer.user, at=clock.now())
        return _saved(request)
    form, stops = _forms(request, corridor)
    if request.method == "POST" and all([form.is_valid(), *(stop.is_valid() for stop in stops)]):
        try:
            _save(officer, corridor, form, stops)
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request)
    context = {"form": form, "stops": stops, "corridor": corridor}
    return render(request, "board/stations/corridor.html", context)


def _save(
    request: OfficerRequest, corridor: Any, form: CorridorForm, stops: list[StopForm]
) -> None:
    at, user = clock.now(), request.user
    chosen = [stop.cleaned_data for stop in stops if stop.cleaned_data["space"] is not None]
    chosen.sort(key=lambda stop: stop["place"] or 99)
    for stop in chosen:
        space_for(user, stop["space"], at)
    actions.save_corridor(
        corridor=corridor,
        name=form.cleaned_data["name"],
        unit=unit_for(user, form.cleaned_data["unit"], at, EDIT),
        introduction=form.cleaned_data["introduction"],
        stops=[StopRecord(stop["space"], stop["role"]) for stop in chosen],
        by=user,
        at=at,
    )


def _forms(request: HttpRequest, corridor: Any) -> tuple[CorridorForm, list[StopForm]]:
    sent = request.POST or None
    stops = _stops(corridor) if corridor else ()
    units = units_visible(request.user, clock.now(), EDIT).filter(level__in=LEVELS)
    about = {f: getattr(corridor, f) for f in ("name", "introduction")} if corridor else {}
    if corridor:
        about["unit"] = corridor.unit_id
    form = CorridorForm(list(units.values_list("pk", "name")[:500]), sent, initial=about)
    spaces = _spaces(request)
    rows = [
        {"place": n, "space": stop.space_pk, "role": stop.role}
        for n, stop in enumerate(stops, start=1)
    ]
    number = max(LEAST, len(rows) + SPARE)
    rows += [{"place": n} for n in range(len(rows) + 1, number + 1)]
    return form, [
        StopForm(spaces, sent, initial=row, prefix=f"stop{n}") for n, row in enumerate(rows, 1)
    ]


def _spaces(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the spaces this account may join, under the names of their stations."""
    stations = stations_visible(request.user, clock.now(), EDIT).exclude(spaces=None)
    rows = stations.order_by("name").values_list("spaces__pk", "name", "spaces__name")
    return [(pk, f"{station} · {space}") for pk, station, space in rows[:MOST_SPACES]]


def _in(paths: Sequence[str]) -> Any:
    return queries.corridors_in(paths)


def _stops(corridor: Any) -> Any:
    rows = _in([corridor.unit.path])
    return next((row.stops for row in rows if row.pk == corridor.pk), ())


def _may(request: HttpRequest) -> bool:
    return bool(paths_granted(request.user, EDIT, clock.now()))


def _opened(request: HttpRequest, pk: int) -> Any:
    try:
        return corridor_for(request.user, pk, clock.now())
    except StationNotFoundError:
        raise Http404 from None


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-corridors"))
