"""Units as features for other systems (数据接口): filtered by level, code, parent and box, by page.

What a filter needs of every unit in force (level, code, parent, the box of its outline) is kept in
memory and rebuilt when the territory changes, so that a page costs one query for the stamp and one
for the outlines shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import TextField
from django.db.models.functions import Cast

from hequan.core import versions
from hequan.territory.kinds import CodeScheme, Level
from hequan.territory.models import Boundary, Unit, UnitCode
from hequan.territory.paths import ids_in
from hequan.territory.queries import STAMP

Box = tuple[float, float, float, float]
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit in force, without its outline."""

    pk: int
    level: str
    name: str
    code: str
    path: str
    parent_id: int | None
    zone_kind: str
    estate_type: str
    households: int | None
    area_km2: float | None
    valid_from: date | None


@dataclass(frozen=True)
class UnitFilter:
    """What is asked for; everything empty means all units."""

    level: str = ""
    code: str = ""
    parent: int | None = None
    below: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class EntryPage:
    """A page of units and how many there are in all."""

    rows: tuple[UnitEntry, ...]
    total: int


@dataclass(frozen=True, eq=False)
class UnitShelf:
    """Every unit in force, from the city down, with the box of its outline (NaN without one)."""

    entries: tuple[UnitEntry, ...]
    boxes: npt.NDArray[np.float64]  # west, south, east, north

    @cached_property
    def position(self) -> dict[int, int]:
        """Where each unit stands, by id."""
        return {entry.pk: at for at, entry in enumerate(self.entries)}

    def entry(self, pk: int) -> UnitEntry:
        """Return one unit; LookupError where it is not in force."""
        return self.entries[self.position[pk]]

    def trail(self, pk: int) -> tuple[UnitEntry, ...]:
        """Return the units from the root down to this one, itself included."""
        ids = ids_in(self.entry(pk).path)
        return tuple(self.entry(one) for one in ids if one in self.position)

    @cached_property
    def places(self) -> dict[str, range]:
        """Where each level's units stand; they stand together, the city first."""
        starts = {entry.level: at for at, entry in reversed(list(enumerate(self.entries)))}
        ordered = sorted(starts.items(), key=lambda one: one[1])
        ends = [*(at for _, at in ordered[1:]), len(self.entries)][: len(ordered)]
        return {level: range(at, end) for (level, at), end in zip(ordered, ends, strict=True)}

    def extent(self, level: str) -> Box | None:
        """Return the box around the outlines of a level, None where none is drawn."""
        at = self.places.get(level, range(0))
        boxes = self.boxes[at.start : at.stop]
        drawn = boxes[~np.isnan(boxes[:, 0])]
        if not len(drawn):
            return None
        low, high = drawn.min(axis=0), drawn.max(axis=0)
        return float(low[0]), float(low[1]), float(high[2]), float(high[3])

    def levels(self) -> tuple[Level, ...]:
        """Return the levels that have units, the city first."""
        return tuple(Level(level) for level in self.places)


def _build_shelf() -> UnitShelf:
    codes = _codes()
    areas, outlines = _outlines()
    rows = Unit.objects.filter(valid_to=None).values_list(
        *("pk", "level", "name", "path", "parent_id", "zone_kind", "estate_type", "households"),
        "valid_from",
    )
    entries = [
        UnitEntry(
            *(pk, level, name, codes.get(pk, ""), path, parent, zone, estate, households),
            *(areas.get(pk), valid_from),
        )
        for pk, level, name, path, parent, zone, estate, households, valid_from in rows.iterator(
            chunk_size=_CHUNK
        )
    ]
    entries.sort(key=lambda one: (Level(one.level).depth, one.code, one.pk))
    nowhere = (np.nan,) * 4
    boxes = np.asarray([outlines.get(one.pk, nowhere) for one in entries], dtype=np.float64)
    return UnitShelf(tuple(entries), boxes.reshape(-1, 4))


def _codes() -> dict[int, str]:
    rows = UnitCode.objects.filter(valid_to=None).values_list("unit_id", "scheme", "code")
    found: dict[int, str] = {}
    for unit, scheme, code in rows.iterator(chunk_size=_CHUNK):
        if scheme == CodeScheme.OFFICIAL or unit not in found:
            found[unit] = code
    return found


def _outlines() -> tuple[dict[int, float], dict[int, Box]]:
    """The area and the box of every outline, parsed in bulk from the stored text."""
    rows = Boundary.objects.filter(unit__valid_to=None).annotate(text=Cast("geometry", TextField()))
    areas: dict[int, float] = {}
    boxes: dict[int, Box] = {}
    chunk: list[tuple[int, str]] = []
    for pk, km2, text in rows.values_list("unit_id", "area_km2", "text").iterator(_CHUNK):
        areas[pk] = km2
        chunk.append((pk, text))
        if len(chunk) == _CHUNK:
            boxes |= _boxes(chunk)
            chunk = []
    return areas, boxes | _boxes(chunk)


def _boxes(chunk: list[tuple[int, str]]) -> dict[int, Box]:
    bounds = shapely.bounds(shapely.from_geojson([text for _, text in chunk]))
    return {pk: tuple(row) for (pk, _), row in zip(chunk, bounds.tolist(), strict=True)}


_kept = versions.Kept(_build_shelf, STAMP)


def unit_shelf() -> UnitShelf:
    """Return all units in force as this process keeps them."""
    return _kept.get()


def unit_entries(asked: UnitFilter, *, offset: int = 0, limit: int = 100) -> EntryPage:
    """Return the units that pass the filter, from `offset` on, the higher levels first."""
    shelf = unit_shelf()
    whole = range(len(shelf.entries))
    places = shelf.places.get(asked.level, range(0)) if asked.level else whole
    found = [at for at in places if _passes(shelf.entries[at], asked)]
    if asked.box is not None:
        found = _meeting(shelf, found, asked.box)
    rows = tuple(shelf.entries[at] for at in found[offset : offset + limit])
    return EntryPage(rows, len(found))


def _passes(entry: UnitEntry, asked: UnitFilter) -> bool:
    if asked.code and entry.code != asked.code:
        return False
    if asked.parent is not None and entry.parent_id != asked.parent:
        return False
    return asked.below is None or (f"/{asked.below}/" in entry.path and entry.pk != asked.below)


def _meeting(shelf: UnitShelf, found: Sequence[int], box: Box) -> list[int]:
    """Keep those whose outline meets the box; only those across its edge need their outline."""
    west, south, east, north = box
    at = np.asarray(found, dtype=np.int64)
    own = shelf.boxes[at]
    near = (own[:, 0] <= east) & (own[:, 2] >= west) & (own[:, 1] <= north) & (own[:, 3] >= south)
    inside = near & (own[:, 0] >= west) & (own[:, 2] <= east)
    inside &= (own[:, 1] >= south) & (own[:, 3] <= north)
    doubtful = at[near & ~inside]
    shapes = outlines_of(shelf.entries[one].pk for one in doubtful)
    frame = shapely.box(*box)
    meet = {
        int(one)
        for one in doubtful
        if shapely.geometry.shape(shapes[shelf.entries[one].pk]).intersects(frame)
    }
    return sorted(meet | {int(one) for one in at[inside]})


def outlines_of(unit_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the outlines of these units as GeoJSON geometries, by unit id."""
    wanted = [int(pk) for pk in unit_ids]
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = Boundary.objects.filter(unit_id__in=wanted[start : start + _CHUNK])
        found.update(rows.values_list("unit_id", "geometry"))
    return found
