"""Where a post is held (任职地点): a unit, a station or an organisation, and how far it reaches."""

from dataclasses import dataclass
from typing import Any

from hequan.core.grants import EVERYWHERE
from hequan.people.models import Organisation
from hequan.roster.kinds import PlaceKind
from hequan.stations.models import Station
from hequan.territory.models import Unit

PlaceRow = Unit | Station | Organisation


@dataclass(frozen=True)
class Place:
    """One place of the roster: its kind and its row."""

    kind: PlaceKind
    row: PlaceRow

    @classmethod
    def of(cls, row: PlaceRow) -> "Place":
        """Return the place that this row is."""
        if isinstance(row, Unit):
            return cls(PlaceKind.UNIT, row)
        return cls(PlaceKind.STATION if isinstance(row, Station) else PlaceKind.ORGANISATION, row)

    @property
    def pk(self) -> int:
        """Return the id of the row."""
        return int(self.row.pk)

    @property
    def name(self) -> str:
        """Return what the place is called."""
        return self.row.name

    @property
    def level(self) -> str:
        """Return the level of a unit; empty for other places."""
        return self.row.level if isinstance(self.row, Unit) else ""

    @property
    def path(self) -> str:
        """Return where it lies in the territory; an organisation of no unit lies everywhere."""
        if isinstance(self.row, Unit):
            return self.row.path
        unit = self.row.unit
        return unit.path if unit else EVERYWHERE

    @property
    def organisation(self) -> int | None:
        """Return the organisation's id where a post here reaches what it handles, not a part."""
        return self.pk if self.kind is PlaceKind.ORGANISATION else None

    @property
    def key(self) -> dict[str, Any]:
        """Return the place as the columns of a row held there."""
        return {str(self.kind): self.row}
