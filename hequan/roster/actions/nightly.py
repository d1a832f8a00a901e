"""What the night brings (每夜核对): posts whose end has come, grants that no longer fit."""

from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.roster.actions.post_grants import mend_grants
from hequan.roster.days import day_of
from hequan.roster.models import Post
from hequan.roster.post_keys import NEWS


@transaction.atomic
def begin_and_end_posts(*, by: Account, at: datetime) -> dict[str, int]:
    """Tell the news of posts whose last day has passed, and mend all grants; return the counts.

    Grants carry their own beginning and end, so nobody waits for the night; this finds what moved
    beneath them.
    """
    ended = Post.objects.select_for_update(no_key=True).filter(
        valid_to__lte=day_of(at), end_told_at=None
    )
    told = 0
    for post in ended.order_by("valid_to", "pk"):
        post.end_told_at = at
        post.save(update_fields=["end_told_at"])
        on = post.valid_to.isoformat() if post.valid_to else ""
        tell(NEWS, {"post": post.pk, "heir": None, "on": on}, at)
        record(verb="roster.post_ended", by=by, at=at, thing=post, after={"valid_to": on})
        told += 1
    return {"ended": told, "mended": mend_grants(by=by, at=at)}
