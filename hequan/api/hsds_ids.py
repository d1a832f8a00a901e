"""Ids of the HSDS face (名录标识): UUIDs made from lasting codes (version 5), and back again.

The same station or service has the same id for ever and after any import; nothing is stored.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from hequan.core import versions
from hequan.stations.directory_queries import STAMP, directory_keys, publishing_unit
from hequan.territory.feature_queries import UnitEntry, unit_shelf

SPACE = UUID("6d0c6f0e-5a53-5d6a-9f0c-6871e5a0c0de")  # ours; never changes


def uuid_of(kind: str, *parts: object) -> str:
    """Return the id of one thing of a kind, made from what identifies it."""
    return str(uuid5(SPACE, ":".join((kind, *(str(part) for part in parts)))))


def service_id(code: str) -> str:
    """Return the id of a service."""
    return uuid_of("service", code)


def location_id(code: str) -> str:
    """Return the id of a station as a location."""
    return uuid_of("location", code)


def offer_id(service_code: str, station_code: str) -> str:
    """Return the id of a service at a station."""
    return uuid_of("offer", service_code, station_code)


def organisation_id(pk: int) -> str:
    """Return the id of a body that runs stations."""
    return uuid_of("organisation", pk)


@dataclass(frozen=True, eq=False)
class KeysById:
    """What each id stands for."""

    services: dict[str, int]
    locations: dict[str, int]
    offers: dict[str, int]
    organisations: dict[str, int]
    publisher: UnitEntry | None  # answers for stations that no body of their own runs
    publisher_id: str
    service_codes: dict[int, str]
    station_codes: dict[int, str]


def _build() -> KeysById:
    keys = directory_keys()
    shelf, unit = unit_shelf(), publishing_unit()
    publisher = shelf.entry(unit) if unit in shelf.position else None
    return KeysById(
        services={service_id(code): pk for code, pk in keys.services.items()},
        locations={location_id(code): pk for code, pk in keys.stations.items()},
        offers={offer_id(service, station): pk for pk, service, station in keys.offers},
        organisations={organisation_id(pk): pk for pk in keys.organisations},
        publisher=publisher,
        publisher_id=uuid_of("unit", publisher.code or publisher.pk if publisher else ""),
        service_codes={pk: code for code, pk in keys.services.items()},
        station_codes={pk: code for code, pk in keys.stations.items()},
    )


_kept = versions.Kept(_build, STAMP, "territory")


def keys_by_id() -> KeysById:
    """Return what each id stands for, as this process keeps it."""
    return _kept.get()
