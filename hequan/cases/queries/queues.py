"""Queues (队列): the cases somebody looks through, the oldest due first, at any number of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from hequan.cases.access import visible_and_handled
from hequan.cases.kinds import OPEN_STATES, CaseQueue, CaseState
from hequan.cases.models import Case
from hequan.cases.queries.status import matter_row
from hequan.roster.matters import MatterRow

WITH_ME = (CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED, CaseState.VERIFIED)
TO_CHECK = (CaseState.ANSWERED, CaseState.RETURN_VISIT)
_FIRST_WORDS = 80
_OF_A_LINE = ("unit", "matter", "post__person", "organisation")
_COLUMNS = (
    *("number", "state", "triage_reason", "channel", "place_words", "words", "opened_at", "due_at"),
    *("is_supervised", "lon", "lat", "unit__name", "matter__code", "organisation__name"),
    *("post__kind", "post__person__name"),
)


@dataclass(frozen=True)
class CaseLine:
    """A case as a list shows it; `holder` is who has it, empty in triage."""

    pk: int
    number: str
    state: str
    triage_reason: str
    channel: str
    matter: MatterRow | None
    unit: str
    place_words: str
    words: str
    opened_at: datetime
    due_at: datetime | None
    is_late: bool
    is_supervised: bool
    holder: str
    post_kind: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Queues:
    """What one account looks through at a moment."""

    visible: QuerySet[Case]
    mine: Q
    at: datetime

    def keys(self, queue: CaseQueue) -> QuerySet[Case, int]:
        """Return the keys of a queue's cases, oldest due first; what waits for nobody comes last.

        An index holds all that is asked, so that the hundredth page costs little more than the
        first.
        """
        order = (F("due_at").asc(nulls_last=True), "pk")
        rows = self.visible.filter(self._fits(queue)).order_by(*order)
        return rows.values_list("pk", flat=True)

    def lines(self, keys: Iterable[int]) -> list[CaseLine]:
        """Return these cases, in this order, as a list shows them: one query."""
        return lines_of(keys, self.at)

    def counts(self) -> dict[CaseQueue, int]:
        """Return how many cases each queue holds: one query."""
        open_ones = self.visible.filter(state__in=OPEN_STATES).order_by()
        told = {str(one): Count("pk", filter=self._fits(one)) for one in CaseQueue}
        found = open_ones.aggregate(**told)
        return {one: found[str(one)] for one in CaseQueue}

    def _fits(self, queue: CaseQueue) -> Q:
        return {
            CaseQueue.MINE: self.mine & Q(state__in=WITH_ME),
            CaseQueue.TO_DISPATCH: Q(state=CaseState.TRIAGE),
            CaseQueue.TO_CHECK: Q(state__in=TO_CHECK),
            CaseQueue.LATE: Q(state__in=OPEN_STATES, due_at__lt=self.at),
            CaseQueue.OPEN: Q(state__in=OPEN_STATES),
        }[queue]


def queues_of(user: object, at: datetime) -> Queues:
    """Return the queues of an account."""
    visible, mine = visible_and_handled(user, at)
    return Queues(visible, mine, at)


def lines_of(keys: Iterable[int], at: datetime) -> list[CaseLine]:
    """Return the cases of these keys, in this order, as a list shows them: one query."""
    wanted = list(keys)
    rows = Case.objects.select_related(*_OF_A_LINE).only(*_COLUMNS).in_bulk(wanted)
    return [line_of(rows[key], at) for key in wanted if key in rows]


def line_of(case: Case, at: datetime) -> CaseLine:
    """Return a case, loaded with its unit, matter, post and organisation, as a list shows it."""
    holder = case.post.person.name if case.post else ""
    return CaseLine(
        pk=case.pk,
        number=case.number,
        state=case.state,
        triage_reason=case.triage_reason,
        channel=case.channel,
        matter=matter_row(case.matter, at),
        unit=case.unit.name,
        place_words=case.place_words,
        words=case.words[:_FIRST_WORDS],
        opened_at=case.opened_at,
        due_at=case.due_at,
        is_late=case.due_at is not None and case.due_at < at,
        is_supervised=case.is_supervised,
        holder=holder or (case.organisation.name if case.organisation else ""),
        post_kind=case.post.kind if case.post else "",
        lon=case.lon,
        lat=case.lat,
    )


def near_open(case: Case, visible: QuerySet[Case], at: datetime, limit: int = 5) -> list[CaseLine]:
    """Return other open cases of the same matter in the same unit, newest first: one query.

    Of those that the reader may open, which `visible` tells.
    """
    if case.matter_id is None:
        return []
    rows = visible.filter(matter=case.matter_id, unit=case.unit_id, state__in=OPEN_STATES).exclude(
        pk=case.pk
    )
    rows = rows.select_related(*_OF_A_LINE).only(*_COLUMNS)
    return [line_of(one, at) for one in rows.order_by("-opened_at", "-pk")[:limit]]
