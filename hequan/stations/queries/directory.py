"""The directory of open stations (站点名录) that every process keeps in memory.

Public pages ask it and the database not at all: positions, services and hours of all stations that
serve people, rebuilt when the stamp of stations, the calendar or the territory moves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Count, Q
from django.utils import timezone
from numpy.typing import NDArray

from hequan.core.calendar_days import working_calendar
from hequan.core.versions import Kept
from hequan.stations.errors import StationNotFoundError
from hequan.stations.hours import (
    ClosedSpell,
    DayException,
    OpenState,
    Rule,
    Schedule,
    Span,
    open_state,
    opening_spans,
)
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
from hequan.stations.queries.cards import ServiceCard, ServiceRow, StationCard

STAMP = "stations"
_MOST_KEPT = 100_000


@dataclass(frozen=True, eq=False)
class Directory:
    """Every station that serves people; `lon` and `lat` follow the order of `cards`."""

    cards: tuple[StationCard, ...]
    services: tuple[ServiceRow, ...]
    schedules: Mapping[int, Schedule]
    zone: tzinfo
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    by_pk: Mapping[int, StationCard]
    by_code: Mapping[str, StationCard]
    _spans: dict[tuple[int, date, int], tuple[Span, ...]] = field(default_factory=dict, repr=False)

    def card(self, pk: int) -> StationCard:
        """Return a station; StationNotFoundError where none of that id serves people."""
        try:
            return self.by_pk[pk]
        except KeyError:
            raise StationNotFoundError from None

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each station stands in `cards`, `lon` and `lat`, by id."""
        return {card.pk: place for place, card in enumerate(self.cards)}

    def with_code(self, code: str) -> StationCard:
        """Return a station by its code; StationNotFoundError where there is none."""
        try:
            return self.by_code[code]
        except KeyError:
            raise StationNotFoundError from None

    def open_state(self, pk: int, at: datetime) -> OpenState:
        """Return whether the station is open at a moment and what comes next."""
        first = at.astimezone(self.zone).date()
        schedule = self.schedules[pk]
        return open_state(schedule, at, spans_of=lambda days: self._around(pk, first, days))

    def is_open(self, pk: int, at: datetime) -> bool:
        """Tell whether the station is open at a moment."""
        spans = self._around(pk, at.astimezone(self.zone).date(), 3)
        return any(span.opens_at <= at < span.closes_at for span in spans)

    def _around(self, pk: int, first: date, days: int) -> tuple[Span, ...]:
        key = (pk, first, days)
        found = self._spans.get(key)
        if found is None:
            if len(self._spans) > _MOST_KEPT:
                self._spans.clear()
            found = self._spans[key] = opening_spans(self.schedules[pk], first, days)
        return found


def _build() -> Directory:
    services, cards_of = _services(), _cards_by_station()
    step_free = _step_free()
    rows = Station.objects.filter(status=StationStatus.OPEN).order_by("unit__path", "name", "pk")
    cards = tuple(
        _card(row, step_free.get(row[0]), cards_of.get(row[0], []))
        for row in rows.values_list(
            *("pk", "code", "name", "kind", "level", "status", "address", "phone"),
            *("unit_id", "unit__name", "unit__path", "lon", "lat", "roles", "zone_kind"),
        )
    )
    return Directory(
        cards=cards,
        services=services,
        schedules=schedules_of([card.pk for card in cards], everything=True),
        zone=timezone.get_default_timezone(),
        lon=np.array([card.lon for card in cards], np.float64),
        lat=np.array([card.lat for card in cards], np.float64),
        by_pk={card.pk: card for card in cards},
        by_code={card.code: card for card in cards},
    )


def _card(row: Sequence[Any], step_free: bool | None, services: list[ServiceCard]) -> StationCard:
    *plain, roles, zone_kind = row
    values = [*plain, step_free, tuple(roles), zone_kind, tuple(services)]
    return StationCard(*values)


_kept = Kept(_build, STAMP, "calendar", "territory")


def station_directory() -> Directory:
    """Return the directory as of the present stamps: one query, or none that is not needed."""
    return _kept.get()


