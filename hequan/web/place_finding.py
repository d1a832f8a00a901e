"""The place of a report (地点选取): by address, name or first letters, on the map, or "here".

A look-up is sent, never asked by an address, so that no log on the way keeps where somebody is; the
point it gives stands in the form alone until the report is sent. Without scripts the same buttons
send the form, which comes back with what was found.
"""

from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hequan.cases.asking import PLACE_LENGTH
from hequan.cases.queries import PlaceTold, where_lies
from hequan.stations.queries import PlacesCalled, places_called
from hequan.territory.queries import PlaceFound

MOST_SHOWN = 8
_DIGITS = 5  # about a metre
Point = tuple[float, float]


class HereField(forms.CharField):
    """A point on the ground as a hidden entry; cleaned it is longitude and latitude, or None."""

    def __init__(self) -> None:
        """Take nothing, or two numbers; no browser fills it in by itself."""
        widget = forms.HiddenInput(attrs={"autocomplete": "off"})
        label = gettext_lazy("The place sent along")
        super().__init__(label=label, widget=widget, required=False, max_length=60)

    def clean(self, value: Any) -> Any:
        """Tell what is no place on earth: she believes that we know where it is."""
        text = super().clean(value)
        if not text:
            return None
        try:
            lon, lat = map(float, text.split(","))
        except ValueError:
            lon = lat = nan
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise forms.ValidationError(
                gettext("The place sent along could not be read. Choose it once more.")
            )
        return round(lon, _DIGITS), round(lat, _DIGITS)


class _LookUp(forms.Form):
    place_words = forms.CharField(max_length=PLACE_LENGTH, required=False)
    here = HereField()
    pick = HereField()


@dataclass(frozen=True)
class Placing:
    """What a page was asked about a place: words to look up, and the point there is."""

    request: HttpRequest
    words: str = ""
    here: Point | None = None
    is_typed: bool = False  # just now, word by word

    @property
    def is_wanted(self) -> bool:
        """Tell whether the button to look up was pressed, so that finding nothing is told."""
        return "find" in self.request.POST

    @property
    def is_picked(self) -> bool:
        """Tell whether a place was picked, or left out again."""
        return "pick" in self.request.POST

    @property
    def sent(self) -> tuple[Any, ...]:
        """Return what is to be taken in; nothing while only a place is being looked for."""
        if self.is_wanted or self.is_picked:
            return ()
        return self.request.POST or None, self.request.FILES or None

    @cached_property
    def found(self) -> tuple[PlaceFound, ...]:
        """Return the places the words may mean, at most eight, where they are looked up.

        A town, an area or a committee is no point: it is named by the list, or by its own entry.
        """
        if not (self.is_wanted or self.is_typed):
            return ()
        points = [one for one in self._called.places if one.kind != "unit"]
        return tuple(points[:MOST_SHOWN])

    @property
    def photos_are_lost(self) -> bool:
        """Tell whether a browser without scripts sent photos that no form can show again."""
        return bool(self.request.FILES) and not self.sent

    @property
    def choices(self) -> list[tuple[str, PlaceFound]]:
        """Return the places found, each with its point as a form carries it."""
        return [(text_of(one), one) for one in self.found]

    @property
    def named(self) -> str:
        """Return the part of the words that names the places found."""
        return self._called.words

    @cached_property
    def _called(self) -> PlacesCalled:
        return places_called(self.words)

    @cached_property
    def told(self) -> PlaceTold | None:
        """Return where the point lies, None outside the towns served."""
        return where_lies(*self.here) if self.here else None

    @property
    def entered(self) -> dict[str, Any]:
        """Return what the form shows again while a place is being looked for."""
        if self.sent:
            return {}
        typed: dict[str, Any] = self.request.POST.dict()
        if self.here is None or self.told is None:
            return typed | {"here": "", "named": ""}
        typed["here"] = _text_of(self.here)
        if self.is_picked:
            label = self._label_picked
            typed["place_words"] = self.words.replace(self.named, label, 1)[:PLACE_LENGTH]
            typed["named"] = label if label in typed["place_words"] else ""
            typed["committee"] = self.told.committee or ""
        return typed

    @property
    def _label_picked(self) -> str:
        """Return the name of the place picked, instead of what found it."""
        picked = self.request.POST["pick"]
        label = next((one.label for one in self._called.places if text_of(one) == picked), "")
        return label or self.named


def text_of(place: PlaceFound) -> str:
    """Return where a place is as a form carries it."""
    return _text_of((place.lon, place.lat))


def _text_of(point: Point) -> str:
    return f"{point[0]:.{_DIGITS}f},{point[1]:.{_DIGITS}f}"


def placing_in(request: HttpRequest, *, is_typed: bool = False) -> Placing:
    """Return what was asked about a place; what cannot be read counts as not asked."""
    form = _LookUp(request.POST)
    form.is_valid()
    entered = form.cleaned_data
    here = entered.get("pick" if "pick" in request.POST else "here")
    return Placing(request, entered.get("place_words", ""), here, is_typed)


@never_cache
@require_POST
def look_up(request: HttpRequest) -> HttpResponse:
    """Return the places that words may mean, or where a point lies."""
    part = "parts/_place_told.html" if "here" in request.POST else "parts/_places_found.html"
    return render(request, part, {"placing": placing_in(request, is_typed=True)})
