"""Teams of micro-grids on the board (微网格力量): gaps by day, one grid's team, a spreadsheet."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from hequan.core import clock
from hequan.core.calendar import SENSIBLE_YEARS
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.roster import queries
from hequan.roster.access import may, parts_for, place_for
from hequan.roster.kinds import TEAM, PlaceKind
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import EDIT, SEE, XLSX, through, today
from hequan.web.numbers import whole_number
from hequan.web.words import word


def day_asked(request: HttpRequest) -> date:
    """Return the day an address asks for, today where it names none."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()
    return asked if asked.year in SENSIBLE_YEARS else today()


@needs(SEE)
@require_GET
def team_list(request: HttpRequest) -> HttpResponse:
    """List micro-grids by committee with who is missing on a day."""
    day, words = day_asked(request), request.GET.get("words", "").strip()
    only_gaps = request.GET.get("gaps") == "1"
    found = queries.teams_on(
        day,
        parts_for(request.user, clock.now(), SEE),
        only_gaps=only_gaps,
        words=words,
        page=whole_number(request.GET.get("page")) or 1,
    )
    context = {
        "teams": found,
        "kinds": [word(kind) for kind in TEAM],
        "totals": list(zip(TEAM, found.present, found.expected, strict=True)),
        "asked": {"day": day, "words": words, "gaps": only_gaps},
    }
    return render(request, "board/roster/teams.html", context)


@needs(SEE)
@require_GET
def team_workbook(request: HttpRequest) -> HttpResponse:
    """Download the teams of a day, or only those with gaps."""
    day, only_gaps = day_asked(request), request.GET.get("gaps") == "1"
    rows = queries.team_rows(day, parts_for(request.user, clock.now(), SEE))
    headers = [gettext("Committee"), gettext("Micro-grid")]
    for kind in TEAM:
        headers += [str(word(kind)), gettext("%s, expected") % word(kind)]
    body: list[list[Any]] = [
        [row.committee, row.name, *(n for pair in _pairs(row) for n in pair)]
        for row in rows
        if row.lacking or not only_gaps
    ]
    sheet = Sheet(gettext("Teams %s") % day.isoformat(), headers, body)
    answer = HttpResponse(workbook_bytes([sheet]), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="teams-{day.isoformat()}.xlsx"'
    return answer


@needs(SEE)
@require_GET
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is in one micro-grid's team on a day."""
    at = clock.now()
    place = through(place_for, request, PlaceKind.UNIT, pk, at, SEE)
    day = day_asked(request)
    rows = queries.team_rows(day, (place.path,))
    context = {
        "place": place,
        "code": queries.code_of(place),
        "row": next((row for row in rows if row.pk == pk), None),
        "posts": queries.posts_at(place, day),
        "kinds": TEAM,
        "day": day,
        "may_edit": may(request.user, place, at, EDIT),
    }
    return render(request, "board/roster/team.html", context)


def _pairs(row: queries.TeamRow) -> list[tuple[int, int]]:
    return list(zip(row.present, row.expected, strict=True))
