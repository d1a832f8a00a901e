"""Writing the station register (站点登记): stations, their spaces and accessibility checklists."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.stations.errors import (
    CodeTakenError,
    NameTakenError,
    OutsideGlobeError,
    StationInUseError,
    UnknownValueError,
    WrongOrderError,
)
from hequan.stations.kinds import SpaceFunction, StationKind, StationRole, StationStatus
from hequan.stations.models import AccessibilityCheck, Space, Station
from hequan.stations.records import AccessibilityRecord, SpaceRecord, StationRecord
from hequan.territory.kinds import Level, ZoneKind

STAMP = "stations"


@transaction.atomic
def save_station(
    *, station: Station | None, record: StationRecord, by: Account, at: datetime
) -> Station:
    """Enter a station, or change one; refuses a code that another bears and unknown kinds."""
    check_station(record)
    holder = Station.objects.filter(code=record.code).first()
    if holder is not None and holder != station:
        raise CodeTakenError(code=record.code, name=holder.name)
    row = station or Station()
    before, after = lay(row, asdict(record))
    row.save()
    versions.bump(STAMP)
    audit.record(verb="stations.station_saved", by=by, at=at, thing=row, before=before, after=after)
    return row


def check_station(record: StationRecord) -> None:
    """Refuse a record whose values are outside their lists or off the globe."""
    check_listed([record.kind], StationKind)
    check_listed([record.level], Level)
    check_listed([record.status], StationStatus)
    check_listed(record.roles, StationRole)
    check_listed([record.zone_kind] if record.zone_kind else [], ZoneKind)
    if not (-180 <= record.lon <= 180 and -90 <= record.lat <= 90):
        raise OutsideGlobeError(lon=record.lon, lat=record.lat)
    if record.opened_on and record.closed_on and record.closed_on < record.opened_on:
        raise WrongOrderError(begin=record.opened_on, end=record.closed_on)


def check_listed(values: Iterable[str], known: Iterable[str]) -> None:
    """Refuse the first value that is not in its list."""
    listed: Collection[str] = [str(one) for one in known]
    for value in values:
        if value not in listed:
            raise UnknownValueError(value=value, known=", ".join(listed))


def lay(row: Model, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put values on a row and return what changed, before and after, as plain JSON."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in values.items():
        value = list(value) if isinstance(value, tuple) else value
        old = getattr(row, name)
        if old != value or row.pk is None:
            before[name], after[name] = plain(old), plain(value)
            setattr(row, name, value)
    return before, after


def plain(value: Any) -> Any:
    """Return a value as the audit trail keeps it."""
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def close_station(*, station: Station, on: date, by: Account, at: datetime) -> None:
    """Take a station out of service for good as of a day; its past stays on the books."""
    if station.opened_on and on < station.opened_on:
        raise WrongOrderError(begin=station.opened_on, end=on)
    before, after = lay(station, {"status": StationStatus.CLOSED.value, "closed_on": on})
    station.save(update_fields=["status", "closed_on"])
    versions.bump(STAMP)
    audit.record(
        verb="stations.station_closed", by=by, at=at, thing=station, before=before, after=after
    )


@transaction.atomic
def save_space(
    *, station: Station, space: Space | None, record: SpaceRecord, by: Account, at: datetime
) -> Space:
    """Enter a space of a station, or change one; refuses a name the station has already."""
    check_listed(record.functions, SpaceFunction)
    holder = Space.objects.filter(station=station, name=record.name).first()
    if holder is not None and holder != space:
        raise NameTakenError(name=record.name)
    row = space or Space(station=station)
    before, after = lay(row, asdict(record))
    row.save()
    versions.bump(STAMP)
    audit.record(verb="stations.space_saved", by=by, at=at, thing=row, before=before, after=after)
    return row


@transaction.atomic
def remove_space(*, space: Space, by: Account, at: datetime) -> None:
    """Take a space off the register; refuses one that a corridor passes through."""
    stop = space.corridor_stops.select_related("corridor").first()
    if stop is not None:
        raise StationInUseError(name=space.name, holder=stop.corridor.name)
    before = {part.name: getattr(space, part.name) for part in fields(SpaceRecord)}
    audit.record(verb="stations.space_removed", by=by, at=at, thing=space, before=before)
    space.delete()
    versions.bump(STAMP)


@transaction.atomic
def save_accessibility(
    *, station: Station, record: AccessibilityRecord, by: Account, at: datetime
) -> AccessibilityCheck:
    """Enter what a look at the station's accessibility found."""
    row = AccessibilityCheck.objects.filter(station=station).first()
    row = row or AccessibilityCheck(station=station)
    before, after = lay(row, asdict(record))
    row.save()
    versions.bump(STAMP)
    audit.record(
        verb="stations.accessibility_saved", by=by, at=at, thing=row, before=before, after=after
    )
    return row
