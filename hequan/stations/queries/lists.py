"""Lists of stations and of services (站点列表、服务目录), answered from memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hequan.stations.errors import ServiceNotFoundError
from hequan.stations.hours import OpenState, Span, opening_spans
from hequan.stations.models import ServiceOffer
from hequan.stations.queries.cards import ListedStation, ServiceRow, StationCard
from hequan.stations.queries.directory import station_directory


@dataclass(frozen=True)
class Catalogue:
    """One page of the service catalogue; `by_category` counts under the other filters."""

    rows: tuple[ServiceRow, ...]
    total: int
    page: int
    pages: int
    by_category: dict[str, int]


@dataclass(frozen=True)
class OfferedAt:
    """A station that offers a service, and how."""

    station: StationCard
    open: OpenState
    mode: str
    note: str


@dataclass(frozen=True)
class ServicePage:
    """A service and the open stations that offer it."""

    service: ServiceRow
    offers: tuple[OfferedAt, ...]


def stations_list(
    *,
    at: datetime,
    kind: str = "",
    unit_path: str = "",
    open_at: datetime | None = None,
    words: str = "",
    service: str = "",
) -> tuple[ListedStation, ...]:
    """Return the stations that serve people, by territory and name, with their state at `at`.

    Filters: kind, inside a unit's path, open at a moment, every word in name, address or code,
    a service's code.
    """
    directory = station_directory()
    found = [
        card
        for card in directory.cards
        if (not kind or card.kind == kind)
        and card.unit_path.startswith(unit_path)
        and (not service or any(one.code == service for one in card.services))
        and _holds(words, card.name, card.address, card.code, card.unit_name)
        and (open_at is None or directory.is_open(card.pk, open_at))
    ]
    return tuple(ListedStation(card, directory.open_state(card.pk, at)) for card in found)


def services_catalogue(
    *, words: str = "", category: str = "", mode: str = "", page: int = 1, per_page: int = 60
) -> Catalogue:
    """Return one page of the catalogue, by category and name; a page too far is the last one."""
    fitting = [
        row
        for row in station_directory().services
        if (not mode or row.mode == mode)
        and _holds(words, row.name, row.code, row.description, row.audience)
    ]
    rows = [row for row in fitting if not category or row.category == category]
    pages = max(1, -(-len(rows) // per_page))
    page = min(max(page, 1), pages)
    return Catalogue(
        rows=tuple(rows[(page - 1) * per_page : page * per_page]),
        total=len(rows),
        page=page,
        pages=pages,
        by_category=dict(Counter(row.category for row in fitting)),
    )


def service_page(code: str, at: datetime) -> ServicePage:
    """Return a service and who offers it, the open ones first; ServiceNotFoundError if none."""
    directory = station_directory()
    service = next((row for row in directory.services if row.code == code), None)
    if service is None:
        raise ServiceNotFoundError
    notes = offer_notes(service.pk)
    offers = [
        OfferedAt(card, directory.open_state(card.pk, at), offered.mode, notes.get(card.pk, ""))
        for card in directory.cards
        for offered in card.services
        if offered.pk == service.pk
    ]
    return ServicePage(service, tuple(sorted(offers, key=lambda offer: not offer.open.is_open)))


def offer_notes(service_pk: int) -> dict[int, str]:
    """Return what stations note beside a service, by station: one query."""
    rows = ServiceOffer.objects.filter(service_id=service_pk).exclude(note="")
    return dict(rows.values_list("station_id", "note"))


def openings_between(station_pk: int, from_at: datetime, to_at: datetime) -> tuple[Span, ...]:
    """Return when a station is open between two moments, cut at both; at most a year."""
    directory = station_directory()
    first = from_at.astimezone(directory.zone).date()
    days = min((to_at - from_at).days + 2, 367)
    spans = opening_spans(directory.schedules[directory.card(station_pk).pk], first, days)
    cut = [Span(max(s.opens_at, from_at), min(s.closes_at, to_at)) for s in spans]
    return tuple(span for span in cut if span.opens_at < span.closes_at)


def _holds(words: str, *texts: str) -> bool:
    wanted: Sequence[str] = words.casefold().split()
    return not wanted or all(word in " ".join(texts).casefold() for word in wanted)
