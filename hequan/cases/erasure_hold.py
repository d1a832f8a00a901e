"""What the one window waits for before a person is erased (删除前提): her disputes end first.

An agreement is the other side's too; while it runs nobody's asking may empty it.
"""

from datetime import datetime

from django.utils.translation import ngettext

from hequan.cases.dispute_kinds import OPEN_DISPUTES
from hequan.cases.models import Dispute
from hequan.people.erasure import hold_erasure


def disputes_to_end(persons: tuple[int, ...], at: datetime) -> str | None:
    """Return in words how many open mediations these rows of a person are party to, or None."""
    rows = Dispute.objects.filter(state__in=OPEN_DISPUTES, parties__person__in=persons)
    count = rows.distinct().count()
    if not count:
        return None
    told = ngettext(
        "%(n)s mediation with her is still open; it ends first.",
        "%(n)s mediations with her are still open; they end first.",
        count,
    )
    return told % {"n": count}


def announce() -> None:
    """Hold an erasure back while a mediation is open."""
    hold_erasure(disputes_to_end)
