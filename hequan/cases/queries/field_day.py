"""A grid worker's day (今日任务): what she handles by due time, joint visits, help.

A point goes along, so that her own phone can sort by distance; where she is herself is never told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from hequan.cases.access import handled_by, helped_by
from hequan.cases.helping import VisitState
from hequan.cases.kinds import OPEN_STATES, CaseQueue
from hequan.cases.models import Case, HelpTask, SiteVisit
from hequan.cases.queries.helping import HelpLine, help_asked_of, help_line
from hequan.cases.queries.queues import CaseLine, queues_of
from hequan.roster.days import beginning_of, day_of

MOST = 50  # of each; the queues of the board hold the rest


@dataclass(frozen=True)
class FieldVisit:
    """A joint visit that was set for today, or was to be held before and has not ended."""

    case: int
    number: str
    starts_at: datetime
    place_words: str
    words: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class FieldDay:
    """All of it; `count` are her cases, of which the list holds the first."""

    cases: tuple[CaseLine, ...]
    count: int
    visits: tuple[FieldVisit, ...]
    helps: tuple[HelpLine, ...]


def field_day(user: object, at: datetime) -> FieldDay:
    """Return the day of an account, each list by its time: four queries besides its grants."""
    queues = queues_of(user, at)
    mine = queues.keys(CaseQueue.MINE)
    cases = queues.lines(mine[:MOST])
    return FieldDay(
        cases=tuple(cases),
        count=len(cases) if len(cases) < MOST else mine.count(),
        visits=_visits(user, at),
        helps=tuple(help_line(one, at) for one in help_asked_of(user, at)[:MOST]),
    )


def _visits(user: object, at: datetime) -> tuple[FieldVisit, ...]:
    """Return the visits to cases she handles, and those to which she was invited as a helper."""
    ends = beginning_of(day_of(at) + timedelta(days=1))
    rows = SiteVisit.objects.filter(
        Q(case__in=Case.objects.filter(handled_by(user, at)))
        | Q(guests__task__in=HelpTask.objects.filter(helped_by(user, at))),
        state=VisitState.SET,
        starts_at__lt=ends,
        case__state__in=OPEN_STATES,
    )
    found = rows.select_related("case").order_by("starts_at", "pk").distinct()[:MOST]
    return tuple(
        FieldVisit(
            case=one.case_id,
            number=one.case.number,
            starts_at=one.starts_at,
            place_words=one.place_words,
            words=one.words,
            lon=one.case.lon,
            lat=one.case.lat,
        )
        for one in found
    )
