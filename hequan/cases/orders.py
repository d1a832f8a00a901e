"""A work order of the city's hotline (市热线工单): an asking with its own number and deadline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hequan.cases.asking import Asking


@dataclass(frozen=True)
class Order:
    """One order as it was sent; source and number name it for ever."""

    source: str
    number: str
    asking: Asking
    due_at: datetime | None = None


class OrderFate(StrEnum):
    """What became of an order that was sent."""

    OPENED = "opened"
    CHANGED = "changed"
    SAME = "same"
    ENDED = "ended"  # seen again with changes after its case was over: noted, nothing moved
