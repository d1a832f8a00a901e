"""Following a merger or split of units (随单元变更): stations go with their ground."""

from datetime import datetime

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.stations.actions.stations import STAMP
from hequan.stations.models import Corridor, MainStation, Station
from hequan.territory.heirs import Heirs


@transaction.atomic
def move_stations_to_heirs(*, heirs: Heirs, by: Account, at: datetime) -> None:
    """Give the stations, corridors and main stations of ended units to their heirs.

    Doing it again changes nothing. An heir that has a main station keeps it.
    """
    for station in Station.objects.filter(unit__in=heirs.ended):
        before = {"unit": station.unit_id}
        station.unit = heirs.of_place(station.lon, station.lat)
        station.save(update_fields=["unit"])
        after = {"unit": station.unit_id}
        verb = "stations.station_followed"
        audit.record(verb=verb, by=by, at=at, thing=station, before=before, after=after)
    Corridor.objects.filter(unit__in=heirs.ended).update(unit=heirs.units[0])
    _follow_grids(heirs)
    versions.bump(STAMP)


def _follow_grids(heirs: Heirs) -> None:
    for row in MainStation.objects.filter(grid__in=heirs.ended).select_related("station"):
        heir = heirs.of_place(row.station.lon, row.station.lat)
        if MainStation.objects.filter(grid=heir).exists():
            row.delete()
        else:
            row.grid = heir
            row.save(update_fields=["grid"])
