"""The service directory (服务名录) in plain values: what other systems are told.

Only what is public: stations in service, the services offered there and the bodies that run them.
Organisations that are merely served are not part of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from hequan.stations.hours import ClosedSpell, DayException, Rule

T = TypeVar("T")


@dataclass(frozen=True)
class OrganisationEntry:
    """A body that runs stations."""

    pk: int
    name: str
    kind: str
    credit_code: str
    phone: str
    address: str


@dataclass(frozen=True)
class StationEntry:
    """A station in service with its hours; `accessibility` holds what was looked at."""

    pk: int
    code: str
    name: str
    kind: str
    lon: float
    lat: float
    address: str
    phone: str
    introduction: str
    unit_id: int
    organisation_id: int | None
    rules: tuple[Rule, ...]
    exceptions: tuple[DayException, ...]
    closures: tuple[ClosedSpell, ...]
    accessibility: tuple[tuple[str, bool | int], ...]
    checked_on: date | None


@dataclass(frozen=True)
class ServiceEntry:
    """A service of the catalogue; `organisation_id` where one body alone offers it.

    `stations` counts the stations in service that offer it, `shut` those of them closed now.
    """

    pk: int
    code: str
    name: str
    category: str
    mode: str
    minutes: int | None
    papers: tuple[str, ...]
    audience: str
    fee: str
    description: str
    ended_on: date | None
    stations: int
    shut: int
    organisation_id: int | None


@dataclass(frozen=True)
class OfferEntry:
    """A service at a station, in its own mode where that differs."""

    pk: int
    service_id: int
    station_id: int
    mode: str
    note: str


@dataclass(frozen=True)
class DirectoryFilter:
    """What is asked for; everything empty means all."""

    words: str = ""
    category: str = ""
    mode: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True)
class Slice(Generic[T]):
    """A page of entries and how many there are in all."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True)
class DirectoryKeys:
    """Every public key of the directory, so that ids made from them can be resolved."""

    services: dict[str, int]
    stations: dict[str, int]
    organisations: tuple[int, ...]
    offers: tuple[tuple[int, str, str], ...]  # offer, service code, station code
