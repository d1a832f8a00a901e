"""The way to a station (路线): a sketch that needs no scripts, and how long it takes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.stations.errors import StationNotFoundError
from hequan.stations.fifteen import route_to
from hequan.stations.queries import station_directory
from hequan.territory.queries import landmarks_geojson, street_lines
from hequan.web.public.question import read_question
from hequan.web.public.sketch import Sketch, box_around, draw
from hequan.web.words import PROFILE_WORDS


@require_safe
def route(request: HttpRequest, code: str) -> HttpResponse:
    """Show the way from the place asked for to one station."""
    question = read_question(request.GET, clock.now())
    directory = station_directory()
    try:
        card = directory.with_code(code)
    except StationNotFoundError as error:
        raise Http404(str(error)) from None
    if question.lon is None or question.lat is None:
        raise Http404
    way = route_to(question.lon, question.lat, card.pk, profile=question.profile, at=question.at)
    start = (question.lon, question.lat)
    context = {
        "question": question,
        "station": card,
        "open": directory.open_state(card.pk, question.at),
        "way": way,
        "sketch": sketch_of(start, (card.lon, card.lat), way.line) if way else None,
        "profile": PROFILE_WORDS[question.profile],
    }
    return render(request, "public/route.html", context)


def sketch_of(
    start: tuple[float, float], end: tuple[float, float], line: tuple[tuple[float, float], ...]
) -> Sketch:
    """Return the drawing of a way with the streets and landmarks around it."""
    box = box_around([start, end, *line])
    streets = [street.points for street in street_lines(box, limit=4000)]
    return draw(box, start, end, line, streets, landmarks_geojson(box=box)["features"])
