"""Django's i18n tags, with words that never change said once a language.

A page says two hundred of them. It stands in for the library `i18n` (config/settings.py).
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SaidNode(template.Node):
    """Words that hang on nothing but the language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        """Keep how they are said."""
        self.node = node
        self.said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Any) -> str:
        """Return the words in the language of the page."""
        key = get_language(), context.autoescape
        if key not in self.said:
            self.said[key] = self.node.render(context)
        return self.said[key]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> template.Node:
    """Read the tag as Django does."""
    node = i18n.do_translate(parser, token)
    fixed = not node.asvar and _is_fixed(node.filter_expression)
    if fixed and (node.message_context is None or _is_fixed(node.message_context)):
        return SaidNode(node)
    return node


def _is_fixed(said: FilterExpression) -> bool:
    told = said.var if isinstance(said.var, str) else said.var.literal
    return told is not None and not said.filters
