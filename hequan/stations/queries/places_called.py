"""Places found by what is typed (地点查找): stations, estates, units, homes; first letters too.

Names are looked up in memory; homes, of which there are many, in the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hequan.core.versions import Kept
from hequan.people.initials import title_initials
from hequan.stations.queries.directory import STAMP, station_directory
from hequan.territory.place_words import Fit, are_letters, fit, readings_of, words_in
from hequan.territory.queries import STAMP as TERRITORY_STAMP
from hequan.territory.queries import (
    PlaceFound,
    PlaceName,
    homes_addressed,
    place_names,
    places_named,
    street_names,
)

MOST_STATIONS = 6
MOST_PLACES = 14
_MOST_STREETS = 8
T = TypeVar("T")


@dataclass(frozen=True)
class _Letters:
    """The first letters of every name and of every street, and the stations as places."""

    stations: tuple[tuple[PlaceFound, str, str], ...]  # with first letters and what else holds
    places: tuple[tuple[PlaceName, str], ...]
    streets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlacesCalled:
    """What was found for the part of the words that names a place."""

    words: str
    places: tuple[PlaceFound, ...]


def _build() -> _Letters:
    stations = tuple(
        (
            PlaceFound(card.name, card.lon, card.lat, "station"),
            title_initials(card.name),
            f"{card.address} {card.code} {card.unit_name}",
        )
        for card in station_directory().cards
    )
    places = tuple((one, title_initials(one.name)) for one in place_names())
    return _Letters(stations, places, tuple((one, title_initials(one)) for one in street_names()))


_kept = Kept(_build, STAMP, TERRITORY_STAMP, "calendar")


def places_called(text: str) -> PlacesCalled:
    """Return the stations, estates, units and homes that may be meant, at most twenty.

    What stands behind an address (a floor, a corner) is left out where nothing is found with it,
    then all but the longest name that stands in the text.
    """
    for words in readings_of(text):
        if found := _found(words_in(words)):
            return PlacesCalled(words, tuple(found))
    name = _name_in(text)
    return PlacesCalled(name or text.strip(), tuple(_found(words_in(name))) if name else ())


def _name_in(text: str) -> str:
    """Return the longest name that a text holds: 观澜花园 in 观澜花园北门口; empty for none."""
    known = _kept.get()
    names = [one.label for one, _, _ in known.stations] + [one.name for one, _ in known.places]
    return max((one for one in names if one in text), key=len, default="")


def _found(words: Sequence[str]) -> list[PlaceFound]:
    """Return names before homes, what fits better first; a station before others that fit so."""
    known = _kept.get()
    stations = _best(
        [(fit(words, one.label, letters, more), one) for one, letters, more in known.stations]
    )[:MOST_STATIONS]
    names = _best([(fit(words, one.name, letters), one) for one, letters in known.places])
    fits = {one.label: how for how, one in names} | {one.label: how for how, one in stations}
    named = [one for _how, one in stations] + places_named([one for _, one in names[:MOST_PLACES]])
    homes = _homes(words, known.streets)[: MOST_PLACES - min(len(names), MOST_PLACES)]
    return sorted(named, key=lambda one: -fits[one.label]) + homes


def _best(fits: Sequence[tuple[Fit, T]]) -> list[tuple[Fit, T]]:
    """Return what fits, the best first, else in its own order."""
    return sorted((pair for pair in fits if pair[0]), key=lambda pair: -pair[0])


def _homes(words: Sequence[str], streets: Sequence[tuple[str, str]]) -> list[PlaceFound]:
    """Return homes by address, their street perhaps by its first letters."""
    for word in filter(are_letters, words):
        named = [street for street, letters in streets if letters.startswith(word)]
        if named:
            rest = [one for one in words if one != word]
            return homes_addressed(rest, named[:_MOST_STREETS], limit=MOST_PLACES)
    return homes_addressed(words, limit=MOST_PLACES)
