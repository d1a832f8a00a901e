"""What a form or an import fills and an action takes (登记内容): plain values, no rows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StationRecord:
    """Everything the register keeps of one station; degrees are WGS-84."""

    code: str
    name: str
    kind: str
    level: str
    unit_id: int
    lon: float
    lat: float
    address: str = ""
    phone: str = ""
    status: str = "open"
    roles: tuple[str, ...] = ()
    zone_kind: str = ""
    introduction: str = ""
    organisation_id: int | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    source_coordinates: str = "wgs84"


@dataclass(frozen=True)
class SpaceRecord:
    """A room or open space of a station."""

    name: str
    functions: tuple[str, ...] = ()
    capacity: int | None = None
    floor: str = ""
    area_m2: float | None = None
    step_free: bool | None = None


@dataclass(frozen=True)
class ServiceRecord:
    """One entry of the service catalogue; `minutes` is how long it usually takes."""

    code: str
    name: str
    category: str
    mode: str = "on_the_spot"
    minutes: int | None = None
    papers: tuple[str, ...] = ()
    audience: str = ""
    fee: str = ""
    description: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class AccessibilityRecord:
    """The accessibility checklist of a station; None means not looked at yet."""

    entrance_step_free: bool | None = None
    ramp: bool | None = None
    lift: bool | None = None
    door_width_cm: int | None = None
    accessible_wc: bool | None = None
    low_counter: bool | None = None
    e_display: bool | None = None
    writing_pad: bool | None = None
    voice_prompt: bool | None = None
    hearing_loop: bool | None = None
    guide_dog: bool | None = None
    checked_on: date | None = None


@dataclass(frozen=True)
class StopRecord:
    """One space of a corridor in its place, and its role there."""

    space_id: int
    role: str = ""