def schedules_of(pks: Iterable[int], *, everything: bool = False) -> dict[int, Schedule]:
    """Return what decides when each of these stations is open, in three queries.

    With `everything` the rows are read without naming the stations: quicker for most of them.
    """
    pks = list(pks)
    wanted = Q() if everything else Q(station_id__in=pks)
    rules, exceptions, closures = _rules(wanted), _exceptions(wanted), _closures(wanted)
    calendar, zone = working_calendar(), timezone.get_default_timezone()
    return {
        pk: Schedule(
            tuple(rules.get(pk, ())),
            calendar,
            zone,
            tuple(exceptions.get(pk, ())),
            tuple(closures.get(pk, ())),
        )
        for pk in pks
    }


def _rules(wanted: Q) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    alike: dict[tuple[object, ...], Rule] = {}  # most stations keep the same hours
    rows = (
        OpeningRule.objects.filter(wanted)
        .order_by("pk")
        .values_list(
            *("station_id", "day", "opens", "closes", "season", "season_from", "season_to"),
            *("valid_from", "valid_to"),
        )
    )
    for pk, *values in rows.iterator(chunk_size=5000):
        key = tuple(values)
        if key not in alike:
            alike[key] = Rule(OpeningDay(values[0]), *values[1:])
        found[pk].append(alike[key])
    return found


def _exceptions(wanted: Q) -> dict[int, list[DayException]]:
    found: dict[int, list[DayException]] = defaultdict(list)
    rows = HoursException.objects.filter(wanted).order_by("day", "opens")
    columns = rows.values_list("station_id", "day", "opens", "closes", "reason")
    for pk, day, opens, closes, reason in columns:
        found[pk].append(DayException(day, opens, closes, reason))
    return found


def _closures(wanted: Q) -> dict[int, list[ClosedSpell]]:
    found: dict[int, list[ClosedSpell]] = defaultdict(list)
    rows = Closure.objects.filter(wanted, withdrawn_at=None).order_by("from_at")
    for pk, from_at, to_at, reason in rows.values_list("station_id", "from_at", "to_at", "reason"):
        found[pk].append(ClosedSpell(from_at, to_at, reason))
    return found


def _services() -> tuple[ServiceRow, ...]:
    offered = Count("offers", filter=Q(offers__station__status=StationStatus.OPEN))
    rows = Service.objects.filter(ended_on=None).annotate(stations_count=offered)
    found: Iterable[Sequence[Any]] = rows.order_by("category", "name", "pk").values_list(
        *("pk", "code", "name", "category", "mode", "minutes", "papers"),
        *("audience", "fee", "description", "stations_count"),
    )
    return tuple(ServiceRow(*[*row[:6], tuple(row[6]), *row[7:]]) for row in found)


def _cards_by_station() -> dict[int, list[ServiceCard]]:
    found: dict[int, list[ServiceCard]] = defaultdict(list)
    alike: dict[tuple[int, str], ServiceCard] = {}
    services = {
        pk: (code, name, category, mode)
        for pk, code, name, category, mode in Service.objects.filter(ended_on=None)
        .order_by("category", "name")
        .values_list("pk", "code", "name", "category", "mode")
    }
    order = {pk: place for place, pk in enumerate(services)}
    offers = ServiceOffer.objects.filter(station__status=StationStatus.OPEN, service__ended_on=None)
    rows = sorted(
        offers.values_list("station_id", "service_id", "mode").iterator(chunk_size=5000),
        key=lambda row: (row[0], order[row[1]]),
    )
    for station, service, own_mode in rows:
        key = (service, own_mode)
        if key not in alike:
            code, name, category, mode = services[service]
            alike[key] = ServiceCard(service, code, name, category, own_mode or mode)
        found[station].append(alike[key])
    return found


def _step_free() -> dict[int, bool | None]:
    rows = AccessibilityCheck.objects.values_list("station_id", "entrance_step_free", "ramp")
    return {pk: step_free_of(entrance, ramp) for pk, entrance, ramp in rows}


def step_free_of(entrance: bool | None, ramp: bool | None) -> bool | None:
    """Return whether one gets in without steps: a level entrance or a ramp; None = not known."""
    if entrance or ramp:
        return True
    return None if entrance is None or ramp is None else False
