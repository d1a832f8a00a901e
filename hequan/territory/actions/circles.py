"""Circles (圈) laid over a town's units and taken off again."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.territory.errors import CircleNameTakenError, NotOfTownError
from hequan.territory.kinds import CircleSpeciality
from hequan.territory.models import Circle, CircleSet, Unit
from hequan.territory.queries.units import STAMP


@transaction.atomic
def save_circle_set(
    *, town: Unit, name: str, by: Account, at: datetime, valid_from: date | None = None
) -> CircleSet:
    """Save a set of circles of a town by its name; several sets stand side by side."""
    row, made = CircleSet.objects.update_or_create(
        town=town, name=name, defaults={"valid_from": valid_from, "valid_to": None}
    )
    versions.bump(STAMP)
    after = {"name": name, "new": made}
    record(verb="territory.circle_set_saved", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def save_circle(
    *,
    circle_set: CircleSet,
    name: str,
    speciality: CircleSpeciality | str,
    units: Iterable[int],
    by: Account,
    at: datetime,
    description: str = "",
    circle: Circle | None = None,
) -> Circle:
    """Save a circle by its name and the units it lies over; all of them lie in the set's town.

    With `circle` that one is changed, its name too: CircleNameTakenError where another bears it.
    """
    found = list(Unit.objects.filter(pk__in=list(units), valid_to=None))
    for unit in found:
        if not unit.path.startswith(circle_set.town.path):
            raise NotOfTownError(name=unit.name, town=circle_set.town.name)
    bearer = Circle.objects.filter(circle_set=circle_set, name=name).first()
    if circle is not None and bearer not in (None, circle):
        raise CircleNameTakenError(name=name)
    row = circle or bearer or Circle()
    row.circle_set, row.name = circle_set, name
    row.speciality, row.description = CircleSpeciality(speciality), description
    row.save()
    row.units.set(found)
    versions.bump(STAMP)
    after = {"name": name, "speciality": str(speciality), "units": len(found)}
    record(verb="territory.circle_saved", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def remove_circle(*, circle: Circle, by: Account, at: datetime) -> None:
    """Take a circle off; its units stay as they are."""
    before = {"name": circle.name, "set": circle.circle_set.name}
    record(verb="territory.circle_removed", by=by, at=at, thing=circle, before=before)
    circle.delete()
    versions.bump(STAMP)
