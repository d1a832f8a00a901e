"""What the roster hands over before a person is erased (删除前交接): her posts end first.

An erased person in a post would answer for matters nobody could reach her about.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from hequan.people.erasure import hold_erasure
from hequan.roster.models import Post


def posts_to_hand_over(persons: tuple[int, ...], at: datetime) -> str | None:
    """Return in words how many posts these rows of a person hold now or later, None for none."""
    on = timezone.localdate(at)
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), person__in=persons)
    count = held.count()
    if not count:
        return None
    told = ngettext(
        "%(n)s post is still held; it ends first.",
        "%(n)s posts are still held; they end first.",
        count,
    )
    return told % {"n": count}


def announce() -> None:
    """Hold an erasure back while there is a post."""
    hold_erasure(posts_to_hand_over)
