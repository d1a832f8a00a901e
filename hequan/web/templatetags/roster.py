"""How duty is written on a page (值班写法)."""

from django import template
from django.utils.functional import Promise

from hequan.stations.kinds import OpeningDay
from hequan.web.words import choices

register = template.Library()
_DAYS = choices(OpeningDay)[:7]


@register.filter
def weekday_word(number: int) -> Promise:
    """Return the word of a weekday; Monday is 0."""
    return _DAYS[number][1]
