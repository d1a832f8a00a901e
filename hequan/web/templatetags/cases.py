"""How cases are written on a page (工单写法): steps, how they stand, when they are due."""

from collections.abc import Collection
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hequan.cases.figures import Fact
from hequan.core import clock
from hequan.roster.matters import MatterRow
from hequan.web.case_words import STANDS, done_word
from hequan.web.dispute_words import DISPUTE_DONE
from hequan.web.figure_words import FACT_WORDS
from hequan.web.qr import QrPicture, qr_picture
from hequan.web.templatetags.responsibilities import matter_name

register = template.Library()
_HOUR, _DAY = 3600, 86400


@register.filter
def done(move: str) -> str:
    """Return what a step of the course is called."""
    return done_word(move)


@register.simple_tag
def qr(address: str) -> QrPicture:
    """Return the code of an address, ready to be drawn."""
    return qr_picture(address)


@register.filter
def dispute_done(move: str) -> str:
    """Return what a step of a mediation record is called."""
    return str(DISPUTE_DONE.get(move, move))


@register.filter
def stands(state: str) -> str:
    """Return how a case stands, said to whoever asked."""
    return str(STANDS.get(state, state))


@register.filter
def matter_or_none(row: MatterRow | None) -> str:
    """Return a matter's name, or that it is not known yet."""
    return matter_name(row) if row is not None else _("not determined yet")


@register.filter
def stamp(at: datetime | None) -> str:
    """Return a moment as 2026-03-10 10:00 where the town is; a dash for none."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "–"


@register.filter
def due_words(due: datetime | None) -> str:
    """Return how long is left, or for how long it has been late, in hours or days."""
    if due is None:
        return _("nothing is due")
    seconds = int((due - clock.now()).total_seconds())
    late, seconds = seconds < 0, abs(seconds)
    if seconds < 2 * _DAY:
        n = max(1, seconds // _HOUR)
        length = ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
    else:
        n = seconds // _DAY
        length = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    said = _("late by %(length)s") if late else _("%(length)s left")
    return said % {"length": length}


@register.filter
def counted_as(facts: Collection[Fact]) -> list[str]:
    """Return what a case counts as in the figures, in words."""
    return [str(words) for fact, words in FACT_WORDS.items() if fact in facts]


@register.filter
def since_words(at: datetime) -> str:
    """Return how long ago something was: today, or in days."""
    days = (timezone.localdate(clock.now()) - timezone.localdate(at)).days
    if days <= 0:
        return _("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
