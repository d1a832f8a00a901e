"""The board's navigation: only the places the signed-in account may enter."""

from enum import StrEnum
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.grants import capabilities_of
from hequan.core.kinds import Capability
from hequan.core.masks import mask_name
from hequan.people import queries
from hequan.people.kinds import OrganisationKind
from hequan.stations.kinds import (
    ServiceCategory,
    ServiceMode,
    StationKind,
    StationRole,
    StationStatus,
)
from hequan.territory.kinds import EstateType, Level, ZoneKind
from hequan.web.account.places import my_places
from hequan.web.board.places import Place, PlaceGroup, places_for
from hequan.web.words import word

register = template.Library()

FIELD_WORDS: dict[str, Promise] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "level": _("Level"),
    "status": _("Status"),
    "unit_id": _("Belongs to"),
    "parent": _("Unit above"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "lon": _("Longitude"),
    "lat": _("Latitude"),
    "hours": _("Weekly hours"),
    "roles": _("Roles"),
    "zone_kind": _("Zone"),
    "estate_type": _("Housing"),
    "households": _("Households"),
    "people": _("People"),
    "introduction": _("Introduction"),
    "opened_on": _("In service since"),
    "services": _("Services"),
    "service_ids": _("Services"),
    "accessibility": _("Accessibility"),
    "category": _("Category"),
    "mode": _("How it is had"),
    "minutes": _("Minutes"),
    "papers": _("Papers to bring"),
    "audience": _("For whom"),
    "fee": _("Fee"),
    "description": _("Description"),
}
FIELD_KINDS: dict[str, tuple[type[StrEnum], ...]] = {
    "kind": (StationKind, OrganisationKind),
    "level": (Level,),
    "status": (StationStatus,),
    "roles": (StationRole,),
    "zone_kind": (ZoneKind,),
    "estate_type": (EstateType,),
    "category": (ServiceCategory,),
    "mode": (ServiceMode,),
}


@register.simple_tag(takes_context=True)
def may_search(context: RequestContext) -> bool:
    """Tell whether the signed-in account has anything to search."""
    held = capabilities_of(context["request"].user, clock.now())
    wanted = (Capability.SEE_BOARD, Capability.SEE_PEOPLE, Capability.SEE_CASES)
    return not held.isdisjoint(wanted)


@register.filter
def field_word(name: str) -> str | Promise:
    """Return what an officer calls a field of an import; one without a word keeps its name."""
    return FIELD_WORDS.get(name, name)


@register.filter
def as_read(value: Any, field: str) -> str:
    """Return a value of a field as a page shows it: kinds in words, lists in one line."""
    if value in (None, "", (), []):
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(as_read(one, field) for one in value)
    for kind in FIELD_KINDS.get(field, ()):
        if value in set(kind):
            return str(word(kind(value)))
    return str(value)


@register.filter
def masked_name(name: str) -> str:
    """Return a name as lists show it to whoever need not know it: 张*三; a dash for nobody's."""
    return mask_name(name) or "–"


@register.filter
def shown_name(person: Any) -> str:
    """Return a person's name as anybody of the board may read it: a child's is masked."""
    return queries.shown_name(person, clock.now())


@register.filter
def per_cent(share: float) -> str:
    """Return a share between 0 and 1 as a number a drawing takes, whatever the language."""
    return f"{share * 100:.1f}"


@register.simple_tag(takes_context=True)
def board_places(context: RequestContext) -> list[PlaceGroup]:
    """Return the places of the board for whoever is signed in, by group: one query."""
    request: Any = context["request"]
    return places_for(capabilities_of(request.user, clock.now()), request.path)


@register.filter
def laid_out(groups: list[PlaceGroup]) -> str:
    """Return what tells one navigation from another in the same language: places, and where."""
    places = (place for group in groups for place in group.places)
    return " ".join(f"{place.address}{'*' * place.is_here}" for place in places)


@register.simple_tag(takes_context=True, name="my_places")
def my_places_tag(context: RequestContext) -> list[Place]:
    """Return the pages somebody has about herself."""
    return my_places(context["request"].path)
