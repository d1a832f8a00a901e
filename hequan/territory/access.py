"""The one door to units: which an account may open, by its grants and nothing else."""

from datetime import datetime

from django.db.models import QuerySet

from hequan.core.grants import EVERYWHERE, inside, paths_granted
from hequan.core.kinds import Capability
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.models import Circle, CircleSet, Unit


def units_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_BOARD
) -> QuerySet[Unit]:
    """Return the units in force inside the parts where the account holds the capability."""
    allowed = inside(paths_granted(user, capability, at), "path")
    return Unit.objects.filter(allowed, valid_to=None).order_by("path")


def unit_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.SEE_BOARD
) -> Unit:
    """Return one unit, ended ones included; NoSuchUnitError where the account may not open it."""
    unit = Unit.objects.filter(pk=pk).first()
    parts = paths_granted(user, capability, at) if unit else ()
    if unit is None or not any(unit.path.startswith(part) for part in parts):
        raise NoSuchUnitError
    return unit


def top_units(
    user: object, at: datetime, capability: Capability = Capability.SEE_BOARD
) -> list[Unit]:
    """Return the highest units an account may open: where its board begins."""
    paths = paths_granted(user, capability, at)
    highest = [path for path in paths if not any(path != p and path.startswith(p) for p in paths)]
    found = Unit.objects.filter(valid_to=None)
    if EVERYWHERE in highest:
        return list(found.filter(parent=None).order_by("pk"))
    return list(found.filter(path__in=highest).order_by("level", "pk"))


def circle_for(user: object, pk: int, at: datetime, capability: Capability) -> Circle:
    """Return a circle of a town where the account holds the capability; NoSuchUnitError if not."""
    circle = Circle.objects.select_related("circle_set__town").filter(pk=pk).first()
    if circle is None:
        raise NoSuchUnitError
    unit_for(user, circle.circle_set.town_id, at, capability)
    return circle


def circle_set_for(user: object, pk: int, at: datetime, capability: Capability) -> CircleSet:
    """Return a set of circles of a town where the account holds the capability."""
    found = CircleSet.objects.select_related("town").filter(pk=pk).first()
    if found is None:
        raise NoSuchUnitError
    unit_for(user, found.town_id, at, capability)
    return found
