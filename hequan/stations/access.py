"""The one door to stations and coverage runs: what an account may see and change, by its grants."""

from datetime import datetime

from django.db.models import QuerySet

from hequan.core.grants import inside, is_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.stations.errors import RunNotFoundError, StationNotFoundError
from hequan.stations.models import Closure, Corridor, CoverageRun, Service, Space, Station


def stations_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_BOARD
) -> QuerySet[Station]:
    """Return the stations in the parts of the territory where the account holds the capability."""
    return Station.objects.filter(inside(paths_granted(user, capability, at), "unit__path"))


def station_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.EDIT_STATIONS
) -> Station:
    """Return a station the account may act on; StationNotFoundError for it and for no station."""
    found = Station.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not is_granted(user, capability, found.unit.path, at):
        raise StationNotFoundError
    return found


def space_for(user: object, pk: int, at: datetime) -> Space:
    """Return a space of a station the account may edit."""
    found = Space.objects.select_related("station").filter(pk=pk).first()
    if found is None:
        raise StationNotFoundError
    station_for(user, found.station_id, at)
    return found


def closure_for(user: object, pk: int, at: datetime) -> Closure:
    """Return a closure of a station the account may edit."""
    found = Closure.objects.select_related("station").filter(pk=pk).first()
    if found is None:
        raise StationNotFoundError
    station_for(user, found.station_id, at)
    return found


def corridor_for(user: object, pk: int, at: datetime) -> Corridor:
    """Return a corridor in a part where the account may edit stations."""
    found = Corridor.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not is_granted(user, Capability.EDIT_STATIONS, found.unit.path, at):
        raise StationNotFoundError
    return found


def service_for(user: object, pk: int, at: datetime) -> Service:
    """Return a service for an account that edits stations anywhere: the catalogue is shared."""
    found = Service.objects.filter(pk=pk).first()
    if found is None or not paths_granted(user, Capability.EDIT_STATIONS, at):
        raise StationNotFoundError
    return found


def run_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.SEE_BOARD
) -> CoverageRun:
    """Return a coverage run of a part the account may see; RunNotFoundError otherwise."""
    found = CoverageRun.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not is_granted(user, capability, found.unit.path, at):
        raise RunNotFoundError
    return found
