"""Places (地点): which unit a point lies in, and the committees to choose from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import TextField
from django.db.models.functions import Cast

from hequan.core import versions
from hequan.territory.kinds import Level
from hequan.territory.locate import UnitLocator
from hequan.territory.models import Boundary, Unit
from hequan.territory.queries.place_names import middle
from hequan.territory.queries.units import STAMP, ancestor_ids, names_of


@dataclass(frozen=True)
class CommitteeChoice:
    """A committee to choose from a list, with the middle of where its people live."""

    pk: int
    name: str
    town_name: str
    area_name: str
    lon: float
    lat: float


def _build_locator() -> UnitLocator:
    ids: dict[Level, list[int]] = {level: [] for level in Level}
    texts: dict[Level, list[str]] = {level: [] for level in Level}
    rows = Boundary.objects.filter(unit__valid_to=None).order_by("unit_id")
    rows = rows.annotate(text=Cast("geometry", TextField()))
    read = rows.values_list("unit_id", "unit__level", "text")
    for pk, level, text in read.iterator(chunk_size=5000):
        ids[Level(level)].append(pk)
        texts[Level(level)].append(text)
    return UnitLocator(
        {level: (ids[level], shapely.from_geojson(texts[level])) for level in Level if ids[level]}
    )


_kept_locator = versions.Kept(_build_locator, STAMP)


def locator() -> UnitLocator:
    """Return the index over all outlines as this process keeps it."""
    return _kept_locator.get()


def units_at(
    lon: npt.ArrayLike, lat: npt.ArrayLike, level: Level | None = None
) -> npt.NDArray[np.int64]:
    """Return the id of the unit of each point, the smallest one without a level; 0 for none."""
    return locator().locate(lon, lat, level)


def unit_at(lon: float, lat: float, level: Level | None = None) -> Unit | None:
    """Return the unit a point lies in, the smallest one without a level."""
    pk = int(units_at([lon], [lat], level)[0])
    return Unit.objects.filter(pk=pk).first() if pk else None


def grids_at(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the id of the micro-grid of each point, 0 where it lies in none."""
    return units_at(lon, lat, Level.GRID)


def grid_at(lon: float, lat: float) -> Unit | None:
    """Return the micro-grid a point lies in."""
    return unit_at(lon, lat, Level.GRID)


def _build_choices() -> list[CommitteeChoice]:
    committees = list(Unit.objects.filter(level=Level.COMMITTEE, valid_to=None).order_by("id"))
    ids = np.asarray([unit.pk for unit in committees], dtype=np.int64)
    towns, areas = ancestor_ids(ids, Level.TOWN), ancestor_ids(ids, Level.AREA)
    names = names_of({*towns.tolist(), *areas.tolist()})
    middles = _middles_of_people(ids)
    choices = []
    for unit, town, area in zip(committees, towns.tolist(), areas.tolist(), strict=True):
        if unit.pk in middles:
            lon, lat = middles[unit.pk]
            label = names.get(town, ""), names.get(area, "")
            choices.append(CommitteeChoice(unit.pk, unit.name, *label, lon, lat))
    return sorted(choices, key=lambda one: (one.town_name, one.area_name, one.name, one.pk))


_kept_choices = versions.Kept(_build_choices, STAMP)


def committees_for_choice() -> list[CommitteeChoice]:
    """Return every committee that can be placed: by its people, else by its outline."""
    return _kept_choices.get()


def _middles_of_people(ids: npt.NDArray[np.int64]) -> dict[int, tuple[float, float]]:
    """Return the home nearest to the people-weighted mean of each committee, else its inside.

    The mean itself may fall into a lake or beyond a railway; a home never does.
    """
    from hequan.territory.queries.homes import homes_arrays

    rows = Boundary.objects.filter(unit_id__in=ids.tolist()) if len(ids) < 900 else None
    outlines = rows if rows is not None else Boundary.objects.filter(unit__level=Level.COMMITTEE)
    found = {pk: middle(shape) for pk, shape in outlines.values_list("unit_id", "geometry")}
    homes = homes_arrays(None)
    owners = ancestor_ids(homes.unit, Level.COMMITTEE)
    order = np.argsort(owners, kind="stable")
    starts = np.flatnonzero(np.diff(owners[order], prepend=-1))
    for part in np.split(order, starts[1:]) if len(order) else ():
        owner = int(owners[part[0]])
        if owner and homes.people[part].sum() > 0:
            lon = np.average(homes.lon[part], weights=homes.people[part])
            lat = np.average(homes.lat[part], weights=homes.people[part])
            east = (homes.lon[part] - lon) * np.cos(np.radians(lat))
            best = part[int(np.argmin(np.hypot(east, homes.lat[part] - lat)))]
            found[owner] = (float(homes.lon[best]), float(homes.lat[best]))
    return found
