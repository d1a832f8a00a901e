"""Figures of cases on the board (办件指标): the table, the cases behind each number, a workbook.

For officers only. Posts, each of which one person holds, are shown to whoever supervises them, by
place, with their load and their clocks: without shares, scores or judgements, and in no download.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hequan.cases.figures import FIGURES, OF_A_POST, Counted, Dimension, FigureName, WeightedSet
from hequan.cases.queries.figures import (
    FigureRow,
    cases_behind,
    figured,
    figures_of,
    weighted_sets,
)
from hequan.core.kinds import Capability
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.matters import MatterRow
from hequan.web.board.case_figures_question import FigureQuestion, figure_question
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import XLSX
from hequan.web.templatetags.responsibilities import matter_name
from hequan.web.words import word

PER_PAGE = 25


@dataclass(frozen=True)
class FigureCell:
    """A figure of a row, with the addresses of its cases."""

    name: FigureName
    told: Counted
    count_address: str
    of_address: str


@dataclass(frozen=True)
class FigureLine:
    """A row of the table as the page shows it."""

    title: str
    unit: int | None
    cells: tuple[FigureCell, ...]
    score: float | None


@needs(Capability.SEE_CASES)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a span of days, as of a day, by one dimension."""
    question = figure_question(request)
    chosen = _weights(question)
    table = figures_of(question.wanted, chosen)
    context = {
        "question": question,
        "names": shown_figures(question),
        "lines": [_line(row, question) for row in table.rows],
        "total": _line(table.total, question),
        "weights": chosen,
        "of_posts": question.wanted.by == Dimension.POST,
        "dimensions": [(one, word(one)) for one in _dimensions(question)],
        "above": _above(question),
    }
    return render(request, "board/cases/figures.html", context)


def _dimensions(question: FigureQuestion) -> list[Dimension]:
    return [one for one in Dimension if one != Dimension.POST or question.may_see_posts]


def shown_figures(question: FigureQuestion) -> tuple[FigureName, ...]:
    """Return the figures a table shows: of posts only what evens out the work."""
    if question.wanted.by == Dimension.POST:
        return OF_A_POST
    return tuple(one.name for one in FIGURES)


def _weights(question: FigureQuestion) -> WeightedSet | None:
    """Return the set of the day as of which it is counted; posts get no score."""
    if question.wanted.by == Dimension.POST:
        return None
    found = weighted_sets(day_of(question.wanted.now))
    return found[0] if found else None


def _above(question: FigureQuestion) -> int | None:
    """Return the unit above the one looked at, where the account may look at it."""
    unit = question.wanted.unit
    if unit is None or unit.parent_id is None:
        return None
    path = unit.path.removesuffix(f"{unit.pk}/")
    seen = any(path.startswith(part) for part in question.wanted.paths)
    parent: int = unit.parent_id
    return parent if seen else None


def _line(row: FigureRow, question: FigureQuestion) -> FigureLine:
    def cell(name: FigureName) -> FigureCell:
        asked = {"figure": name, "row": row.key}
        told = row.figures[name]
        return FigureCell(
            name, told, question.address(**asked), question.address(**asked, part="of")
        )

    cells = tuple(cell(name) for name in shown_figures(question))
    return FigureLine(row_title(row, question), row.unit, cells, row.score)


def row_title(row: FigureRow, question: FigureQuestion) -> str:
    """Return what a row is called."""
    if not row.key:
        return gettext("All")
    if isinstance(row.thing, MatterRow):
        return f"{matter_name(row.thing)} {row.thing.code}"
    if row.thing is None:
        return str(_NOTHING[question.wanted.by])
    if question.wanted.by == Dimension.UNIT:
        return row.thing if row.unit else gettext("%s, in no smaller unit") % row.thing
    kind = str(word(PostKind(row.thing)))
    return f"{row.name} · {kind}" if row.name else kind


_NOTHING: Mapping[Dimension, Promise] = {
    Dimension.CLASS: _("not determined yet"),
    Dimension.MATTER: _("not determined yet"),
    Dimension.UNIT: _("no unit"),
    Dimension.POST_KIND: _("no post"),
    Dimension.POST: _("no post"),
}


@needs(Capability.SEE_CASES)
@require_GET
def figure_cases(request: HttpRequest) -> HttpResponse:
    """List exactly the cases behind a number of the table."""
    question = figure_question(request)
    name, key = request.GET.get("figure", ""), request.GET.get("row", "")
    if name not in set(shown_figures(question)):
        raise Http404
    is_of = request.GET.get("part") == "of"
    rows = cases_behind(question.wanted, FigureName(name), is_of=is_of, key=key)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "figure": FigureName(name),
        "is_of": is_of,
        "page": page,
        "cases": figured(page.object_list, question.wanted.now),  # type: ignore[arg-type]
        "back": question.address(),
    }
    return render(request, "board/cases/figure_cases.html", context)


@needs(Capability.SEE_CASES)
@require_GET
def figure_workbook(request: HttpRequest) -> HttpResponse:
    """Download the table; single posts are in none."""
    question = figure_question(request)
    if question.wanted.by == Dimension.POST:
        raise Http404
    chosen = _weights(question)
    table = figures_of(question.wanted, chosen)
    names = shown_figures(question)
    headers = [str(word(question.wanted.by))]
    for name in names:
        headers += _headings(str(word(name)))
    headers.append(gettext("Points"))
    body = [_cells(row, row_title(row, question), names) for row in (*table.rows, table.total)]
    title = gettext("Figures %s") % question.as_of.isoformat()
    answer = HttpResponse(workbook_bytes([Sheet(title, headers, body)]), content_type=XLSX)
    file_name = f"case-figures-{question.as_of.isoformat()}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _headings(name: str) -> list[str]:
    return [name, gettext("%s, of") % name, gettext("%s, share") % name]


def _cells(row: FigureRow, title: str, names: Sequence[FigureName]) -> list[Any]:
    told: Mapping[FigureName, Counted] = row.figures
    cells: list[Any] = [title]
    for name in names:
        share = told[name].share
        cells += [told[name].count, told[name].of, None if share is None else round(share, 4)]
    return [*cells, None if row.score is None else round(row.score, 2)]
