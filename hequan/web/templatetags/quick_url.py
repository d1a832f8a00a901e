"""`{% url %}` as every template has it, with addresses that are worked out once."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as as_ever
from django.utils.html import conditional_escape

from hequan.web.known_addresses import address_of

register = template.Library()


class AddressNode(template.Node):
    """The address of a page; where its arguments are no keys of rows Django works it out."""

    def __init__(self, node: URLNode) -> None:
        """Keep what was parsed."""
        self.node = node

    def render(self, context: Any) -> str:
        """Return the address."""
        keys = [one.resolve(context) for one in self.node.args]
        if not all(type(one) is int for one in keys):
            return self.node.render(context)
        address = address_of(self.node.view_name.resolve(context), *keys)
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Read the tag as Django does."""
    node = as_ever(parser, token)
    return node if node.kwargs or node.asvar else AddressNode(node)
