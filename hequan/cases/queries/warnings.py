"""Early warnings from the tables (苗头预警): one grouped query over places and classes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from hequan.cases.access import cases_visible
from hequan.cases.early_warning import (
    Recurrence,
    Warned,
    WarningRule,
    choose_warnings,
    rolled_up,
    spans_before,
)
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case
from hequan.cases.queries.status import matter_row
from hequan.core.grants import inside
from hequan.core.rule_values import rule_value
from hequan.roster.days import beginning_of, day_of
from hequan.roster.matters import MatterRow
from hequan.roster.models import Matter
from hequan.territory.kinds import Level
from hequan.territory.models import Unit

Span = tuple[datetime, datetime]
# merged: told already; withdrawn and refused: nothing that recurs here
_NOT_COUNTED = (CaseState.MERGED, CaseState.WITHDRAWN, CaseState.REFUSED)
MOST_COUNTED = 200_000  # cases looked at for one page; of more, the past is read less far


@dataclass(frozen=True)
class WarningLine:
    """A warning as the page shows it."""

    unit: int
    unit_name: str
    matter: MatterRow | None
    matter_id: int
    now: int
    usual: float
    most: int


@dataclass(frozen=True)
class Warnings:
    """All warnings of a reader's part, by what rule, and over which days."""

    lines: tuple[WarningLine, ...]
    rule: WarningRule
    since: date
    until: date
    spans: int  # of the past that are known
    is_cut: bool = False  # the past goes back further than is read at once

    @property
    def knows_enough(self) -> bool:
        """Tell whether the past is long enough to say what is usual."""
        return self.spans >= self.rule.least_before


def rule_of_warnings(at: datetime) -> WarningRule:
    """Return the thresholds in force."""
    return WarningRule.of(rule_value("case.warning", day_of(at)))


def warnings_for(paths: Sequence[str], at: datetime) -> Warnings:
    """Return the warnings of these parts of the territory: one grouped query, two of names."""
    rule, today = rule_of_warnings(at), day_of(at)
    whole = [_span(today, number, rule) for number in range(rule.before + 1)]
    read = _read_at_once(whole)
    counted, first_on = _counted(paths, read)
    rule = replace(rule, before=len(read) - 1)
    spans = spans_before(today, first_on, rule)
    rows = [
        Recurrence(row["unit"], row["unit__path"], row["matter"], row["now"], _past(row, spans))
        for row in counted
    ]
    committees = Unit.objects.filter(inside(paths, "path"), level=Level.COMMITTEE)
    paths_by_pk = dict(committees.values_list("pk", "path"))
    chosen = choose_warnings(rolled_up(rows, paths_by_pk), rule)
    lines = _lines(chosen, at)
    since = today - timedelta(days=rule.days - 1)
    return Warnings(lines, rule, since, today, spans, is_cut=len(read) < len(whole))


def _read_at_once(spans: list[Span]) -> list[Span]:
    """Return the newest spans that hold no more cases than are counted for one page.

    The index of the days alone tells it, whoever reads; the last span is always there.
    """
    rows = Case.objects.filter(opened_at__gte=spans[-1][0]).order_by("-opened_at")
    over = rows.values_list("opened_at", flat=True)[MOST_COUNTED : MOST_COUNTED + 1].first()
    if over is None:
        return spans
    return [span for number, span in enumerate(spans) if number == 0 or span[0] > over]


def _counted(
    paths: Sequence[str], spans: Sequence[Span]
) -> tuple[list[dict[str, Any]], date | None]:
    """Return the counts by unit and matter, span by span, and the day of the first case."""
    asked = {
        ("now" if number == 0 else f"past{number}"): Count("pk", filter=Q(opened_at__range=span))
        for number, span in enumerate(spans)
    }
    rows = _worth(Case.objects.filter(inside(paths, "unit__path")))
    rows = rows.filter(opened_at__gte=spans[-1][0], matter__isnull=False).order_by()
    found = rows.values("unit", "unit__path", "matter")
    told: list[dict[str, Any]] = [
        dict(one) for one in found.annotate(first=Min("opened_at"), **asked)
    ]
    first = min((row["first"] for row in told), default=None)
    return told, day_of(first) if first else None


def _worth(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.exclude(state__in=_NOT_COUNTED)


def _span(today: date, number: int, rule: WarningRule) -> Span:
    """Return the first and last moment of a span, 0 the one that ends today."""
    ends = today - timedelta(days=number * rule.days)
    begins = beginning_of(ends - timedelta(days=rule.days - 1))
    return begins, beginning_of(ends + timedelta(days=1)) - timedelta(microseconds=1)


def _past(row: dict[str, Any], spans: int) -> tuple[int, ...]:
    return tuple(row[f"past{number}"] for number in range(1, spans + 1))


def _lines(chosen: Sequence[Warned], at: datetime) -> tuple[WarningLine, ...]:
    names = dict(
        Unit.objects.filter(pk__in=[one.of.unit for one in chosen]).values_list("pk", "name")
    )
    matters = Matter.objects.in_bulk([one.of.matter for one in chosen])
    return tuple(
        WarningLine(
            unit=one.of.unit,
            unit_name=names[one.of.unit],
            matter=matter_row(matters[one.of.matter], at),
            matter_id=one.of.matter,
            now=one.of.now,
            usual=one.usual,
            most=one.most,
        )
        for one in chosen
    )


def cases_warned_of(user: object, unit: Unit, matter: int, at: datetime) -> QuerySet[Case]:
    """Return the cases behind a warning that the reader may open, the newest first."""
    rule = rule_of_warnings(at)
    rows = _worth(cases_visible(user, at)).filter(
        unit__path__startswith=unit.path,
        matter=matter,
        opened_at__range=_span(day_of(at), 0, rule),
    )
    rows = rows.select_related("unit", "matter", "post__person", "organisation")
    return rows.order_by("-opened_at", "-pk")


def matter_warned_of(pk: int, at: datetime) -> MatterRow | None:
    """Return what a matter of a warning is called."""
    return matter_row(Matter.objects.filter(pk=pk).first(), at)
