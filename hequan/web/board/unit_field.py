"""The entry of a unit (单位归属): found by name or code among those an account may use."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.territory.access import units_visible
from hequan.territory.queries import NamedUnit, units_named

UnitFinder = Callable[[str], Sequence[NamedUnit]]


class UnitField(forms.CharField):
    """A unit's name or code; cleaned it is the unit's key, None for none."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the names of the page's list of units."""
        kwargs.setdefault("label", _("Belongs to"))
        kwargs.setdefault("help_text", _("Name or code of the town, committee or micro-grid."))
        super().__init__(max_length=80, widget=forms.TextInput(attrs={"list": "units"}), **kwargs)
        self.find: UnitFinder = lambda _words: ()

    def clean(self, value: Any) -> Any:
        """Return the unit's key; several of one name are told apart by their codes."""
        words = super().clean(value).strip()
        if not words:
            return None
        found = self.find(words)
        if len(found) == 1:
            return found[0].pk
        if not found:
            raise forms.ValidationError(gettext("There is no unit “%s” here.") % words)
        names = gettext(", ").join(f"{unit.name} {unit.code}" for unit in found[:8])
        raise forms.ValidationError(gettext("Which one? Enter the code: %s") % names)


def unit_finder(request: HttpRequest, capability: Capability) -> UnitFinder:
    """Return how units are found among those where this account holds the capability."""
    paths = paths_granted(request.user, capability, clock.now())
    return lambda words: units_named(words, paths)


def unit_names(request: HttpRequest, capability: Capability) -> list[str]:
    """Return the names offered while typing: the larger units first, at most 400."""
    visible = units_visible(request.user, clock.now(), capability)
    wanted = visible.filter(level__in=["town", "area", "committee", "grid"])
    return list(wanted.order_by("path").values_list("name", flat=True)[:400])
