"""Who works for a provider today, and how much each has (轮派): what giving an order out asks."""

from datetime import datetime

from django.db.models import QuerySet

from hequan.cases.models import Provider, Repair
from hequan.cases.repairs import WITH_WORKER, Turn
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Leave, Post
from hequan.roster.queries import posts_in_force


def worker_posts(provider: Provider, at: datetime) -> QuerySet[Post]:
    """Return the posts that repair for a provider today, those on leave too, in no order."""
    rows = Post.objects.filter(organisation=provider.organisation_id, kind=PostKind.REPAIR_WORKER)
    return posts_in_force(rows, day_of(at)).select_related("person")


def is_at_work(post: Post, at: datetime) -> bool:
    """Tell whether the holder of a post is not on leave today."""
    return not _away(at).filter(person=post.person_id).exists()


def open_with(post: Post, but: Repair | None = None) -> int:
    """Return how many orders a post has in hand, one of them not counted."""
    rows = Repair.objects.filter(worker=post, state__in=WITH_WORKER)
    return rows.exclude(pk=but.pk).count() if but is not None else rows.count()


def turns_of(provider: Provider, at: datetime) -> list[Turn]:
    """Return the workers who are there today, with what each has and when the last order came."""
    away = _away(at).values("person")
    posts = worker_posts(provider, at).exclude(person__in=away).values_list("pk", flat=True)
    had: dict[int, Turn] = {pk: Turn(pk, 0) for pk in posts}
    rows = Repair.objects.filter(provider=provider, worker__in=list(had))
    for pk, worker, state, taken_at in rows.values_list("pk", "worker", "state", "taken_at"):
        one = had[worker or 0]
        last = max(filter(None, (one.last, (taken_at, pk) if taken_at else None)), default=None)
        had[one.worker] = Turn(one.worker, one.open + (state in WITH_WORKER), last)
    return list(had.values())


def _away(at: datetime) -> QuerySet[Leave]:
    on = day_of(at)
    return Leave.objects.filter(first_on__lte=on, until_on__gt=on)
