"""The weekly sheet for the notice board (每周公示): counts of a unit, and what was solved there.

Everybody reads it, so it says nothing of anybody: counts and shares, never a word of what was
asked or answered, nothing of cases asked in confidence; examples are a class and how long it took.
Of few judgements no share is told (rule value `case.judged_least`), lest a neighbour know whose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hequan.cases.figures import Counted, FigureName
from hequan.cases.queries.figures import Wanted, cases_behind, figures_of
from hequan.cases.queries.status import matter_row
from hequan.core.rule_values import rule_value
from hequan.roster.days import beginning_of, day_of
from hequan.roster.matters import MatterRow
from hequan.territory.models import Unit

EXAMPLES = 6
_LOOKED_THROUGH = 200
_WEEK, _FOUR_WEEKS = timedelta(days=6), timedelta(days=27)
# what an asker said decides these, also whether it is solved
_OF_THE_ASKERS = (
    *(FigureName.CONTACTED, FigureName.KIND, FigureName.SATISFIED),
    *(FigureName.SOLVED, FigureName.SOLVED_REALLY, FigureName.EXPLAINED),
)


@dataclass(frozen=True)
class Example:
    """A matter that was solved: what it was and how many days it took, the first one included."""

    matter: MatterRow
    days: int


@dataclass(frozen=True)
class WeekSheet:
    """What hangs on the board; `shares` of the last four weeks, None where too few judged."""

    unit: Unit
    monday: date
    sunday: date
    counts: Mapping[FigureName, Counted]
    shares: Mapping[FigureName, float | None]
    least: int
    examples: tuple[Example, ...]


def week_sheet(unit: Unit, paths: tuple[str, ...], monday: date, at: datetime) -> WeekSheet:
    """Return the sheet of a week that begins on `monday`, as it stood when the week ended."""
    sunday = monday + _WEEK
    ended = min(beginning_of(sunday + timedelta(days=1)), at)
    week = Wanted(monday, sunday, ended, paths, unit)
    four = replace(week, since=sunday - _FOUR_WEEKS)
    least = rule_value("case.judged_least", day_of(at))
    figures = figures_of(four).total.figures
    return WeekSheet(
        unit=unit,
        monday=monday,
        sunday=sunday,
        counts=figures_of(week).total.figures,
        shares={name: told_publicly(name, figures[name], least) for name in FigureName},
        least=least,
        examples=_examples(four),
    )


def told_publicly(name: FigureName, told: Counted, least: int) -> float | None:
    """Return a share that may be read by everybody; None where too few people are behind it."""
    few = name in _OF_THE_ASKERS and told.of < least
    return None if few else told.share


def _examples(wanted: Wanted) -> tuple[Example, ...]:
    """Return what was solved last, one of each class; nothing that was asked in confidence."""
    rows = cases_behind(wanted, FigureName.SOLVED_REALLY, is_of=False, key="")
    rows = rows.filter(case__is_confidential=False, matter__isnull=False)
    rows = rows.select_related("case", "matter").order_by("-answered_at", "-pk")
    found: dict[int, Example] = {}
    for row in rows[:_LOOKED_THROUGH]:
        matter = matter_row(row.matter, wanted.now)
        if matter is None or row.answered_at is None or row.matter_id is None:
            continue
        days = (day_of(row.answered_at) - day_of(row.case.opened_at)).days + 1
        found.setdefault(row.matter_id, Example(matter, days))
    return tuple(found.values())[:EXAMPLES]
