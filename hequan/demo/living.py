"""The demo's year lived day by day (演示年): every act in the order of the clock, by its action.

One transaction is one day, so that a kill leaves whole days only; what comes next is told from the
cases themselves (`fates`), so that a later run goes on where the last whole day ended.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from hequan.cases.actions import close_unrated
from hequan.cases.errors import MovedMeanwhileError
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseSource, CaseStep, Follower
from hequan.cases.moves import MoveName
from hequan.cases.queries.terms import office_calendar
from hequan.cases.working_time import OfficeHours
from hequan.core.accounts import Account
from hequan.core.calendar_days import working_calendar
from hequan.core.versions import steady
from hequan.demo.acting import HOTLINE, Acting, take_in
from hequan.demo.fates import Act, Standing, next_act
from hequan.demo.workforce import Workforce
from hequan.demo.year_askings import Planned, Town, asked_on, known_to
from hequan.demo.year_days import Series, cases_by_day, series_of

Tell = Callable[[date, int], None]
_OVER = (CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.MERGED)
_MAY_COME_BACK = timedelta(days=15)


@dataclass(frozen=True)
class _Due:
    """What is to come of a case, as it was read when it was told what."""

    case: Case
    key: str
    act: Act


class Living:
    """A town at work over the days of a series."""

    def __init__(self, series: Series, town: Town, force: Workforce, by: Account) -> None:
        self._series, self._town, self._force, self._by = series, town, force, by
        self._zone = ZoneInfo(settings.TIME_ZONE)
        self._acting = Acting(force, series.seed, lambda key: known_to(series, key, town))
        self._agenda: list[tuple[datetime, int, _Due | Planned]] = []
        self._turn = count()
        self._hours: OfficeHours | None = None

    def live(self, first: int, at: datetime, tell: Tell = lambda _day, _made: None) -> int:
        """Live the days from the first-th on, up to the moment; return how many were asked."""
        amounts = cases_by_day(self._series, working_calendar())
        self._recall(self._midnight(first))
        asked = sum(amounts[:first])
        for day in range(first, self._series.days):
            asked += amounts[day]
            until = self._midnight(day + 1)
            if day == self._series.days - 1:  # what is in hand goes on to the moment
                until = max(until, at)
            self._live_day(day, amounts[day], until)
            tell(self._series.day_on(day), asked)
        return asked

    def _midnight(self, day: int) -> datetime:
        return datetime.combine(self._series.day_on(day), time(), self._zone)

    @transaction.atomic
    def _live_day(self, day: int, amount: int, until: datetime) -> None:
        with steady():
            self._hours = office_calendar(self._series.day_on(day)).hours
            close_unrated(by=self._by, at=self._midnight(day) + timedelta(hours=2))
            is_off = working_calendar().is_off(self._series.day_on(day))
            there = self._keys_of(day)
            for one in asked_on(self._series, day, amount, is_off, self._town, self._zone):
                if one.key not in there:
                    self._put(one.at, one)
            while self._agenda and self._agenda[0][0] < until:
                when, _turn, due = heapq.heappop(self._agenda)
                self._do(due, when)

    def _keys_of(self, day: int) -> set[str]:
        """Return the keys of what was asked on a day already, by whichever door."""
        begins = f"{self._series.prefix}{day}/"
        found = set(_between(Case.objects, "form_key", begins))
        found |= set(_between(Follower.objects, "form_key", begins))
        return found | set(_between(CaseSource.objects.filter(source=HOTLINE), "number", begins))

    def _put(self, when: datetime, due: _Due | Planned) -> None:
        heapq.heappush(self._agenda, (when, next(self._turn), due))

    def _do(self, due: _Due | Planned, when: datetime) -> None:
        if isinstance(due, _Due):
            self._act(due, when)
            return
        case = take_in(due, self._force)
        if case is not None:
            self._go_on(case, due.key, "settle" if case.answered_at else "open", when)

    def _act(self, due: _Due, when: datetime) -> None:
        try:
            case, done = self._acting.act(due.case, due.key, due.act.name, when)
        except MovedMeanwhileError:  # by another case, or by the night: that told what is next
            return
        self._go_on(case, due.key, done, when)
        if done == MoveName.MERGE and case.lead is not None:
            lead = Case.objects.get(pk=case.lead.pk)
            if key := self._key_of(lead):
                self._go_on(lead, key, MoveName.TAKE_UP, when)

    def _key_of(self, case: Case) -> str:
        """Return the key of a case, empty where it is none of the series."""
        number = CaseSource.objects.filter(case=case, source=HOTLINE).values_list("number").first()
        key = number[0] if number else case.form_key or ""
        return key if key.startswith(self._series.prefix) else ""

    def _go_on(self, case: Case, key: str, last: str, since: datetime) -> None:
        assert self._hours is not None
        act = next_act(_standing(case, last, since), key, self._series.seed, self._hours)
        if act is not None:
            self._put(max(act.when, since), _Due(case, key, act))

    def _recall(self, at: datetime) -> None:
        """Put what is to come of the cases there are back on the agenda."""
        self._hours = office_calendar(self._series.first_on).hours
        self._agenda.clear()
        sources = CaseSource.objects.filter(source=HOTLINE, number__startswith=self._series.prefix)
        by_hotline = dict(sources.values_list("case", "number"))
        mine = Q(form_key__startswith=self._series.prefix) | Q(pk__in=sources.values("case"))
        rows = Case.objects.filter(mine).exclude(state__in=_OVER)
        rows = rows.filter(Q(closed_at=None) | Q(closed_at__gt=at - _MAY_COME_BACK))
        newest = rows.annotate(step=Max("steps__pk")).values("step")
        steps = {step.case_id: step for step in CaseStep.objects.filter(pk__in=newest)}
        for row in rows.order_by("pk"):
            key = by_hotline.get(row.pk) or row.form_key or ""
            self._go_on(row, key, steps[row.pk].move, steps[row.pk].at)


def _between(rows: object, field: str, begins: str) -> list[str]:
    """Return the values that begin so: by the unique index, which a LIKE would pass over."""
    ends = begins[:-1] + chr(ord(begins[-1]) + 1)
    found = rows.filter(**{f"{field}__gte": begins, f"{field}__lt": ends})  # type: ignore[attr-defined]
    return list(found.values_list(field, flat=True))


def _standing(case: Case, last: str, since: datetime) -> Standing:
    return Standing(
        state=CaseState(case.state),
        last=last,
        since=since,
        due_at=case.due_at,
        version=case.version,
        has_post=case.post_id is not None,
        triage_reason=case.triage_reason,
        was_contacted=case.contacted_at is not None,
        was_reopened=case.reopened_times > 0,
        is_supervised=case.is_supervised,
    )


def series_there(name: str) -> tuple[Series, int] | None:
    """Return the series of that name that was begun here, and the last day that was lived."""
    keys = _between(Case.objects, "form_key", f"{name}/")
    if not keys:
        return None
    return series_of(keys[0])[0], max(series_of(key)[1] for key in keys)
