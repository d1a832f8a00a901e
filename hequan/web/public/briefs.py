"""Stations in brief (站点简介): the part of a station's row that is the same for everybody.

Rendered once per station and language and kept while the station's card is the same object; the
directory makes new cards whenever a station changes. On the page that residents ask most this
saves most of the time a list of stations takes.
"""

from dataclasses import dataclass
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hequan.stations.queries import StationCard

MOST_KEPT = 40_000  # a city's stations in both languages, and room for a change

_kept: dict[tuple[int, str], tuple[StationCard, "Brief"]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Brief:
    """A station's row without minutes and hours, ready for the page."""

    marks: SafeString
    title: SafeString
    about: SafeString
    tags: SafeString


def brief_of(card: StationCard) -> Brief:
    """Return the unchanging parts of a station's row in the language of this request."""
    key = (card.pk, get_language() or "")
    found = _kept.get(key)
    if found is not None and found[0] is card:
        return found[1]
    parts = {
        part: SafeString(render_to_string(f"public/brief/_{part}.html", {"station": card}).strip())
        for part in ("marks", "title", "about", "tags")
    }
    brief = Brief(**parts)
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (card, brief)
    return brief
