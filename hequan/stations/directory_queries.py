"""The service directory (服务名录) read from the tables, each page in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from posixpath import commonpath
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hequan.core import versions
from hequan.people.models import Organisation
from hequan.stations.directory_records import (
    DirectoryFilter,
    DirectoryKeys,
    OfferEntry,
    OrganisationEntry,
    ServiceEntry,
    Slice,
    StationEntry,
)
from hequan.stations.hours import ClosedSpell, DayException, Rule
from hequan.stations.kinds import OpeningDay, StationStatus
from hequan.stations.models import (
    AccessibilityCheck,
    Closure,
    HoursException,
    OpeningRule,
    Service,
    ServiceOffer,
    Station,
)
from hequan.territory.paths import ids_in

STAMP = "stations"
AHEAD = timedelta(days=60)
CHECKED = (
    *("entrance_step_free", "ramp", "lift", "door_width_cm", "accessible_wc", "low_counter"),
    *("e_display", "writing_pad", "voice_prompt", "hearing_loop", "guide_dog"),
)


def _stations() -> QuerySet[Station]:
    return Station.objects.filter(status=StationStatus.OPEN)


def _offers() -> QuerySet[ServiceOffer]:
    return ServiceOffer.objects.filter(station__status=StationStatus.OPEN)


def _build_keys() -> DirectoryKeys:
    offers = _offers().values_list("pk", "service__code", "station__code")
    running = _stations().exclude(organisation=None).order_by("organisation_id")
    return DirectoryKeys(
        services=dict(Service.objects.values_list("code", "pk")),
        stations=dict(_stations().values_list("code", "pk")),
        organisations=tuple(running.values_list("organisation_id", flat=True).distinct()),
        offers=tuple(offers.iterator(chunk_size=5000)),
    )


_kept_keys = versions.Kept(_build_keys, STAMP)


def directory_keys() -> DirectoryKeys:
    """Return every public key as this process keeps them."""
    return _kept_keys.get()


def _build_publisher() -> int | None:
    paths = list(_stations().values_list("unit__path", flat=True).distinct())
    shared = commonpath(paths) if paths else ""
    ids = ids_in(shared)
    return ids[-1] if ids else None


_kept_publisher = versions.Kept(_build_publisher, STAMP, "territory")


def publishing_unit() -> int | None:
    """Return the smallest unit that holds all stations in service: it answers for the rest."""
    return _kept_publisher.get()


def organisation_entries(
    *, words: str = "", pks: Iterable[int] | None = None, offset: int = 0, limit: int = 100
) -> Slice[OrganisationEntry]:
    """Return the bodies that run stations, by name; `pks` narrows to some of them."""
    rows = Organisation.objects.filter(stations_run__status=StationStatus.OPEN).distinct()
    rows = rows.filter(name__icontains=words) if words else rows
    rows = rows if pks is None else rows.filter(pk__in=list(pks))
    shown = rows.order_by("name", "pk")[offset : offset + limit]
    entries = tuple(
        OrganisationEntry(one.pk, one.name, one.kind, one.credit_code, one.phone, one.address)
        for one in shown
    )
    return Slice(entries, rows.count())


def service_entries(
    asked: DirectoryFilter, *, at: datetime, offset: int = 0, limit: int = 100
) -> Slice[ServiceEntry]:
    """Return the services that pass the filter, by code, ended ones included."""
    rows = _services_asked(asked)
    shown = list(rows.order_by("code")[offset : offset + limit])
    return Slice(_service_entries(shown, at), rows.count())


def services_with(pks: Iterable[int], *, at: datetime) -> dict[int, ServiceEntry]:
    """Return these services by id."""
    rows = Service.objects.filter(pk__in=list(pks)).order_by("code")
    return {entry.pk: entry for entry in _service_entries(list(rows), at)}


def _services_asked(asked: DirectoryFilter) -> QuerySet[Service]:
    rows = Service.objects.all()
    if asked.words:
        rows = rows.filter(Q(name__icontains=asked.words) | Q(description__icontains=asked.words))
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.mode:
        rows = rows.filter(mode=asked.mode)
    if asked.organisation_id is not None:
        offers = _offers().filter(station__organisation_id=asked.organisation_id)
        rows = rows.filter(pk__in=offers.values("service_id"))
    return rows


def _service_entries(rows: list[Service], at: datetime) -> tuple[ServiceEntry, ...]:
    offered = _offers().filter(service__in=rows)
    bodies: dict[int, set[int | None]] = defaultdict(set)
    stations: dict[int, set[int]] = defaultdict(set)
    for service, station, body in offered.values_list(
        "service_id", "station_id", "station__organisation_id"
    ):
        bodies[service].add(body)
        stations[service].add(station)
    closed = set(_closures(at, at).values_list("station_id", flat=True))
    return tuple(
        _service_entry(row, bodies[row.pk], stations[row.pk], stations[row.pk] & closed)
        for row in rows
    )


def _service_entry(
    row: Service, bodies: set[int | None], stations: set[int], shut: set[int]
) -> ServiceEntry:
    return ServiceEntry(
        pk=row.pk,
        code=row.code,
        name=row.name,
        category=row.category,
        mode=row.mode,
        minutes=row.minutes,
        papers=tuple(str(paper) for paper in row.papers),
        audience=row.audience,
        fee=row.fee,
        description=row.description,
        ended_on=row.ended_on,
        stations=len(stations),
        shut=len(shut),
        organisation_id=next(iter(bodies)) if len(bodies) == 1 else None,
    )


def offer_entries(
    asked: DirectoryFilter,
    *,
    service_ids: Iterable[int] | None = None,
    pks: Iterable[int] | None = None,
    offset: int = 0,
    limit: int | None = 100,
) -> Slice[OfferEntry]:
    """Return which service is offered where, by service and station code; limit None: all."""
    rows = _offers().filter(service__in=_services_asked(asked))
    if asked.organisation_id is not None:
        rows = rows.filter(station__organisation_id=asked.organisation_id)
    rows = rows if service_ids is None else rows.filter(service_id__in=list(service_ids))
    rows = rows if pks is None else rows.filter(pk__in=list(pks))
    end = None if limit is None else offset + limit
    shown = rows.order_by("service__code", "station__code")[offset:end]
    entries = tuple(
        OfferEntry(one.pk, one.service_id, one.station_id, one.mode, one.note) for one in shown
    )
    return Slice(entries, len(entries) if limit is None else rows.count())


def station_entries(
    *,
    at: datetime,
    pks: Iterable[int] | None = None,
    organisation_id: int | None = None,
    words: str = "",
    offset: int = 0,
    limit: int | None = 100,
) -> Slice[StationEntry]:
    """Return stations in service with their hours and what changes them in the next 60 days."""
    rows = _stations()
    rows = rows.filter(name__icontains=words) if words else rows
    rows = rows if pks is None else rows.filter(pk__in=list(pks))
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    end = None if limit is None else offset + limit
    shown = list(rows.order_by("code")[offset:end])
    total = len(shown) if limit is None else rows.count()
    return Slice(_station_entries(shown, at), total)


def _station_entries(rows: list[Station], at: datetime) -> tuple[StationEntry, ...]:
    rules, exceptions = _rules(rows), _exceptions(rows, at)
    closures, checks = _spells(rows, at), _checks(rows)
    return tuple(
        StationEntry(
            pk=row.pk,
            code=row.code,
            name=row.name,
            kind=row.kind,
            lon=row.lon,
            lat=row.lat,
            address=row.address,
            phone=row.phone,
            introduction=row.introduction,
            unit_id=row.unit_id,
            organisation_id=row.organisation_id,
            rules=tuple(rules[row.pk]),
            exceptions=tuple(exceptions[row.pk]),
            closures=tuple(closures[row.pk]),
            accessibility=_looked_at(checks.get(row.pk)),
            checked_on=checks[row.pk].checked_on if row.pk in checks else None,
        )
        for row in rows
    )


def _rules(rows: list[Station]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    kept = ("day", "opens", "closes", "season", "season_from", "season_to")
    for row in OpeningRule.objects.filter(station__in=rows).order_by("pk"):
        values: dict[str, Any] = {name: getattr(row, name) for name in kept}
        values |= {"day": OpeningDay(row.day), "valid_from": row.valid_from}
        found[row.station_id].append(Rule(**values, valid_to=row.valid_to))
    return found


def _exceptions(rows: list[Station], at: datetime) -> dict[int, list[DayException]]:
    today = timezone.localdate(at)
    found: dict[int, list[DayException]] = defaultdict(list)
    coming = HoursException.objects.filter(
        station__in=rows, day__gte=today, day__lte=today + AHEAD
    ).order_by("day", "opens")
    for row in coming:
        found[row.station_id].append(DayException(row.day, row.opens, row.closes, row.reason))
    return found


def _closures(first: datetime, last: datetime) -> QuerySet[Closure]:
    return Closure.objects.filter(withdrawn_at=None, from_at__lte=last, to_at__gt=first)


def _spells(rows: list[Station], at: datetime) -> dict[int, list[ClosedSpell]]:
    found: dict[int, list[ClosedSpell]] = defaultdict(list)
    for row in _closures(at, at + AHEAD).filter(station__in=rows).order_by("from_at"):
        found[row.station_id].append(ClosedSpell(row.from_at, row.to_at, row.reason))
    return found


def _checks(rows: list[Station]) -> dict[int, AccessibilityCheck]:
    return {row.station_id: row for row in AccessibilityCheck.objects.filter(station__in=rows)}


def _looked_at(check: AccessibilityCheck | None) -> tuple[tuple[str, bool | int], ...]:
    if check is None:
        return ()
    values = ((name, getattr(check, name)) for name in CHECKED)
    return tuple((name, value) for name, value in values if value is not None)
