"""Cases somebody looks for (查找工单): by number, by words, by place, through her own door."""

import re
from datetime import datetime, timedelta

from django.db.models import Q

from hequan.cases.access import cases_visible
from hequan.cases.kinds import OPEN_STATES
from hequan.cases.queries.queues import CaseLine, lines_of

LATELY = timedelta(days=90)  # by words: what is open or came lately; by number: whatever there is
_NUMBER = re.compile(r"[0-9]{2,6}(-[0-9A-Z]{0,9})?|[0-9A-Z]{4,9}")


def cases_found(words: str, user: object, at: datetime, limit: int) -> list[CaseLine]:
    """Return what fits, the newest first: a number or its beginning or end, words, or a place."""
    words = words.strip()
    if not words:
        return []
    lately = Q(state__in=OPEN_STATES) | Q(opened_at__gte=at - LATELY)
    fits = lately & (Q(words__icontains=words) | Q(place_words__icontains=words))
    number = words.upper()
    if _NUMBER.fullmatch(number):
        fits |= Q(number__startswith=number) | (lately & Q(number__endswith=number))
    rows = cases_visible(user, at).filter(fits).order_by("-opened_at", "-pk")
    return lines_of(rows.values_list("pk", flat=True)[:limit], at)
