"""Handling together, read (协同办理): the help asked of somebody, and all of it in one case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from hequan.cases.access import Sight, handled_by, helped_by
from hequan.cases.helping import (
    MAY_ASK,
    OPEN_HELP,
    HelpMove,
    HelpPart,
    VisitState,
    help_moves_of,
)
from hequan.cases.models import Case, HelpTask, SiteVisit, WorkItem
from hequan.cases.moves import Doer
from hequan.cases.queries.queues import Queues
from hequan.cases.queries.status import matter_row
from hequan.core.questions import Question, key, number_of
from hequan.roster.matters import MatterRow

_LEADS = frozenset((Doer.HANDLER, Doer.DISPATCHER))
_FIRST_WORDS = 80
_WHO = ("post__person", "post__unit", "post__station", "post__organisation", "organisation")


@dataclass(frozen=True)
class HelpLine:
    """A task as the queue of a helper shows it."""

    case: int
    number: str
    matter: MatterRow | None
    unit: str
    place_words: str
    words: str
    state: str
    asked_by: str
    due_at: datetime
    is_late: bool


def help_asked_of(user: object, at: datetime) -> QuerySet[HelpTask]:
    """Return the open tasks asked of an account, oldest due first."""
    mine = HelpTask.objects.filter(helped_by(user, at), state__in=OPEN_HELP)
    return mine.select_related("case__unit", "case__matter", "asked_by").order_by("due_at", "pk")


def help_waiting(queues: Queues) -> int:
    """Return how much help is asked of whose queues these are: one query."""
    return _WAITING.all(posts=queues.sight.posts, bodies=queues.sight.bodies)[0]


_WAITING = Question[int](
    # a task has the post and the body that a case has, so one filter fits both
    lambda posts, bodies: number_of(
        HelpTask.objects.filter(Sight((), posts, bodies).handled(), state__in=OPEN_HELP)
    ),
    posts=[key()],
    bodies=[key()],
)


def help_line(task: HelpTask, at: datetime) -> HelpLine:
    """Return a task, loaded with its case, as a list shows it."""
    case = task.case
    return HelpLine(
        case=case.pk,
        number=case.number,
        matter=matter_row(case.matter, at),
        unit=case.unit.name,
        place_words=case.place_words,
        words=task.words[:_FIRST_WORDS],
        state=task.state,
        asked_by=task.asked_by.name or task.asked_by.username,
        due_at=task.due_at,
        is_late=task.due_at < at,
    )


@dataclass(frozen=True)
class TaskLine:
    """A task on the page of its case: who was asked, and what whoever looks may do with it."""

    task: HelpTask
    who: str
    post_kind: str
    place: str
    is_open: bool
    is_late: bool
    parts: frozenset[HelpPart]
    moves: tuple[HelpMove, ...]


@dataclass(frozen=True)
class WorkLine:
    """A line of works: whose, and whether whoever looks may count it."""

    item: WorkItem
    whose: str
    may_count: bool


@dataclass(frozen=True)
class VisitLine:
    """A visit, and who is invited."""

    visit: SiteVisit
    guests: tuple[str, ...]
    may_end: bool


@dataclass(frozen=True)
class Together:
    """All that is handled together in a case, as one account may act on it."""

    may_ask: bool
    tasks: tuple[TaskLine, ...]
    visits: tuple[VisitLine, ...]
    works: tuple[WorkLine, ...]

    def task(self, pk: int | None) -> TaskLine | None:
        """Return the line of a task."""
        return next((one for one in self.tasks if one.task.pk == pk), None)

    @property
    def open_tasks(self) -> tuple[TaskLine, ...]:
        """Return the tasks that wait for their helpers."""
        return tuple(one for one in self.tasks if one.is_open)


def tasks_of(case: Case, at: datetime) -> tuple[TaskLine, ...]:
    """Return the tasks of a case, and of those merged into it, for looking only: one query."""
    return tuple(_task_line(task, frozenset(), at) for task in _tasks(case))


def together_of(user: object, case: Case, doers: Collection[Doer], at: datetime) -> Together:
    """Return what is handled together in a case, with what the account may do: fixed queries."""
    leads = bool(_LEADS & set(doers))
    rows = list(_tasks(case))
    theirs = HelpTask.objects.filter(pk__in=[one.pk for one in rows])
    mine = set(theirs.filter(handled_by(user, at)).values_list("pk", flat=True)) if rows else set()
    lines = {
        task.pk: _task_line(task, _parts(leads=leads, helps=task.pk in mine), at) for task in rows
    }
    goes_on = case.state in MAY_ASK
    visits = case.visits.prefetch_related("guests").order_by("starts_at", "pk")
    works = case.works.order_by("pk")
    return Together(
        may_ask=leads and goes_on,
        tasks=tuple(lines.values()),
        visits=tuple(_visit_line(one, lines, leads and goes_on) for one in visits),
        works=tuple(
            WorkLine(
                one,
                lines[one.task_id].who if one.task_id in lines else "",
                goes_on and (leads or one.task_id in mine),
            )
            for one in works
        ),
    )


def _tasks(case: Case) -> QuerySet[HelpTask]:
    rows = HelpTask.objects.filter(Q(case=case) | Q(case__lead=case))
    return rows.select_related(*_WHO, "asked_by", "case").order_by(
        F("ended_at").asc(nulls_first=True), "due_at", "pk"
    )


def _parts(*, leads: bool, helps: bool) -> frozenset[HelpPart]:
    parts = ((HelpPart.LEAD, leads), (HelpPart.HELPER, helps))
    return frozenset(part for part, stands in parts if stands)


def _task_line(task: HelpTask, parts: frozenset[HelpPart], at: datetime) -> TaskLine:
    post, body = task.post, task.organisation
    where = (post.unit or post.station or post.organisation) if post else None
    is_open = task.state in OPEN_HELP
    return TaskLine(
        task=task,
        who=post.person.name if post else (body.name if body else ""),
        post_kind=post.kind if post else "",
        place=where.name if where else "",
        is_open=is_open,
        is_late=is_open and task.due_at < at,
        parts=parts,
        moves=help_moves_of(task.state, parts),
    )


def _visit_line(visit: SiteVisit, lines: dict[int, TaskLine], may_end: bool) -> VisitLine:
    guests = [lines[one.task_id].who for one in visit.guests.all() if one.task_id in lines]
    return VisitLine(visit, tuple(guests), may_end and visit.state == VisitState.SET)
