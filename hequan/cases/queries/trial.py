"""Dry run of a responsibility list over last year's cases (清单试算): read, asked, never written.

A fixed number of queries, however many cases there are: each kind of matter in each unit is asked
once, by the list in force and by the one that is tried.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hequan.cases.access import cases_visible
from hequan.cases.kinds import TriageReason
from hequan.cases.models import Case
from hequan.cases.queries.status import matter_row
from hequan.cases.trial import Goes, Pair, Turn, by_class, by_unit, codes_touched, turned
from hequan.roster.days import beginning_of, day_of
from hequan.roster.matters import MatterRow
from hequan.roster.models import ResponsibilityList
from hequan.roster.queries import posts_answering_for_many
from hequan.roster.queries.matters import catalogue_on, newest_versions
from hequan.roster.queries.responsibilities import list_facts, published_lists
from hequan.roster.responsibilities import ListFacts
from hequan.territory.models import Unit

SPAN = timedelta(days=365)
MOST_COUNTS = 20
MOST_READ = 50_000  # of the newest; a town has as many in a year


@dataclass(frozen=True)
class TrialLine:
    """A case that would have gone elsewhere."""

    pk: int
    number: str
    opened_at: datetime
    matter: MatterRow | None
    unit: str
    before: Goes
    after: Goes


@dataclass(frozen=True)
class Trial:
    """What another list would change: how many of how many, by class and unit, and which cases."""

    asked: int
    is_cut: bool  # there are more cases in the span than are asked of
    turns: tuple[Turn, ...]
    keys: Sequence[int]  # of the cases that would go elsewhere, newest first
    items: dict[int, str]  # of the list tried, by number

    def classes(self, at: datetime) -> list[tuple[MatterRow | None, int]]:
        """Return the classes with most cases that would go elsewhere."""
        known = catalogue_on(day_of(at)).by_code
        counts = by_class(self.turns)[:MOST_COUNTS]
        return [(known.get(code) or newest_versions().get(code), n) for code, n in counts]

    def units(self) -> list[tuple[str, int]]:
        """Return the units with most cases that would go elsewhere: one query."""
        counts = by_unit(self.turns)[:MOST_COUNTS]
        found = Unit.objects.in_bulk([pk for pk, _n in counts])
        return [(found[pk].name, n) for pk, n in counts]

    def lines(self, keys: Sequence[int], at: datetime) -> list[TrialLine]:
        """Return these cases, in their order, with where they would go: one query."""
        by_pair = {one.pair: one for one in self.turns}
        rows = Case.objects.select_related("matter", "unit").in_bulk(list(keys))
        found = []
        for pk in keys:
            row = rows.get(pk)
            turn = by_pair.get((row.matter.code, row.unit_id)) if row and row.matter else None
            if row is not None and turn is not None:
                told = (row.pk, row.number, row.opened_at, matter_row(row.matter, at))
                found.append(TrialLine(*told, row.unit.name, turn.before, turn.after))
        return found


def _touched(facts: ListFacts, on: date) -> frozenset[str]:
    """Return the matters of which the list in force for the same unit says something else."""
    there = (one for one in published_lists() if one.unit_id == facts.unit_id)
    in_force = next((one for one in there if one.holds_on(on)), None)
    return codes_touched(in_force, facts, catalogue_on(on).by_code)


def trial_of(
    sheet: ResponsibilityList, user: object, since: date, until: date, at: datetime
) -> Trial:
    """Ask of the cases opened in a span below a list's unit where that list would send them.

    Only cases the account may open are asked of, the newest MOST_READ of the span; those without
    place or class are left out, no list tells where they go. The list is taken to be in force
    now, whatever its own days.
    """
    facts = list_facts(sheet)
    begins, ends = beginning_of(since), beginning_of(until + timedelta(days=1))
    rows = cases_visible(user, at).filter(
        unit__path__startswith=sheet.unit.path, opened_at__gte=begins, opened_at__lt=ends
    )
    rows = rows.exclude(matter=None).exclude(triage_reason=TriageReason.NO_PLACE)
    newest = rows.order_by("-opened_at", "-pk").values_list("pk", "matter__code", "unit")
    told = list(newest[: MOST_READ + 1])
    is_cut, told = len(told) > MOST_READ, told[:MOST_READ]
    touched = _touched(facts, day_of(at))
    counts: Counter[Pair] = Counter((code, unit) for _pk, code, unit in told if code in touched)
    before = posts_answering_for_many(counts, at)
    after = posts_answering_for_many(counts, at, instead=facts)
    turns = tuple(turned(counts, before, after))
    pairs = {one.pair for one in turns}
    keys = tuple(pk for pk, code, unit in told if (code, unit) in pairs)
    return Trial(len(told), is_cut, turns, keys, {one.number: one.text for one in facts.items})
