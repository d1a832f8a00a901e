"""Writing many stations or services at once (批量登记): an import, a made-up city's thousands.

A constant number of statements per thousand rows, one audit entry, one stamp; everything is
checked as the single actions check it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.stations.actions.hours import check_rules, rows_of
from hequan.stations.actions.stations import STAMP, check_listed, check_station
from hequan.stations.hours import Rule
from hequan.stations.kinds import ServiceCategory, ServiceMode, SpaceFunction
from hequan.stations.models import (
    AccessibilityCheck,
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

_BATCH = 500


@dataclass(frozen=True)
class StationEntry:
    """A station to write, new where `pk` is None; what is None beside it stays as it is."""

    record: StationRecord
    pk: int | None = None
    rules: tuple[Rule, ...] | None = None
    service_ids: tuple[int, ...] | None = None
    accessibility: AccessibilityRecord | None = None
    spaces: tuple[SpaceRecord, ...] = ()


@transaction.atomic
def save_stations(
    *, entries: Sequence[StationEntry], source: str, by: Account, at: datetime
) -> list[int]:
    """Write stations with their hours, offers, checklist and spaces; return ids in that order."""
    _check(entries)
    pks = _write_stations(entries)
    _write_rules([(pk, e.rules) for pk, e in zip(pks, entries, strict=True) if e.rules is not None])
    _write_offers(
        [
            (pk, e.service_ids)
            for pk, e in zip(pks, entries, strict=True)
            if e.service_ids is not None
        ]
    )
    _write_checks([(pk, e.accessibility) for pk, e in zip(pks, entries, strict=True)])
    _write_spaces((pk, space) for pk, e in zip(pks, entries, strict=True) for space in e.spaces)
    versions.bump(STAMP)
    after = {"stations": len(entries), "source": source}
    _note("stations.stations_saved", Station, after, by, at)
    return pks


def _check(entries: Iterable[StationEntry]) -> None:
    sound: set[tuple[Rule, ...]] = set()  # most stations keep the same hours
    for entry in entries:
        check_station(entry.record)
        if entry.rules and entry.rules not in sound:
            check_rules(entry.rules)
            sound.add(entry.rules)
        for space in entry.spaces:
            check_listed(space.functions, SpaceFunction)


def _row(entry: StationEntry) -> Station:
    return Station(pk=entry.pk, **_plain(entry.record))


def _plain(record: Any) -> dict[str, Any]:
    values = asdict(record)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def _write_stations(entries: Sequence[StationEntry]) -> list[int]:
    rows = [_row(entry) for entry in entries]
    Station.objects.bulk_create([row for row in rows if row.pk is None], batch_size=_BATCH)
    known = [row for row, entry in zip(rows, entries, strict=True) if entry.pk is not None]
    names = [part.name for part in fields(StationRecord)]
    Station.objects.bulk_update(known, names, batch_size=_BATCH // 10)
    return [row.pk for row in rows]


def _write_rules(rules: Sequence[tuple[int, tuple[Rule, ...]]]) -> None:
    for start in range(0, len(rules), _BATCH):
        part = [pk for pk, _ in rules[start : start + _BATCH]]
        OpeningRule.objects.filter(station_id__in=part).delete()
    made = (row for pk, own in rules for row in rows_of(pk, own))
    OpeningRule.objects.bulk_create(made, batch_size=_BATCH)


def _write_offers(offers: Sequence[tuple[int, tuple[int, ...]]]) -> None:
    for start in range(0, len(offers), _BATCH):
        part = dict(offers[start : start + _BATCH])
        had = ServiceOffer.objects.filter(station_id__in=part).values_list(
            "pk", "station_id", "service_id"
        )
        gone = [pk for pk, station, service in had if service not in part[station]]
        kept = {(station, service) for _, station, service in had}
        ServiceOffer.objects.filter(pk__in=gone).delete()
        ServiceOffer.objects.bulk_create(
            (
                ServiceOffer(station_id=station, service_id=service)
                for station, wanted in part.items()
                for service in dict.fromkeys(wanted)
                if (station, service) not in kept
            ),
            batch_size=_BATCH,
        )


def _write_checks(checks: Iterable[tuple[int, AccessibilityRecord | None]]) -> None:
    AccessibilityCheck.objects.bulk_create(
        [AccessibilityCheck(station_id=pk, **asdict(check)) for pk, check in checks if check],
        batch_size=_BATCH // 10,
        update_conflicts=True,
        unique_fields=["station"],
        update_fields=[part.name for part in fields(AccessibilityRecord)],
    )


def _write_spaces(spaces: Iterable[tuple[int, SpaceRecord]]) -> None:
    names = [part.name for part in fields(SpaceRecord) if part.name != "name"]
    Space.objects.bulk_create(
        [Space(station_id=pk, **_plain(space)) for pk, space in spaces],
        batch_size=_BATCH // 10,
        update_conflicts=True,
        unique_fields=["station", "name"],
        update_fields=names,
    )


@transaction.atomic
def save_services(
    *, records: Sequence[ServiceRecord], source: str, by: Account, at: datetime
) -> dict[str, int]:
    """Write catalogue entries, new and known ones by their code; return the ids by code."""
    for record in records:
        check_listed([record.category], ServiceCategory)
        check_listed([record.mode], ServiceMode)
    Service.objects.bulk_create(
        [Service(**_plain(record)) for record in records],
        batch_size=_BATCH // 10,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[part.name for part in fields(ServiceRecord) if part.name != "code"],
    )
    versions.bump(STAMP)
    after = {"services": len(records), "source": source}
    _note("stations.services_saved", Service, after, by, at)
    codes = [record.code for record in records]
    return dict(Service.objects.filter(code__in=codes).values_list("code", "pk"))


@transaction.atomic
def save_station_hours(
    *, hours: Sequence[tuple[int, tuple[Rule, ...]]], source: str, by: Account, at: datetime
) -> None:
    """Put these rows of hours in place of what each of these stations (by id) had."""
    for _pk, rules in hours:
        check_rules(rules)
    _write_rules(hours)
    versions.bump(STAMP)
    after = {"stations": len(hours), "source": source}
    _note("stations.hours_saved", Station, after, by, at)


def _note(verb: str, model: type[Model], after: dict[str, Any], by: Account, at: datetime) -> None:
    audit.record(verb=verb, by=by, at=at, thing=model, after=after, plain=("source",))
