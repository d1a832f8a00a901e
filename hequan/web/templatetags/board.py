"""The board's navigation: only the places the signed-in account may enter."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.grants import capabilities_of
from hequan.core.kinds import Capability

register = template.Library()

BESIDE = {
    "web:board-stations": ("/board/corridors/",),
    "web:board-territory": ("/board/circles/", "/board/circle-sets/"),
    "web:board-imports": ("/board/import-runs/",),
}
PLACES: tuple[tuple[str, Promise, Capability], ...] = (
    ("web:board-home", _("Coverage"), Capability.SEE_BOARD),
    ("web:board-stations", _("Stations"), Capability.SEE_BOARD),
    ("web:board-services", _("Services"), Capability.SEE_BOARD),
    ("web:board-territory", _("Territory"), Capability.SEE_BOARD),
    ("web:board-imports", _("Imports"), Capability.IMPORT_FILES),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    address: str
    words: Promise
    is_here: bool


@register.filter
def per_cent(share: float) -> str:
    """Return a share between 0 and 1 as a number a drawing takes, whatever the language."""
    return f"{share * 100:.1f}"


@register.simple_tag(takes_context=True)
def board_places(context: RequestContext) -> list[Place]:
    """Return the places of the board for whoever is signed in: one query."""
    request: Any = context["request"]
    held = capabilities_of(request.user, clock.now())
    return [
        Place(address, words, _is_here(request.path, address, BESIDE.get(name, ())))
        for name, words, capability in PLACES
        if capability in held
        for address in [reverse(name)]
    ]


def _is_here(path: str, address: str, beside: tuple[str, ...]) -> bool:
    home = reverse("web:board-home")
    return path == address or (address != home and path.startswith((address, *beside)))
