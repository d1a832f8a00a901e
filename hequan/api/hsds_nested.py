"""HSDS answers put together (名录嵌套): services with their places, places with their hours.

One `Directory` serves one request: it looks the stamps up once and loads whatever a whole page
needs in a fixed number of queries, so that a page of fifty costs as much as a page of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from django.utils import timezone

from hequan.api.hsds_ids import KeysById, keys_by_id, organisation_id, service_id
from hequan.api.hsds_shapes import (
    Shape,
    location_details,
    location_shape,
    offer_shape,
    organisation_details,
    organisation_shape,
    publisher_shape,
    service_details,
    service_shape,
)
from hequan.core.clock import now
from hequan.stations.directory_queries import (
    offer_entries,
    organisation_entries,
    service_entries,
    services_with,
    station_entries,
)
from hequan.stations.directory_records import (
    DirectoryFilter,
    OfferEntry,
    OrganisationEntry,
    ServiceEntry,
    StationEntry,
)
from hequan.territory.feature_queries import UnitShelf, unit_shelf


@dataclass(frozen=True, eq=False)
class Directory:
    """The directory as one request sees it."""

    keys: KeysById
    shelf: UnitShelf
    at: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """Return the local day."""
        return self.at.astimezone(self.zone).date()

    @cached_property
    def publisher(self) -> Shape:
        """The unit that answers for stations nobody else runs."""
        return publisher_shape(self.keys.publisher_id, self.keys.publisher)

    @cached_property
    def service_ids(self) -> dict[int, str]:
        """The id of every service, by our key."""
        return {pk: service_id(code) for pk, code in self.keys.service_codes.items()}

    def service(self, pk: int) -> ServiceEntry:
        """Return one service of the catalogue."""
        return services_with([pk], at=self.at)[pk]

    def organisations(
        self, rows: Iterable[OrganisationEntry], *, full: bool = False
    ) -> list[Shape]:
        """Return bodies; `full`: with their telephone and number."""
        return [
            organisation_shape(one) | (organisation_details(one) if full else {}) for one in rows
        ]

    def listed_services(self, rows: Sequence[ServiceEntry]) -> list[Shape]:
        """Return services with their organisation, as lists have them."""
        bodies = self._bodies(row.organisation_id for row in rows)
        return [
            service_shape(row, self.today) | {"organization": bodies[row.organisation_id]}
            for row in rows
        ]

    def full_services(self, rows: Sequence[ServiceEntry]) -> list[Shape]:
        """Return services with everything inside."""
        found = offer_entries(DirectoryFilter(), service_ids=[row.pk for row in rows], limit=None)
        places = self._places(one.station_id for one in found.rows)
        bodies = self._bodies(row.organisation_id for row in rows)
        offers: dict[int, list[OfferEntry]] = defaultdict(list)
        for one in found.rows:
            offers[one.service_id].append(one)
        return [
            service_shape(row, self.today)
            | service_details(row)
            | {
                "organization": bodies[row.organisation_id],
                "service_at_locations": [
                    self._offer(one, row) | {"location": places[one.station_id]}
                    for one in offers[row.pk]
                ],
            }
            for row in rows
        ]

    def offers(self, rows: Sequence[OfferEntry], *, full: bool) -> list[Shape]:
        """Return services at places with the place and the service."""
        places = self._places((one.station_id for one in rows), full=full)
        services = services_with({one.service_id for one in rows}, at=self.at)
        bodies = self._bodies(entry.organisation_id for entry in services.values())
        told = []
        for one in rows:
            entry = services[one.service_id]
            service = service_shape(entry, self.today)
            service |= service_details(entry) if full else {}
            service["organization"] = bodies[entry.organisation_id]
            both = {"location": places[one.station_id], "service": service}
            told.append(self._offer(one, entry) | both)
        return told

    def location(self, entry: StationEntry, *, full: bool = True) -> Shape:
        """Return a station as a location."""
        body = entry.organisation_id
        known = {organisation_id(body)} & self.keys.organisations.keys() if body else set()
        owner = next(iter(known), self.keys.publisher_id)
        told = location_shape(entry) | {"organization_id": owner}
        if full:
            told |= location_details(entry, self.shelf, at=self.at, zone=self.zone)
        return told

    def full_organisation(self, body: Shape, *, services: bool) -> Shape:
        """Return a body with its places and services; `services`: everything inside those too."""
        pk = self.keys.organisations.get(body["id"])
        if pk is None:
            return body
        found = service_entries(DirectoryFilter(organisation_id=pk), at=self.at, limit=10_000).rows
        inside = self.full_services(found) if services else self.listed_services(found)
        stations = station_entries(at=self.at, organisation_id=pk, limit=None).rows
        own = [
            {key: value for key, value in one.items() if key != "organization"} for one in inside
        ]
        return body | {"locations": [self.location(one) for one in stations], "services": own}

    def _offer(self, one: OfferEntry, service: ServiceEntry) -> Shape:
        return offer_shape(one, service, self.keys.station_codes[one.station_id])

    def _places(self, pks: Iterable[int], *, full: bool = True) -> dict[int, Shape]:
        found = station_entries(at=self.at, pks=set(pks), limit=None).rows
        return {entry.pk: self.location(entry, full=full) for entry in found}

    def _bodies(self, pks: Iterable[int | None]) -> dict[int | None, Shape]:
        wanted = {pk for pk in pks if pk is not None}
        found = organisation_entries(pks=wanted, limit=len(wanted) or 1).rows
        bodies: dict[int | None, Shape] = {one.pk: organisation_shape(one) for one in found}
        return bodies | {None: self.publisher}


def open_directory() -> Directory:
    """Return the directory as of now."""
    return Directory(keys_by_id(), unit_shelf(), now(), timezone.get_default_timezone())
