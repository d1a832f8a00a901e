"""Stations and services added many at a time: what a generator or a first load writes.

Rows are new; whoever changes an existing one uses the single actions. One audit entry a call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.stations.actions.stations import STAMP, check_station
from hequan.stations.errors import CodeTakenError
from hequan.stations.hours import Rule
from hequan.stations.models import (
    AccessibilityCheck,
    AnsweringStation,
    CoreStation,
    MainStation,
    OpeningRule,
    Service,
    ServiceOffer,
    Space,
    Station,
)
from hequan.stations.records import (
    AccessibilityRecord,
    ServiceRecord,
    SpaceRecord,
    StationRecord,
)

_BATCH = 2000

Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class StationToAdd:
    """A station with all that belongs to it."""

    record: StationRecord
    spaces: tuple[SpaceRecord, ...] = ()
    rules: tuple[Rule, ...] = ()
    accessibility: AccessibilityRecord | None = None
    service_ids: tuple[int, ...] = ()


@transaction.atomic
def add_services(*, services: Iterable[ServiceRecord], by: Account, at: datetime) -> dict[str, int]:
    """Add entries to the catalogue and return their ids by code; CodeTakenError for a known one."""
    rows = [Service(**_plain(record)) for record in services]
    _refuse_taken(Service, [row.code for row in rows])
    _create(Service, rows)
    _note("stations.services_added", "stations.service", len(rows), by, at)
    return {row.code: row.pk for row in rows}


@transaction.atomic
def add_stations(*, stations: Sequence[StationToAdd], by: Account, at: datetime) -> tuple[int, ...]:
    """Add stations with rooms, hours, checklist and services; return their ids in order.

    Raises CodeTakenError when a code is borne already, and what save_station raises for values
    outside their lists.
    """
    for station in stations:
        check_station(station.record)
    rows = [Station(**_plain(station.record)) for station in stations]
    _refuse_taken(Station, [row.code for row in rows])
    _create(Station, rows)
    pairs = list(zip(rows, stations, strict=True))
    _create(Space, (Space(station=row, **_plain(one)) for row, s in pairs for one in s.spaces))
    _create(
        OpeningRule, (OpeningRule(station=r, **asdict(one)) for r, s in pairs for one in s.rules)
    )
    _create(
        AccessibilityCheck,
        (
            AccessibilityCheck(station=r, **asdict(s.accessibility))
            for r, s in pairs
            if s.accessibility
        ),
    )
    _create(
        ServiceOffer,
        (ServiceOffer(station=row, service_id=one) for row, s in pairs for one in s.service_ids),
    )
    _note("stations.stations_added", "stations.station", len(rows), by, at)
    return tuple(row.pk for row in rows)


@transaction.atomic
def set_main_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station is the main one of each micro-grid: (grid id, station id)."""
    rows = [MainStation(grid_id=grid, station_id=station) for grid, station in pairs]
    _replace(MainStation, rows, "grid")
    _note("stations.main_stations_set", "stations.mainstation", len(rows), by, at)


@transaction.atomic
def set_core_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station is the core of each circle: (circle id, station id)."""
    rows = [CoreStation(circle_id=circle, station_id=station) for circle, station in pairs]
    _replace(CoreStation, rows, "circle")
    _note("stations.core_stations_set", "stations.corestation", len(rows), by, at)


@transaction.atomic
def set_answering_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station answers for each organisation: (organisation id, station id)."""
    rows = [AnsweringStation(organisation_id=body, station_id=station) for body, station in pairs]
    _replace(AnsweringStation, rows, "organisation")
    _note("stations.answering_stations_set", "stations.answeringstation", len(rows), by, at)


def _plain(record: ServiceRecord | StationRecord | SpaceRecord) -> dict[str, Any]:
    """Return a record's fields as a row stores them: lists for tuples."""
    values = asdict(record)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _refuse_taken(model: Any, codes: Sequence[str]) -> None:
    for start in range(0, len(codes), _BATCH):
        taken = model.objects.filter(code__in=codes[start : start + _BATCH]).first()
        if taken is not None:
            raise CodeTakenError(code=taken.code, name=taken.name)


def _create(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=_BATCH)


def _replace(model: Any, rows: list[Any], field: str) -> None:
    model.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=[field],
        update_fields=["station"],
    )


def _note(verb: str, kind: str, count: int, by: Account, at: datetime) -> None:
    versions.bump(STAMP)
    AuditEntry.objects.create(
        at=at, by=by, verb=verb, thing_kind=kind, thing_id="*", after={"rows": count}
    )
