"""One home in the middle of a unit whose people are counted but whose homes nobody knows (代表点).

So that a town which only has counts per committee can be measured too. A stand-in goes as soon as
real homes are known in its unit: nobody is counted twice.
"""

from collections.abc import Mapping
from datetime import datetime

import shapely
from django.db import transaction

from hequan.core.accounts import Account
from hequan.territory.actions.homes import HomeFacts, save_homes
from hequan.territory.kinds import Level
from hequan.territory.models import Boundary, Home, PeopleCount, Unit
from hequan.territory.paths import ids_in
from hequan.territory.queries.units import codes_of_units

PREFIX = "unit:"


@transaction.atomic
def place_stand_ins(*, by: Account, at: datetime) -> int:
    """Bring the stand-ins up to the newest counts and the known homes; return how many stand."""
    counted = _newest_counts()
    taken = _units_with_homes()
    outlines = dict(Boundary.objects.filter(unit__in=counted).values_list("unit_id", "geometry"))
    units = Unit.objects.filter(pk__in=outlines, valid_to=None)
    chosen: list[Unit] = []
    for unit in sorted(units, key=lambda one: -Level(one.level).depth):
        if unit.pk not in taken:
            chosen.append(unit)
            taken.update(ids_in(unit.path))
    codes = codes_of_units(unit.pk for unit in chosen)
    homes = [_home(unit, codes[unit.pk], outlines[unit.pk], counted[unit.pk]) for unit in chosen]
    old = Home.objects.filter(code__startswith=PREFIX)
    old.exclude(code__in=[home.code for home in homes]).delete()
    save_homes(homes=homes, source="people counts of units", by=by, at=at, locate=False)
    return len(homes)


def _units_with_homes() -> set[int]:
    """The units in which real homes are known, at any depth."""
    real = Home.objects.exclude(code__startswith=PREFIX).exclude(unit=None)
    paths = real.order_by().values_list("unit__path", flat=True).distinct()
    return {pk for path in paths for pk in ids_in(path)}


def _newest_counts() -> dict[int, dict[str, int]]:
    """People by band of each unit as of its newest day."""
    found: dict[int, dict[str, int]] = {}
    days: dict[int, object] = {}
    rows = PeopleCount.objects.order_by("-as_of")
    for unit_id, band, people, day in rows.values_list("unit_id", "band", "people", "as_of"):
        if days.setdefault(unit_id, day) == day:
            found.setdefault(unit_id, {})[band] = people
    return found


def _home(unit: Unit, code: str, geometry: object, by_age: Mapping[str, int]) -> HomeFacts:
    inside = shapely.geometry.shape(geometry).representative_point()
    return HomeFacts(
        code=f"{PREFIX}{code}",
        lon=round(float(inside.x), 7),
        lat=round(float(inside.y), 7),
        people=sum(by_age.values()),
        by_age=dict(by_age),
        address=unit.name,
        unit_id=unit.pk,
    )
