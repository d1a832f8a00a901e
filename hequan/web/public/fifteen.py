"""My fifteen minutes (我的十五分钟): which stations I reach from here, and are they open."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.stations.fifteen import Fifteen, Reach, fifteen_minutes_from
from hequan.stations.kinds import OpeningDay, ServiceCategory
from hequan.stations.queries import places_called
from hequan.territory.queries import CommitteeChoice, PlaceFound, committees_for_choice
from hequan.web.public.question import Question, read_question
from hequan.web.public.reach_rows import committee_options, kind_options, rows_of
from hequan.web.words import PROFILE_WORDS, choices

LONGEST_LIST = 200


@dataclass
class Answer:
    """What the page shows: the reaches in two groups, or the places the words may mean."""

    question: Question
    found: Fifteen | None = None
    label: str = ""
    lon: float | None = None
    lat: float | None = None
    places: list[PlaceFound] = field(default_factory=list)
    in_time: list[Reach] = field(default_factory=list)
    others: list[Reach] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Return the place as an address carries it; empty before one is known."""
        return "" if self.lon is None else f"{self.lon:.4f},{self.lat:.4f}"


def answer_to(question: Question) -> Answer:
    """Return the answer; words go before a committee, and a committee before a point.

    A person who types or chooses anew means the new place, and the old one is still in the form.
    """
    answer = Answer(question, label=question.label, lon=question.lon, lat=question.lat)
    if question.words:
        answer.places = list(places_called(question.words).places)
        one = answer.places[0] if len(answer.places) == 1 else None
        _move(answer, (one.lon, one.lat, one.label) if one else None)
    elif question.committee is not None:
        chosen = {c.pk: c for c in committees_for_choice()}.get(question.committee)
        _move(answer, (chosen.lon, chosen.lat, chosen.name) if chosen else None)
    if answer.lon is not None and answer.lat is not None:
        _look_around(answer, answer.lon, answer.lat)
    return answer


def _move(answer: Answer, to: tuple[float, float, str] | None) -> None:
    answer.lon, answer.lat, answer.label = to or (None, None, "")


def _look_around(answer: Answer, lon: float, lat: float) -> None:
    asked = answer.question
    answer.found = fifteen_minutes_from(lon, lat, profile=asked.profile, at=asked.at)
    for reach in answer.found.reaches:
        if not asked.need or any(s.category == asked.need for s in reach.station.services):
            (answer.in_time if reach.in_time else answer.others).append(reach)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the question, and the answer once a place is known."""
    question = read_question(request.GET, clock.now())
    answer = answer_to(question)
    groups = [
        (rows_of(answer.in_time, question.at), gettext("Open when you get there")),
        (rows_of(answer.others, question.at), gettext("Closed when you get there")),
    ]
    context = {"question": question, "answer": answer, "groups": groups}
    return render(request, "public/fifteen.html", context | _choices(question))


def _choices(question: Question) -> dict[str, object]:
    rows = committees_for_choice()
    chosen = None if question.words else question.committee
    return {
        "map_tiles": settings.MAP_TILES_URL,
        "map_tiles_text": settings.MAP_TILES_TEXT,
        "profiles": PROFILE_WORDS.items(),
        "days": kind_options(OpeningDay, question.day, most=7),
        "needs": kind_options(ServiceCategory, question.need),
        "categories": choices(ServiceCategory),
        "committees": committee_options(rows, chosen) if len(rows) <= LONGEST_LIST else "",
        "many_committees": len(rows) > LONGEST_LIST,
    }


@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """List the towns, or the committees of one town, where a single list would be too long."""
    town = request.GET.get("town", "")
    rows = committees_for_choice()
    shown = [row for row in rows if row.town_name == town] if town else []
    context = {"town": town, "towns": towns_of(rows), "rows": shown}
    return render(request, "public/committees.html", context)


def towns_of(rows: list[CommitteeChoice]) -> list[tuple[str, int]]:
    """Return the names of towns with how many committees each has."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.town_name] = counts.get(row.town_name, 0) + 1
    return sorted(counts.items())
