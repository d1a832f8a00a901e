"""What lists and pages show of a station and a service: plain values shared between requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hequan.stations.hours import OpenState


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service as one station offers it; `mode` is the station's own where it has one."""

    pk: int
    code: str
    name: str
    category: str
    mode: str


@dataclass(frozen=True, slots=True)
class StationCard:
    """A station as lists show it; `step_free` is None where nobody has looked."""

    pk: int
    code: str
    name: str
    kind: str
    level: str
    status: str
    address: str
    phone: str
    unit_id: int
    unit_name: str
    unit_path: str
    lon: float
    lat: float
    step_free: bool | None
    roles: tuple[str, ...]
    zone_kind: str
    services: tuple[ServiceCard, ...]


class ListedStation(NamedTuple):
    """A station of a list and how it stands at the moment asked for."""

    station: StationCard
    open: OpenState


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """An entry of the service catalogue and how many open stations offer it."""

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
    stations_count: int


@dataclass(frozen=True)
class ClosureRow:
    """A closure as announced; `running` at the moment asked for."""

    pk: int
    station_id: int
    from_at: datetime
    to_at: datetime
    reason: str
    is_sudden: bool
    announced_at: datetime
    withdrawn_at: datetime | None
    running: bool
