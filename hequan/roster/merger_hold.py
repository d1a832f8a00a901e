"""Posts and mergers of people (合并与任职): merging gives nobody a post she was not given.

A post without an account waits for whoever signs in as its holder. A merger that puts another
account or number there is an appointment, so only whoever may give that post may do it.
"""

from datetime import datetime

from django.db.models import Q

from hequan.core.accounts import SYSTEM, Account
from hequan.people.merger_holds import hold_merger
from hequan.roster.access import lacking_to_appoint, place_of
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post


def posts_not_to_give(
    persons: tuple[int, ...], accounts: tuple[int, ...], by: Account, at: datetime
) -> str | None:
    """Name the places of the posts, held now or later, that this account may not give to these.

    Nobody gives a post to herself. None where there are no such posts.
    """
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at))
    posts = Post.objects.filter(running, person__in=persons).order_by("pk")
    rows = posts.select_related("unit", "station__unit", "organisation__unit")
    is_oneself = by.pk in accounts and by.username != SYSTEM
    refused = [
        place_of(post).name
        for post in rows
        if is_oneself or lacking_to_appoint(by, PostKind(post.kind), place_of(post), at)
    ]
    return ", ".join(dict.fromkeys(refused)) or None


def announce() -> None:
    """Hold a merger back that would hand a post on."""
    hold_merger(posts_not_to_give)
