"""Who has which station (主站、核心站、应答站), and corridors that join spaces (走廊)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.stations.actions.stations import STAMP, lay
from hequan.stations.errors import EmptyCorridorError, NameTakenError, WrongLevelError
from hequan.stations.models import (
    AnsweringStation,
    CoreStation,
    Corridor,
    CorridorStop,
    MainStation,
    Station,
)
from hequan.stations.records import StopRecord
from hequan.territory.kinds import Level
from hequan.territory.models import Circle, Unit


@transaction.atomic
def set_main_station(*, grid: Unit, station: Station | None, by: Account, at: datetime) -> None:
    """Make a station the one main station of a micro-grid; None leaves the grid without one."""
    if grid.level != Level.GRID:
        raise WrongLevelError(name=grid.name)
    rows = MainStation.objects.filter(grid=grid)
    before = rows.values_list("station_id", flat=True).first()
    if station is None:
        rows.delete()
    else:
        MainStation.objects.update_or_create(grid=grid, defaults={"station": station})
    versions.bump(STAMP)
    _note_assigned("stations.main_station_set", grid, before, station, by, at)


@transaction.atomic
def set_core_station(*, circle: Circle, station: Station | None, by: Account, at: datetime) -> None:
    """Make a station the core of a circle; None leaves the circle without one."""
    rows = CoreStation.objects.filter(circle=circle)
    before = rows.values_list("station_id", flat=True).first()
    if station is None:
        rows.delete()
    else:
        CoreStation.objects.update_or_create(circle=circle, defaults={"station": station})
    versions.bump(STAMP)
    _note_assigned("stations.core_station_set", circle, before, station, by, at)


@transaction.atomic
def set_answering_station(
    *, organisation: Organisation, station: Station | None, by: Account, at: datetime
) -> None:
    """Make a station answer for an organisation; None leaves it without one."""
    rows = AnsweringStation.objects.filter(organisation=organisation)
    before = rows.values_list("station_id", flat=True).first()
    if station is None:
        rows.delete()
    else:
        AnsweringStation.objects.update_or_create(
            organisation=organisation, defaults={"station": station}
        )
    versions.bump(STAMP)
    _note_assigned("stations.answering_station_set", organisation, before, station, by, at)


def _note_assigned(
    verb: str,
    thing: Unit | Circle | Organisation,
    before: int | None,
    station: Station | None,
    by: Account,
    at: datetime,
) -> None:
    after = {"station": station.pk if station else None}
    audit.record(verb=verb, by=by, at=at, thing=thing, before={"station": before}, after=after)


@transaction.atomic
def save_corridor(
    *,
    corridor: Corridor | None,
    name: str,
    unit: Unit,
    introduction: str,
    stops: Sequence[StopRecord],
    by: Account,
    at: datetime,
) -> Corridor:
    """Enter a corridor with its spaces in order, or change one."""
    if len({stop.space_id for stop in stops}) < max(2, len(stops)):
        raise EmptyCorridorError
    holder = Corridor.objects.filter(name=name).first()
    if holder is not None and holder != corridor:
        raise NameTakenError(name=name)
    row = corridor or Corridor()
    before, after = lay(row, {"name": name, "unit_id": unit.pk, "introduction": introduction})
    row.save()
    row.stops.all().delete()
    CorridorStop.objects.bulk_create(
        CorridorStop(corridor=row, space_id=stop.space_id, position=place, role=stop.role)
        for place, stop in enumerate(stops, start=1)
    )
    versions.bump(STAMP)
    after |= {"spaces": [stop.space_id for stop in stops]}
    audit.record(
        verb="stations.corridor_saved", by=by, at=at, thing=row, before=before, after=after
    )
    return row


@transaction.atomic
def remove_corridor(*, corridor: Corridor, by: Account, at: datetime) -> None:
    """Take a corridor off the books; its spaces stay."""
    audit.record(
        verb="stations.corridor_removed",
        by=by,
        at=at,
        thing=corridor,
        before={"name": corridor.name},
    )
    corridor.delete()
    versions.bump(STAMP)
