"""Posts and mergers of people (合并与任职): merging gives nobody a post she was not given.

A post without an account waits for whoever signs in as its holder. A merger that puts another
account or number there is an appointment, so only whoever may give that post may do it; so is
another number for the holder herself, who will sign in with it.
"""

from datetime import datetime

from django.db.models import Q

from hequan.core.accounts import SYSTEM, Account
from hequan.people.merger_holds import hold_merger
from hequan.roster.access import lacking_to_appoint, place_of
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.post_capabilities import capabilities_of_kind


def posts_not_to_give(
    persons: tuple[int, ...], accounts: tuple[int, ...], by: Account | None, at: datetime
) -> str | None:
    """Name the places of the posts, held now or later, that this account may not give to these.

    Nobody gives a post to herself, and nobody known (None) gives any. A post that opens nothing,
    as a helper's, holds nothing back. None where there are no such posts.
    """
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at))
    posts = Post.objects.filter(running, person__in=persons).order_by("pk")
    rows = posts.select_related("unit", "station__unit", "organisation__unit")
    giver = None if by is None or (by.pk in accounts and by.username != SYSTEM) else by
    refused = [place_of(post).name for post in rows if not _may_give(giver, post, at)]
    return ", ".join(dict.fromkeys(refused)) or None


def _may_give(giver: Account | None, post: Post, at: datetime) -> bool:
    if not capabilities_of_kind(post.kind):
        return True
    return giver is not None and not lacking_to_appoint(
        giver, PostKind(post.kind), place_of(post), at
    )


def announce() -> None:
    """Hold a merger back that would hand a post on."""
    hold_merger(posts_not_to_give)
