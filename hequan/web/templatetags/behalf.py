"""The banner that says for whom a clerk acts."""

from django import template
from django.template.context import RequestContext

from hequan.core import clock
from hequan.core.grants import capabilities_of
from hequan.core.kinds import Capability
from hequan.web.board.behalf import ActingFor, acting_for

register = template.Library()


@register.simple_tag(takes_context=True, name="acting_for")
def acting_for_tag(context: RequestContext) -> ActingFor | None:
    """Return whom the signed-in clerk acts for."""
    return acting_for(context["request"])


@register.simple_tag(takes_context=True)
def may_act(context: RequestContext) -> bool:
    """Tell whether whoever is signed in acts for people anywhere; the page itself looks closer."""
    held = capabilities_of(context["request"].user, clock.now())
    return Capability.ACT_ON_BEHALF in held
