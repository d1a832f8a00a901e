"""The banner that says for whom a clerk acts."""

from django import template
from django.template.context import RequestContext

from hequan.web.board.behalf import ActingFor, acting_for

register = template.Library()


@register.simple_tag(takes_context=True, name="acting_for")
def acting_for_tag(context: RequestContext) -> ActingFor | None:
    """Return whom the signed-in clerk acts for."""
    return acting_for(context["request"])
