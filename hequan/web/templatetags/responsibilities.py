"""Matters, roles and reasons as pages of the responsibility list show them."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hequan.roster.answers import PassedOver, Reason
from hequan.roster.matters import MatterRow
from hequan.territory.kinds import EstateType, ZoneKind
from hequan.web.answer_words import passed_over_words, reason_words
from hequan.web.words import word

register = template.Library()


@register.filter
def matter_name(row: MatterRow) -> str:
    """Return a matter's name in the language of the page, the Chinese one where it has no other."""
    english = (get_language() or "").startswith("en")
    return row.name_en if english and row.name_en else row.name


@register.filter
def place_words(kinds: Iterable[str]) -> str:
    """Return kinds of place in one line; none of them is anywhere."""
    said = [str(_place_word(kind)) for kind in kinds]
    return " · ".join(said) or _("anywhere")


def _place_word(kind: str) -> object:
    if kind in set(ZoneKind):
        return word(ZoneKind(kind))
    return word(EstateType(kind)) if kind in set(EstateType) else kind


@register.filter
def reason(step: Reason) -> str:
    """Return a reason as a sentence."""
    return reason_words(step)


@register.filter
def passed_over(one: PassedOver) -> str:
    """Return who was passed over and why, as a line."""
    return passed_over_words(one)


@register.filter
def at_key(mapping: dict[object, object], key: object) -> object:
    """Return what a mapping holds under a key, nothing where it does not."""
    return mapping.get(key, "")
