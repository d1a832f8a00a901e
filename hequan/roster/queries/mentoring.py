"""Pairs of mentor and learner as others read them (带教)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from hequan.roster.access import place_of
from hequan.roster.models import Mentoring

_NAMED = (
    "mentor__person",
    "learner__person",
    "learner__unit",
    "learner__station__unit",
    "learner__organisation__unit",
)


@dataclass(frozen=True)
class PairRow:
    """One pair in a list; without a mentor it is open."""

    pk: int
    mentor: str
    learner: str
    learner_kind: str
    place: str
    goals: str
    begun_on: date
    ended_on: date | None
    result: str
    meetings: int
    last_met_on: date | None


@dataclass(frozen=True)
class MeetingRow:
    """One meeting of a pair."""

    held_on: date
    note: str


def pairs_listed(pairs: QuerySet[Mentoring], *, ended: bool = False) -> tuple[PairRow, ...]:
    """Return pairs, running ones or ended ones, those without a mentor first: one query."""
    rows = pairs.exclude(ended_on=None) if ended else pairs.filter(ended_on=None)
    counted = rows.select_related(*_NAMED).annotate(
        met=Count("meetings"), last_met=Max("meetings__held_on")
    )
    found = [
        PairRow(
            pk=row.pk,
            mentor=row.mentor.person.name if row.mentor else "",
            learner=row.learner.person.name,
            learner_kind=row.learner.kind,
            place=place_of(row.learner).name,
            goals=row.goals,
            begun_on=row.begun_on,
            ended_on=row.ended_on,
            result=row.result,
            meetings=row.met,
            last_met_on=row.last_met,
        )
        for row in counted.order_by("-begun_on", "-pk")[:300]
    ]
    return tuple(sorted(found, key=lambda row: bool(row.mentor)))


def meetings_of(pair: Mentoring) -> tuple[MeetingRow, ...]:
    """Return the meetings of a pair, the newest first: one query."""
    rows = pair.meetings.order_by("-held_on", "-pk")
    return tuple(MeetingRow(*row) for row in rows.values_list("held_on", "note"))
