"""Posts as others read them (岗位名册): lists, one post, who holds what where."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from hequan.people.models import Person
from hequan.roster.access import place_of
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutyPattern, DutySlot, Mentoring, PoolMember, Post
from hequan.roster.places import Place
from hequan.roster.post_keys import open_behind_keys

_NAMED = ("person", "unit__parent", "station__unit", "organisation__unit")


@dataclass(frozen=True)
class PostRow:
    """One post in a list."""

    pk: int
    kind: str
    title: str
    person_pk: int
    person: str
    place_kind: str
    place_pk: int
    place: str
    above: str
    valid_from: date
    valid_to: date | None
    has_account: bool


@dataclass(frozen=True)
class PostList:
    """One page of posts."""

    rows: tuple[PostRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OpenWork:
    """What hangs on a post and will be handed over when it ends."""

    duties: int
    weekly: int
    learners: int
    pools: int
    others: tuple[str, ...] = ()  # of higher apps, in words


def posts_in_force(posts: QuerySet[Post], on: date) -> QuerySet[Post]:
    """Return those of the posts that are held on that day."""
    return posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


def posts_listed(
    posts: QuerySet[Post],
    *,
    on: date | None = None,
    kind: str = "",
    words: str = "",
    path: str = "",
    page: int = 1,
    per_page: int = 50,
) -> PostList:
    """Return one page of posts held on a day (None: ever), by place: two queries.

    Every word is part of the holder's name, her initials, or the name of the place.
    """
    rows = posts if on is None else posts_in_force(posts, on)
    rows = rows.filter(kind=kind) if kind else rows
    if path:
        inside = Q(unit__path__startswith=path) | Q(station__unit__path__startswith=path)
        rows = rows.filter(inside | Q(organisation__unit__path__startswith=path))
    for word in words.split():
        rows = rows.filter(_fits(word))
    total = rows.count()
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    by_place = (F("unit__path").asc(nulls_last=True), F("station__name").asc(nulls_last=True))
    shown = rows.select_related(*_NAMED).order_by(*by_place, "kind", "valid_from", "pk")
    begin = (page - 1) * per_page
    return PostList(tuple(map(post_row, shown[begin : begin + per_page])), total, page, pages)


def _fits(word: str) -> Q:
    held = Q(person__name__startswith=word) | Q(unit__name__contains=word)
    held |= Q(station__name__contains=word) | Q(organisation__name__contains=word)
    return held | Q(person__initials__startswith=word.lower()) if word.isascii() else held


def post_row(post: Post) -> PostRow:
    """Return a post, loaded with its person and place, as a list shows it."""
    place = place_of(post)
    return PostRow(
        pk=post.pk,
        kind=post.kind,
        title=post.title,
        person_pk=post.person_id,
        person=post.person.name,
        place_kind=place.kind,
        place_pk=place.pk,
        place=place.name,
        above=_above(place),
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        has_account=post.person.account_id is not None,
    )


def _above(place: Place) -> str:
    unit = getattr(place.row, "parent", None) or getattr(place.row, "unit", None)
    return unit.name if unit is not None else ""


def posts_of_person(person: Person, on: date | None = None) -> tuple[PostRow, ...]:
    """Return what a person holds on a day, or ever held, the newest first: one query."""
    rows = Post.objects.filter(person=person).select_related(*_NAMED)
    rows = rows if on is None else posts_in_force(rows, on)
    return tuple(map(post_row, rows.order_by("-valid_from", "-pk")))


def posts_at(place: Place, on: date) -> tuple[PostRow, ...]:
    """Return who holds which post at a place on a day: one query."""
    rows = posts_in_force(Post.objects.filter(**place.key), on).select_related(*_NAMED)
    order = {str(kind): at for at, kind in enumerate(PostKind)}
    found = map(post_row, rows.order_by("valid_from", "pk"))
    return tuple(sorted(found, key=lambda row: order.get(row.kind, len(order))))


def open_work_of(post: Post, at: datetime) -> OpenWork:
    """Return what is still open on a post: four counts, and one of each key that tells its own."""
    return OpenWork(
        duties=DutySlot.objects.filter(post=post, cancelled_at=None, starts_at__gte=at).count(),
        weekly=DutyPattern.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at)), post=post
        ).count(),
        learners=Mentoring.objects.filter(mentor=post, ended_on=None).count(),
        pools=PoolMember.objects.filter(post=post, valid_to=None).count(),
        others=open_behind_keys(post.pk),
    )
