"""To whom a case may be given by hand (可派岗位): who holds a post where it lies, or above."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hequan.cases.models import Case
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.queries import posts_in_force
from hequan.territory.paths import ids_in

MOST = 200


@dataclass(frozen=True)
class PostChoice:
    """A post to choose from a list."""

    pk: int
    person: str
    kind: str
    place: str


def post_choices(case: Case, at: datetime) -> list[PostChoice]:
    """Return the posts a case may be given to, those nearest its place first: one query."""
    rows = _posts_for(case, at).select_related("person", "unit", "station", "organisation")
    found = [
        PostChoice(row.pk, row.person.name, row.kind, place_of(row))
        for row in rows.order_by("pk")[: 5 * MOST]
    ]
    depth = {str(kind): at for at, kind in enumerate(_NEAREST_FIRST)}
    found.sort(key=lambda one: (depth.get(one.kind, len(depth)), one.place, one.pk))
    return found[:MOST]


def post_chosen(case: Case, pk: int, at: datetime) -> Post | None:
    """Return the post if the case may be given to it."""
    return _posts_for(case, at).filter(pk=pk).first()


def _posts_for(case: Case, at: datetime) -> QuerySet[Post]:
    """Return the posts at the units above its place, and of bodies and stations there."""
    trail = ids_in(case.unit.path)
    here = case.unit.path
    near = Q(unit__in=trail) | Q(unit__path__startswith=here)
    near |= Q(station__unit__in=trail) | Q(organisation__unit__in=trail)
    near |= Q(organisation__service_areas__unit__in=trail)
    rows = Post.objects.filter(near).exclude(kind__in=_HANDLE_NO_CASES).distinct()
    return posts_in_force(rows, day_of(at))


_HANDLE_NO_CASES = (PostKind.GRID_HELPER, PostKind.REPAIR_DISPATCHER, PostKind.REPAIR_WORKER)


def place_of(row: Post) -> str:
    """Return where a post is: its unit, station or organisation by name."""
    place = row.unit or row.station or row.organisation
    return place.name if place is not None else ""


_NEAREST_FIRST = (
    PostKind.GRID_HEAD,
    PostKind.GRID_WORKER,
    PostKind.GRID_PART_TIMER,
    PostKind.LIAISON,
    PostKind.COMMITTEE_DIRECTOR,
    PostKind.COMMITTEE_SECRETARY,
    PostKind.COMMITTEE_WORKER,
    PostKind.STATION_HEAD,
    PostKind.STATION_CLERK,
    PostKind.AREA_HEAD,
    PostKind.DEPARTMENT_OFFICER,
    PostKind.TOWN_OFFICER,
    PostKind.DATA_OFFICER,
    PostKind.DISTRICT_OFFICER,
)
