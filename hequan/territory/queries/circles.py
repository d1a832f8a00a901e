"""Circles (圈) as others read them: the sets of a town side by side."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from hequan.territory.models import Circle, CircleSet, Unit


@dataclass(frozen=True)
class CircleRow:
    """One circle with the units it lies over."""

    pk: int
    name: str
    speciality: str
    description: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class CircleSetRow:
    """One way of laying circles over a town."""

    pk: int
    name: str
    town_id: int
    circles: tuple[CircleRow, ...]


def circle_sets_of(town: Unit | None) -> list[CircleSetRow]:
    """Return the sets of circles in force of a town (None: of all towns): three queries."""
    sets = CircleSet.objects.filter(valid_to=None).order_by("town_id", "name")
    if town is not None:
        sets = sets.filter(town=town)
    units: dict[int, list[int]] = defaultdict(list)
    laid = Circle.units.through.objects.filter(circle__circle_set__in=sets).order_by("unit_id")
    for circle_id, unit_id in laid.values_list("circle_id", "unit_id"):
        units[circle_id].append(unit_id)
    circles: dict[int, list[CircleRow]] = defaultdict(list)
    for one in Circle.objects.filter(circle_set__in=sets).order_by("id"):
        row = CircleRow(one.pk, one.name, one.speciality, one.description, tuple(units[one.pk]))
        circles[one.circle_set_id].append(row)
    return [CircleSetRow(one.pk, one.name, one.town_id, tuple(circles[one.pk])) for one in sets]


def circle_with_id(pk: int) -> Circle | None:
    """Return one circle, its set and town loaded."""
    return Circle.objects.filter(pk=pk).select_related("circle_set__town").first()


def circle_outlines() -> dict[int, dict[str, Any]]:
    """Return the ground of every circle in force, its units' outlines united, as GeoJSON by id."""
    shapes: dict[int, list[Any]] = defaultdict(list)
    laid = Circle.objects.filter(circle_set__valid_to=None, units__boundary__isnull=False)
    for pk, geometry in laid.values_list("pk", "units__boundary__geometry"):
        shapes[pk].append(shape(geometry))
    return {pk: dict(mapping(shapely.union_all(parts))) for pk, parts in shapes.items()}
