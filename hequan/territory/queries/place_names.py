"""What places are called (地名): units, landmarks and the streets homes stand in, kept in memory.

Where a place lies is read once it is found: a name is looked up often, its outline seldom.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.db.models import Q
from django.db.models.functions import Length

from hequan.core import versions
from hequan.territory.kinds import LandmarkKind, Level
from hequan.territory.models import Boundary, Home, Landmark, Unit
from hequan.territory.queries.units import STAMP

_STREET = re.compile(r"^\D+")
_PLACES = (
    *(LandmarkKind.ESTATE, LandmarkKind.CAMPUS, LandmarkKind.MALL),
    *(LandmarkKind.PARK, LandmarkKind.SQUARE),
)


@dataclass(frozen=True)
class PlaceFound:
    """A place that may be meant: what it is called and where it is."""

    label: str
    lon: float
    lat: float
    kind: str


@dataclass(frozen=True)
class PlaceName:
    """What a unit or a landmark is called; `within` is what it lies in.

    The kind of a micro-grid is `grid`, that of what is larger `unit`.
    """

    kind: str
    pk: int
    name: str
    within: str = ""

    @property
    def label(self) -> str:
        """Return its name with what it lies in."""
        return f"{self.name}（{self.within}）" if self.within else self.name


@dataclass(frozen=True)
class _Names:
    places: tuple[PlaceName, ...]
    streets: tuple[str, ...]


def _build() -> _Names:
    marks = Landmark.objects.filter(kind__in=list(_PLACES)).exclude(name="")
    units = Unit.objects.filter(valid_to=None, boundary__isnull=False)
    units = units.exclude(level__in=[Level.CITY, Level.DISTRICT])
    rows = sorted(
        units.values_list("pk", "level", "name", "parent__name"),
        key=lambda row: (Level(row[1]).depth, row[2], row[0]),
    )
    places = [
        PlaceName("landmark", *row) for row in marks.order_by("name").values_list("pk", "name")
    ]
    places += [
        PlaceName("grid" if level == Level.GRID else "unit", pk, name, within or "")
        for pk, level, name, within in rows
    ]
    addresses = Home.objects.exclude(address="").values_list("address", flat=True)
    streets = {found[0].strip() for one in addresses.iterator() if (found := _STREET.match(one))}
    return _Names(tuple(places), tuple(sorted(streets - {""})))


_kept = versions.Kept(_build, STAMP)


def place_names() -> tuple[PlaceName, ...]:
    """Return landmarks people go by, then the units that have an outline, the larger first."""
    return _kept.get().places


def street_names() -> tuple[str, ...]:
    """Return what the addresses of homes begin with, up to their first number."""
    return _kept.get().streets


def places_named(names: Sequence[PlaceName]) -> list[PlaceFound]:
    """Return where these places are, in their order: a point inside each, in two queries."""
    marks = [one.pk for one in names if one.kind == "landmark"]
    units = [one.pk for one in names if one.kind != "landmark"]
    outlines = Boundary.objects.filter(unit__in=units).values_list("unit_id", "geometry")
    shapes = {(False, pk): shape for pk, shape in outlines}
    drawn = Landmark.objects.filter(pk__in=marks).values_list("pk", "geometry")
    shapes |= {(True, pk): shape for pk, shape in drawn}
    found = [(one, shapes.get((one.kind == "landmark", one.pk))) for one in names]
    return [PlaceFound(one.label, *middle(shape), one.kind) for one, shape in found if shape]


def middle(geometry: object) -> tuple[float, float]:
    """Return longitude and latitude of a point inside a shape."""
    point = shapely.geometry.shape(geometry).representative_point()
    return float(point.x), float(point.y)


def homes_addressed(
    words: Sequence[str], streets: Sequence[str] = (), *, limit: int
) -> list[PlaceFound]:
    """Return homes whose address holds every word, in one of the streets if any are told.

    The shortest addresses first: number 1 before number 11.
    """
    if not words and not streets:
        return []
    said = Q()
    for word in words:
        said &= Q(address__icontains=word)
    along = Q()
    for street in streets:
        along |= Q(address__startswith=street)
    rows = Home.objects.filter(said & along).order_by(Length("address"), "address", "pk")[:limit]
    found: dict[str, PlaceFound] = {}
    for home in rows:
        found.setdefault(home.address, PlaceFound(home.address, home.lon, home.lat, "home"))
    return list(found.values())
