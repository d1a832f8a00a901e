"""What the demo's town lets everybody read (演示公开事项): matters of streets and shared places."""

from datetime import datetime

from hequan.cases.actions import release_words
from hequan.cases.models import Case
from hequan.core.accounts import Account

# what lies open to every eye anyhow: the road, a manhole, bikes, lamps, trees, the river, rubbish
_IN_THE_OPEN = ("56999", "53991", "56997", "56994", "58999", "59998", "52990", "52999", "52998")


def let_everybody_read(*, by: Account, at: datetime) -> None:
    """Release the words of the demo's cases about what anybody can see from the street."""
    rows = Case.objects.filter(matter__code__in=_IN_THE_OPEN, is_confidential=False)
    for case in rows.order_by("pk"):
        release_words(case=case, words=case.words, by=by, at=at)
