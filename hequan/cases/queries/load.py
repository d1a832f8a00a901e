"""Load by post (岗位在办): what each post has open, near due and overdue, and what waits for one.

Counts of work, so that it can be evened out: by place, never ranked, nothing of how anybody works.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case
from hequan.cases.queries.posts import PostChoice, place_of
from hequan.cases.queries.queues import WITH_ME
from hequan.core.grants import inside, paths_granted
from hequan.core.kinds import Capability
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.queries import posts_in_force
from hequan.territory.models import Unit

MOST = 60
SOON = timedelta(days=1)
WAITING = (CaseState.TRIAGE, CaseState.DISPATCHED)
_ORDER = {str(kind): at for at, kind in enumerate(PostKind)}


@dataclass(frozen=True)
class PostLoad:
    """A post, and how many open cases it has; `soon` are due within a day."""

    post: PostChoice
    open: int = 0
    soon: int = 0
    late: int = 0


@dataclass(frozen=True)
class Load:
    """What waits for a post in a part of the territory, and the posts there with their load."""

    paths: Sequence[str]
    at: datetime

    def waiting(self, state: CaseState) -> QuerySet[Case]:
        """Return the cases in one of the states before acceptance, oldest due first."""
        rows = Case.objects.filter(inside(self.paths, "unit__path"), state=state)
        rows = rows.order_by(F("due_at").asc(nulls_last=True), "pk")
        return rows.select_related("unit", "matter", "post__person", "organisation")

    def counts(self) -> dict[CaseState, int]:
        """Return how many wait in each of these states: one query."""
        rows = Case.objects.filter(inside(self.paths, "unit__path"), state__in=WAITING)
        found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
        return {one: found.get(str(one), 0) for one in WAITING}

    def posts(self) -> list[PostLoad]:
        """Return the posts here by place with what each has to do: two queries.

        At most MOST and one more; where there are more, those with open cases before the others.
        """
        here = inside(self.paths, "unit__path") | inside(self.paths, "station__unit__path")
        here |= inside(self.paths, "organisation__unit__path")
        rows = Post.objects.filter(here).exclude(kind=PostKind.GRID_HELPER)
        rows = posts_in_force(rows, day_of(self.at))
        rows = rows.select_related("person", "unit", "station", "organisation")
        busy = Exists(Case.objects.filter(post=OuterRef("pk"), state__in=WITH_ME))
        order = ("-is_busy", F("unit__path").asc(nulls_last=True), "pk")
        found = list(rows.annotate(is_busy=busy).order_by(*order)[: MOST + 1])
        loads = self._loads([row.pk for row in found])
        return [
            PostLoad(
                PostChoice(row.pk, row.person.name, row.kind, place_of(row)),
                *loads.get(row.pk, (0, 0, 0)),
            )
            for row in sorted(found, key=_by_place)
        ]

    def _loads(self, posts: Sequence[int]) -> dict[int, tuple[int, int, int]]:
        """Return open, soon due and late cases by post, wherever they lie."""
        mine = Case.objects.filter(post__in=posts, state__in=WITH_ME).order_by()
        soon = Q(due_at__gte=self.at, due_at__lt=self.at + SOON)
        told = mine.values_list("post").annotate(
            n=Count("pk"),
            near=Count("pk", filter=soon),
            late=Count("pk", filter=Q(due_at__lt=self.at)),
        )
        return {post: (n, near, late) for post, n, near, late in told}


def _by_place(row: Post) -> tuple[str, int, int]:
    place = row.unit.path if row.unit else "~"  # bodies and stations after the units
    return place, _ORDER.get(row.kind, len(_ORDER)), row.pk


def load_of(user: object, unit: Unit | None, at: datetime) -> Load:
    """Return the load where an account dispatches cases, in one unit or in all it may."""
    paths = tuple(paths_granted(user, Capability.DISPATCH_CASES, at))
    return Load(paths if unit is None else (unit.path,), at)
