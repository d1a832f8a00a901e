"""Outlines saved, many at a time: repaired where they cross themselves, measured, compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.quick_rows import insert_rows
from hequan.territory.actions.homes import place_homes
from hequan.territory.boundaries import Outline, OutlineError, outlines_from, same_outline
from hequan.territory.errors import BadOutlineError, NoSuchUnitError
from hequan.territory.models import Boundary, Home, Unit
from hequan.territory.queries.units import STAMP, names_of

_BATCH = 500
_COLUMNS = ("unit", "geometry", "area_km2", "source", "source_coordinates", "repaired")
_FIELDS = ["geometry", "area_km2", "source", "source_coordinates", "repaired"]


@dataclass(frozen=True)
class BoundaryFacts:
    """The outline of one unit: a GeoJSON Polygon or MultiPolygon in WGS-84 degrees."""

    unit_id: int
    geometry: Mapping[str, Any]
    source: str = ""
    source_coordinates: str = "wgs84"
    repaired: bool = False  # already, by whoever read the file


@dataclass(frozen=True)
class BoundariesSaved:
    """How many outlines were new, changed and the same, and which units' were repaired."""

    new: int
    changed: int
    same: int
    repaired: tuple[int, ...]


@transaction.atomic
def save_boundaries(
    *, boundaries: Iterable[BoundaryFacts], by: Account, at: datetime, relocate: bool = True
) -> BoundariesSaved:
    """Save outlines of units, one each; BadOutlineError names a unit whose outline has no surface.

    With `relocate` homes are looked up again afterwards, since the unit they lie in may differ.
    """
    given = {facts.unit_id: facts for facts in boundaries}
    known = _known(given)
    sound = _sound(list(given.values()))
    new = [pk for pk in sound if pk not in known]
    changed = [
        _filled(old, given[pk], sound[pk])
        for pk, old in known.items()
        if not same_outline(old.geometry, sound[pk].geojson())
    ]
    insert_rows(Boundary, _COLUMNS, (_row(given[pk], sound[pk]) for pk in new))
    Boundary.objects.bulk_update(changed, _FIELDS, batch_size=_BATCH)
    if new or changed:
        versions.bump(STAMP)
        _note(new, changed, by, at)
        if relocate and Home.objects.exists():
            place_homes(by=by, at=at)
    repaired = tuple(pk for pk in sound if sound[pk].repaired or given[pk].repaired)
    same = len(given) - len(new) - len(changed)
    return BoundariesSaved(len(new), len(changed), same, repaired)


def _known(given: Mapping[int, BoundaryFacts]) -> dict[int, Boundary]:
    wanted = list(given)
    found: dict[int, Boundary] = {}
    there = 0
    for start in range(0, len(wanted), 5000):
        part = wanted[start : start + 5000]
        there += Unit.objects.filter(pk__in=part).count()
        found.update({row.unit_id: row for row in Boundary.objects.filter(unit_id__in=part)})
    if there != len(wanted):
        raise NoSuchUnitError
    return found


def _sound(given: Sequence[BoundaryFacts]) -> dict[int, Outline]:
    found: dict[int, Outline] = {}
    outlines = outlines_from([facts.geometry for facts in given])
    for facts, outline in zip(given, outlines, strict=True):
        if isinstance(outline, OutlineError):
            name = names_of([facts.unit_id])[facts.unit_id]
            raise BadOutlineError(name=name) from outline
        found[facts.unit_id] = outline
    return found


def _row(facts: BoundaryFacts, outline: Outline) -> tuple[Any, ...]:
    repaired = outline.repaired or facts.repaired
    kept = (facts.source[:200], facts.source_coordinates, repaired)
    return (facts.unit_id, outline.geojson(), outline.km2, *kept)


def _filled(row: Boundary, facts: BoundaryFacts, outline: Outline) -> Boundary:
    row.geometry = outline.geojson()
    row.area_km2 = outline.km2
    row.source = facts.source[:200]
    row.source_coordinates = facts.source_coordinates
    row.repaired = outline.repaired or facts.repaired
    return row


def _note(new: list[int], changed: list[Boundary], by: Account, at: datetime) -> None:
    first = Unit.objects.get(pk=new[0] if new else changed[0].unit_id)
    record(
        verb="territory.boundaries_saved",
        by=by,
        at=at,
        thing=first,
        after={"new": len(new), "changed": len(changed)},
    )
