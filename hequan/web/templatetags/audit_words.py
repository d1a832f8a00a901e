"""Words of the audit trail's verbs for templates."""

from django import template
from django.utils.functional import Promise

from hequan.web import verb_words

register = template.Library()


@register.filter
def verb_word(verb: str) -> str | Promise:
    """Return what an audit verb is called."""
    return verb_words.verb_word(verb)
