"""Queues (队列): the cases somebody looks through, the oldest due first, at any number of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, DateTimeField, F, Q, QuerySet

from hequan.cases.access import Sight, sight_of
from hequan.cases.kinds import OPEN_STATES, CaseQueue, CaseState
from hequan.cases.models import Case
from hequan.cases.queries.status import matter_called
from hequan.core.grants import EVERYWHERE
from hequan.core.questions import Question, key, number_of
from hequan.roster.matters import MatterRow

WITH_ME = (CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED, CaseState.VERIFIED)
TO_CHECK = (CaseState.ANSWERED, CaseState.RETURN_VISIT)
_FIRST_WORDS = 80
_COUNTED = ("state", "n", "late")
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

    sight: Sight
    at: datetime

    def keys(self, queue: CaseQueue) -> QuerySet[Case, int]:
        """Return the keys of a queue's cases, oldest due first; what waits for nobody comes last.

        An index holds all that is asked, so that the hundredth page costs little more than the
        first.
        """
        if not self.sight:
            return Case.objects.none().values_list("pk", flat=True)
        order = (F("due_at").asc(nulls_last=True), "pk")
        rows = Case.objects.filter(self.sight.visible(), _fits(queue, self.sight, self.at))
        return rows.order_by(*order).values_list("pk", flat=True)

    def lines(self, keys: Iterable[int]) -> list[CaseLine]:
        """Return these cases, in this order, as a list shows them: one query."""
        return lines_of(keys, self.at)

    def counts(self) -> dict[CaseQueue, int]:
        """Return how many cases each queue holds: two queries."""
        if not self.sight:
            return dict.fromkeys(CaseQueue, 0)
        told = {f"part{n}": path for n, path in enumerate(self.sight.paths)}
        asked = _counts(EVERYWHERE in self.sight.paths, tuple(told))
        posts, bodies = self.sight.posts, self.sight.bodies
        states = asked.all(posts=posts, bodies=bodies, at=self.at, **told)
        whole = {state: number for state, number, _late in states}
        return {
            CaseQueue.MINE: _MINE.all(posts=posts, bodies=bodies)[0] if posts or bodies else 0,
            CaseQueue.TO_DISPATCH: whole.get(CaseState.TRIAGE, 0),
            CaseQueue.TO_CHECK: sum(whole.get(state, 0) for state in TO_CHECK),
            CaseQueue.LATE: sum(late for _state, _number, late in states),
            CaseQueue.OPEN: sum(whole.values()),
        }


@cache
def _counts(everywhere: bool, parts: tuple[str, ...]) -> Question[tuple[str, int, int]]:
    """Return how to ask, by state, how many are open and late, who sees so many parts.

    A case is counted by its state, as the index has it; what each queue holds is a sum.
    """

    def ask(posts: Any, bodies: Any, at: Any, **paths: str) -> QuerySet[Case, tuple[str, int, int]]:
        sight = Sight((EVERYWHERE,) if everywhere else tuple(paths.values()), posts, bodies)
        rows = Case.objects.filter(sight.visible(), state__in=OPEN_STATES).order_by()
        late = Count("pk", filter=Q(due_at__lt=at))
        return rows.values("state").annotate(n=Count("pk"), late=late).values_list(*_COUNTED)

    return Question(ask, parts, posts=[key()], bodies=[key()], at=DateTimeField())


_MINE = Question[int](
    lambda posts, bodies: number_of(
        Case.objects.filter(Sight((), posts, bodies).handled(), state__in=WITH_ME)
    ),
    posts=[key()],
    bodies=[key()],
)


def _fits(queue: CaseQueue, sight: Sight, at: Any) -> Q:
    return {
        CaseQueue.MINE: sight.handled() & Q(state__in=WITH_ME),
        CaseQueue.TO_DISPATCH: Q(state=CaseState.TRIAGE),
        CaseQueue.TO_CHECK: Q(state__in=TO_CHECK),
        CaseQueue.LATE: Q(state__in=OPEN_STATES, due_at__lt=at),
        CaseQueue.OPEN: Q(state__in=OPEN_STATES),
    }[queue]


def queues_of(user: object, at: datetime) -> Queues:
    """Return the queues of an account."""
    return Queues(sight_of(user, at), at)


def lines_of(keys: Iterable[int], at: datetime) -> list[CaseLine]:
    """Return the cases of these keys, in this order, as a list shows them: one query."""
    wanted = list(keys)
    rows = {row[0]: row for row in _LINES.all(keys=wanted)} if wanted else {}
    return [_line(rows[one], at) for one in wanted if one in rows]


_LINES = Question[tuple[Any, ...]](
    lambda keys: Case.objects.filter(pk__in=keys).order_by().values_list("pk", *_COLUMNS),
    keys=[key()],
)


def line_of(case: Case, at: datetime) -> CaseLine:
    """Return a case, loaded with its unit, matter, post and organisation, as a list shows it."""
    return _line((case.pk, *(_reached(case, name) for name in _COLUMNS)), at)


def _reached(case: Any, name: str) -> Any:
    """Return what a lookup such as `post__person__name` leads to, None where a step is missing."""
    found = case
    for step in name.split("__"):
        found = None if found is None else getattr(found, step)
    return found


def _line(row: tuple[Any, ...], at: datetime) -> CaseLine:
    pk, number, state, triage_reason, channel, place_words, words, opened_at, due_at = row[:9]
    is_supervised, lon, lat, unit, matter, body, post_kind, person = row[9:]
    return CaseLine(
        pk=pk,
        number=number,
        state=state,
        triage_reason=triage_reason,
        channel=channel,
        matter=matter_called(matter, at),
        unit=unit,
        place_words=place_words,
        words=words[:_FIRST_WORDS],
        opened_at=opened_at,
        due_at=due_at,
        is_late=due_at is not None and due_at < at,
        is_supervised=is_supervised,
        holder=person or body or "",
        post_kind=post_kind or "",
        lon=lon,
        lat=lat,
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
