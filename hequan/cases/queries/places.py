"""Where an asking belongs whose place nobody knows yet (未知地点的归属), and where a point lies."""

from dataclasses import dataclass
from datetime import datetime

from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in
from hequan.territory.queries import committees_for_choice, unit_at

_ABOVE_A_TOWN = (Level.CITY, Level.DISTRICT)
_SAID = (Level.TOWN, Level.COMMITTEE, Level.GRID)


def towns_served() -> list[Unit]:
    """Return the towns there are, by name: one query."""
    return list(Unit.objects.filter(level=Level.TOWN, valid_to=None).order_by("name", "pk"))


def town_of(unit: Unit) -> int:
    """Return the town a unit lies in; the unit itself where it lies in none."""
    trail = ids_in(unit.path)
    found = Unit.objects.filter(pk__in=trail, level=Level.TOWN).values_list("pk", flat=True)
    return found.first() or unit.pk


def unit_chosen(pk: int | None) -> Unit | None:
    """Return a committee from the public list."""
    known = {one.pk for one in committees_for_choice()}
    return Unit.objects.filter(pk=pk, valid_to=None).first() if pk in known else None


def home_unit(user: object, at: datetime) -> int | None:
    """Return the unit an account takes in cases for: the smallest part it sees cases of."""
    paths = sorted(paths_granted(user, Capability.SEE_CASES, at), key=len)
    own = [ids_in(one)[-1] for one in paths if ids_in(one)]
    if own:
        return own[-1]
    return next((town.pk for town in towns_served()), None) if paths else None


@dataclass(frozen=True)
class PlaceTold:
    """Where a point lies: the names from the town down, and its committee's id, None for none."""

    names: tuple[str, ...]
    committee: int | None


def served_at(lon: float, lat: float) -> Unit | None:
    """Return the smallest unit a point lies in; None outside the towns served."""
    unit = unit_at(lon, lat)
    return None if unit is None or unit.level in _ABOVE_A_TOWN else unit


def lies_in(point: tuple[float, float], unit: int) -> bool:
    """Tell whether a point lies in a unit, as far as the outlines tell."""
    found = served_at(*point)
    return found is None or unit in ids_in(found.path)


def where_lies(lon: float, lat: float) -> PlaceTold | None:
    """Return where a point lies as somebody would say it; None outside the towns served."""
    unit = served_at(lon, lat)
    if unit is None:
        return None
    rows = Unit.objects.filter(pk__in=ids_in(unit.path), level__in=_SAID).order_by("path")
    committee = next((row.pk for row in rows if row.level == Level.COMMITTEE), None)
    return PlaceTold(tuple(row.name for row in rows), committee)
