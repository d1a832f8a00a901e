"""Teams of micro-grids by day (微网格力量缺口): who is there, who is missing, in a few queries.

The counts are made by the database for a whole city at once; only grids of the part asked for
are compared with their rule.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from hequan.core.rule_values import rule_values
from hequan.roster.access import lies_in
from hequan.roster.kinds import TEAM, PostKind
from hequan.roster.models import Leave, Post
from hequan.roster.teams import RULE, TeamRule, lacking, rule_for
from hequan.territory.kinds import Level
from hequan.territory.models import Unit

_MANY = 2000
Numbers = tuple[int, int, int, int]  # in the order of TEAM


@dataclass(frozen=True)
class TeamRow:
    """One micro-grid's team on a day."""

    pk: int
    name: str
    committee_pk: int
    committee: str
    expected: Numbers
    present: Numbers
    lacking: Mapping[PostKind, int]


@dataclass(frozen=True)
class Teams:
    """The teams of a part on a day; totals are over the whole part, rows are one page."""

    day: date
    rows: tuple[TeamRow, ...]
    grids: int
    with_gaps: int
    without_head: int
    expected: Numbers
    present: Numbers
    total: int
    page: int
    pages: int


def teams_on(
    day: date,
    parts: tuple[str, ...],
    *,
    only_gaps: bool = False,
    words: str = "",
    page: int = 1,
    per_page: int = 100,
) -> Teams:
    """Return the teams of the micro-grids in these parts of the territory on a day: four queries.

    Somebody on leave counts only if another stands in for her.
    """
    everything = team_rows(day, parts)
    fitting = [
        row
        for row in everything
        if (row.lacking or not only_gaps)
        and all(word in f"{row.committee} {row.name}" for word in words.split())
    ]
    pages = max(1, -(-len(fitting) // per_page))
    page = min(max(page, 1), pages)
    return Teams(
        day=day,
        rows=tuple(fitting[(page - 1) * per_page : page * per_page]),
        grids=len(everything),
        with_gaps=sum(1 for row in everything if row.lacking),
        without_head=sum(1 for row in everything if PostKind.GRID_HEAD in row.lacking),
        expected=_sum([row.expected for row in everything]),
        present=_sum([row.present for row in everything]),
        total=len(fitting),
        page=page,
        pages=pages,
    )


def team_rows(day: date, parts: tuple[str, ...]) -> list[TeamRow]:
    """Return the team of every micro-grid in these parts on a day, by committee."""
    found = _grids(day, parts)
    present = _present(day, parts if len(found) <= _MANY else ("/",))
    rules = {
        code.removeprefix(f"{RULE}."): TeamRule.of(row.value)
        for code, row in rule_values(f"{RULE}.", day).items()
    }
    rows = []
    for pk, name, committee_pk, committee, zone, households in found:
        rule = rule_for(zone, rules)
        here = present.get(pk, {})
        expected = rule.expected(households) if rule else (0, 0, 0, 0)
        there = tuple(here.get(str(kind), 0) for kind in TEAM)
        missing = lacking(expected, here)
        rows.append(
            TeamRow(pk, name, committee_pk, committee or "", expected, _four(there), missing)
        )
    return rows


def _grids(
    day: date, parts: tuple[str, ...]
) -> list[tuple[int, str, int, str | None, str, int | None]]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    rows = Unit.objects.filter(begun, level=Level.GRID)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    if "/" not in parts:
        inside = Q(pk__in=[])
        for part in parts:
            inside |= Q(path__startswith=part)
        rows = rows.filter(inside)
    named = ("pk", "name", "parent_id", "parent__name", "zone_kind", "households")
    return list(rows.order_by("path").values_list(*named))


def _present(day: date, parts: tuple[str, ...]) -> Mapping[int, Mapping[str, int]]:
    """How many hold each kind of post in each grid on the day, leaves taken off: two queries."""
    posts = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        lies_in(parts, unit="unit"),
        kind__in=TEAM,
        valid_from__lte=day,
    )
    away = Leave.objects.filter(first_on__lte=day, until_on__gt=day, stand_in=None)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, kind, number in _counted(posts):
        counts[unit][kind] = number
    for unit, kind, number in _counted(posts.filter(person__in=away.values("person"))):
        counts[unit][kind] -= number
    return counts


def _counted(posts: QuerySet[Post]) -> QuerySet[Post, tuple[int, str, int]]:
    grouped = posts.order_by().values("unit_id", "kind").annotate(number=Count("pk"))
    return grouped.values_list("unit_id", "kind", "number")


def _sum(numbers: list[Numbers]) -> Numbers:
    return _four(tuple(map(sum, zip(*numbers, strict=True)))) if numbers else (0, 0, 0, 0)


def _four(numbers: tuple[int, ...]) -> Numbers:
    heads, workers, part_timers, helpers = numbers
    return heads, workers, part_timers, helpers
