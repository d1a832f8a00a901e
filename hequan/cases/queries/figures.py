"""Figures (指标统计): counted from how cases stood at a moment, one grouped query for a table.

Everything is told from steps and ratings up to that moment, so the figures of last month asked
today are those asked then. Where a case lay and what it was about are of that moment too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from hequan.cases.figures import (
    BY_NAME,
    FIGURES,
    PREFIX,
    Clock,
    Counted,
    Dimension,
    Fact,
    FigureName,
    Judged,
    Stood,
    WeightedSet,
    facts_of,
    weighted_set,
)
from hequan.cases.kinds import CaseState, ClockKind
from hequan.cases.models import CaseStep
from hequan.cases.queries.figure_facts import CLOCKS, fact_filters, missed_before, stood_at
from hequan.cases.queries.status import matter_row
from hequan.core.grants import EVERYWHERE, inside
from hequan.core.rule_values import rule_values
from hequan.roster.days import day_of
from hequan.roster.matters import MatterRow, class_code_of
from hequan.roster.models import Matter, Post
from hequan.roster.queries.matters import catalogue_on, newest_versions
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in

NONE = "none"
_GROUPED_BY = {
    Dimension.CLASS: "matter",
    Dimension.MATTER: "matter",
    Dimension.UNIT: "unit",
    Dimension.POST_KIND: "post__kind",
    Dimension.POST: "post",
}


@dataclass(frozen=True)
class Wanted:
    """Which figures: of cases opened in a span of days, as they stood at a moment.

    `paths` are the parts of the territory the reader may look at; `unit` one unit in them, None
    for all of them. Days are inclusive.
    """

    since: date
    until: date
    now: datetime
    paths: tuple[str, ...]
    unit: Unit | None
    by: Dimension = Dimension.UNIT


@dataclass(frozen=True)
class FigureRow:
    """One row; `thing` is a unit's or place's name, a matter, a kind of post, or None for none.

    `name` is the holder of a post. `unit` is a smaller unit one may look at next.
    """

    key: str
    thing: MatterRow | str | None
    figures: Mapping[FigureName, Counted]
    score: float | None = None
    name: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class FigureTable:
    """The rows in the order of their names and places, never of their figures; and their sum."""

    rows: tuple[FigureRow, ...]
    total: FigureRow


@dataclass(frozen=True)
class FiguredCase:
    """A case as it stood, on the list behind a number; none of its words."""

    pk: int
    number: str
    matter: MatterRow | None
    unit: str
    state: str
    opened_at: datetime
    result: str
    facts: frozenset[Fact]


def _cases(wanted: Wanted) -> QuerySet[CaseStep]:
    rows = stood_at(wanted.since, wanted.until, wanted.now)
    if EVERYWHERE not in wanted.paths:
        rows = rows.filter(inside(wanted.paths, "unit__path"))
    return rows.filter(unit__path__startswith=wanted.unit.path) if wanted.unit else rows


def figures_of(wanted: Wanted, weights: WeightedSet | None = None) -> FigureTable:
    """Return the table: one grouped query, one of names, and the kept catalogue of matters."""
    facts = fact_filters(wanted.now)
    asked = {f"{one.name}_of": facts[one.of] for one in FIGURES}
    asked |= {f"{one.name}_count": facts[one.of] & facts[one.count] for one in FIGURES}
    told = {name: Count("pk", filter=condition) for name, condition in asked.items()}
    group = _GROUPED_BY[wanted.by]
    found = _cases(wanted).values(grouped=F(group)).annotate(**told)
    parts = [(row["grouped"], _figures(row)) for row in found]
    rows = _ROWS[wanted.by](parts, wanted)
    total = FigureRow("", None, _summed(one.figures for one in rows))
    return FigureTable(
        tuple(_scored(one, total, weights) for one in rows), _scored(total, total, weights)
    )


def _figures(row: Mapping[str, Any]) -> dict[FigureName, Counted]:
    return {name: Counted(row[f"{name}_count"], row[f"{name}_of"]) for name in FigureName}


def _summed(all_figures: Iterable[Mapping[FigureName, Counted]]) -> dict[FigureName, Counted]:
    found = list(all_figures)
    return {name: reduce(add, (one[name] for one in found), Counted()) for name in FigureName}


def _scored(row: FigureRow, total: FigureRow, weights: WeightedSet | None) -> FigureRow:
    """Return the row with its share of all that was received, and its score."""
    received = Counted(
        row.figures[FigureName.RECEIVED].count, total.figures[FigureName.RECEIVED].count
    )
    figures = {**row.figures, FigureName.RECEIVED: received}
    score = weights.score(figures) if weights else None
    return FigureRow(row.key, row.thing, figures, score, row.name, row.unit)


_Parts = Sequence[tuple[Any, Mapping[FigureName, Counted]]]


def _folded(named: Iterable[tuple[Any, Mapping[FigureName, Counted]]]) -> dict[Any, Any]:
    by_key: dict[Any, list[Mapping[FigureName, Counted]]] = {}
    for key, figures in named:
        by_key.setdefault(key, []).append(figures)
    return {key: _summed(figures) for key, figures in by_key.items()}


def _matter_rows(parts: _Parts, wanted: Wanted) -> list[FigureRow]:
    keys = [pk for pk, _ in parts if pk]
    codes = dict(Matter.objects.filter(pk__in=keys).values_list("pk", "code"))
    whole = wanted.by == Dimension.MATTER

    def key(pk: int | None) -> str:
        code = codes[pk] if pk else NONE
        return code if whole or pk is None else class_code_of(code) or code

    known = catalogue_on(day_of(wanted.now)).by_code
    found = _folded((key(pk), figures) for pk, figures in parts)
    return [
        FigureRow(code, known.get(code) or newest_versions().get(code), figures)
        for code, figures in sorted(found.items())
    ]


def _unit_rows(parts: _Parts, wanted: Wanted) -> list[FigureRow]:
    """Return what lies right below the unit looked at, and what lies in no smaller one."""
    paths = dict(Unit.objects.filter(pk__in=[pk for pk, _ in parts]).values_list("pk", "path"))
    found = _folded((unit_right_below(paths[pk], wanted), figures) for pk, figures in parts if pk)
    units = Unit.objects.in_bulk(found)
    here = wanted.unit.pk if wanted.unit else None
    rows = [
        FigureRow(str(pk), units[pk].name, figures, unit=None if pk == here else pk)
        for pk, figures in found.items()
    ]
    return sorted(rows, key=lambda one: units[int(one.key)].path)


def unit_right_below(path: str, wanted: Wanted) -> int:
    """Return the unit a path belongs to in a table: a child of the one looked at, or that one.

    Where all parts are looked at, it is the part the reader was given.
    """
    trail = ids_in(path)
    tops = (wanted.unit.path,) if wanted.unit else wanted.paths
    above = max((one for one in tops if path.startswith(one)), key=len, default=EVERYWHERE)
    depth = len(ids_in(above))
    if wanted.unit is None and depth:
        return trail[depth - 1]
    return trail[min(depth, len(trail) - 1)]


def _kind_rows(parts: _Parts, wanted: Wanted) -> list[FigureRow]:
    found = _folded((kind or NONE, figures) for kind, figures in parts)
    return [
        FigureRow(kind, None if kind == NONE else kind, figures)
        for kind, figures in sorted(found.items())
    ]


def _post_rows(parts: _Parts, wanted: Wanted) -> list[FigureRow]:
    """Return posts by place and kind: not by how much, and not by how well."""
    posts = Post.objects.select_related("person", "unit", "station", "organisation")
    posts_by_key = posts.in_bulk([pk for pk, _ in parts if pk])
    rows = []
    for pk, figures in parts:
        post = posts_by_key.get(pk)
        where = (post.unit or post.station or post.organisation) if post else None
        name = f"{where.name} {post.person.name}" if post and where else ""
        rows.append(FigureRow(str(pk or NONE), post.kind if post else None, figures, name=name))
    return sorted(rows, key=lambda one: (one.name, str(one.thing)))


_ROWS = {
    Dimension.CLASS: _matter_rows,
    Dimension.MATTER: _matter_rows,
    Dimension.UNIT: _unit_rows,
    Dimension.POST_KIND: _kind_rows,
    Dimension.POST: _post_rows,
}


def cases_behind(
    wanted: Wanted, figure: FigureName, *, is_of: bool, key: str
) -> QuerySet[CaseStep]:
    """Return the steps of exactly the cases behind a number, the newest case first.

    `is_of` asks for those a figure is taken of, else for those counted; `key` is a row's, empty for
    all of them.
    """
    facts, asked = fact_filters(wanted.now), BY_NAME[figure]
    rows = _cases(wanted).filter(facts[asked.of])
    if not is_of:
        rows = rows.filter(facts[asked.count])
    rows = rows.filter(_of_row(wanted, key)) if key else rows
    return rows.order_by("-case__opened_at", "-case")


def _of_row(wanted: Wanted, key: str) -> Q:
    by = wanted.by
    if by == Dimension.UNIT:
        return _of_unit(wanted, key)
    if key == NONE:
        return Q(**{f"{_GROUPED_BY[by]}__isnull": True})
    if by == Dimension.CLASS:
        return Q(matter__code__startswith=key)
    if by == Dimension.MATTER:
        return Q(matter__code=key)
    if by == Dimension.POST_KIND:
        return Q(post__kind=key)
    return Q(post=int(key)) if key.isdecimal() and len(key) < 19 else Q(pk__in=[])


def _of_unit(wanted: Wanted, key: str) -> Q:
    unit = Unit.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if unit is None:
        return Q(pk__in=[])
    if wanted.unit and unit.pk == wanted.unit.pk:
        return Q(unit=unit)
    return Q(unit__path__startswith=unit.path)


def figured(rows: QuerySet[CaseStep], now: datetime) -> list[FiguredCase]:
    """Return the cases of some steps as they stood, with what is true of each."""
    shown = rows.select_related("case", "unit", "matter").annotate(
        **{f"{kind}_missed_before": missed_before(kind) for kind in CLOCKS},
        judged=F("rating__pk"),
        said_contacted=F("rating__was_contacted"),
        said_solved=F("rating__is_solved"),
        said_kind=F("rating__was_kind"),
        said_satisfied=F("rating__is_satisfied"),
    )
    return [
        FiguredCase(
            pk=row.case_id,
            number=row.case.number,
            matter=matter_row(row.matter, now),
            unit=row.unit.name if row.unit else "",
            state=row.to_state,
            opened_at=row.case.opened_at,
            result=row.result,
            facts=facts_of(stood(row), now),
        )
        for row in shown
    ]


def stood(row: Any) -> Stood:
    """Return an annotated step as the rules take it."""
    said = (row.said_contacted, row.said_solved, row.said_kind, row.said_satisfied)
    return Stood(
        state=CaseState(row.to_state),
        at=row.at,
        clocks={
            kind: Clock(getattr(row, due), getattr(row, done))
            for kind, (due, done) in CLOCKS.items()
        },
        round=row.round,
        result=row.result,
        sent_back_times=row.sent_back_times,
        paused_at=row.paused_at,
        missed_before=frozenset(
            kind for kind in ClockKind if getattr(row, f"{kind}_missed_before", False)
        ),
        judged=Judged(*said) if row.judged else None,
    )


def weighted_sets(on: date) -> list[WeightedSet]:
    """Return the sets of weights in force on a day: one query."""
    rows = rule_values(PREFIX, on)
    names = sorted({code.split(".")[2] for code in rows})
    return [
        weighted_set(name, {c: r.value for c, r in rows.items() if c.split(".")[2] == name})
        for name in names
    ]
