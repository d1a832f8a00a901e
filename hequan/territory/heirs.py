"""Heirs (承继单元): which of the units that took an ended one's place a thing belongs to now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.queries import units_at, units_with_ids


@dataclass(frozen=True)
class Heirs:
    """The units that ended together and those that began in their place."""

    ended: tuple[int, ...]
    units: tuple[Unit, ...]

    def of_place(self, lon: float | None, lat: float | None) -> Unit:
        """Return the heir whose outline holds the place, the first heir where none does."""
        if lon is not None and lat is not None and len(self.units) > 1:
            found = int(units_at([lon], [lat], Level(self.units[0].level))[0])
            return next((one for one in self.units if one.pk == found), self.units[0])
        return self.units[0]


def heirs_told(payload: Mapping[str, Any]) -> Heirs:
    """Return the heirs that news of a merger or a split tells of; the first told stands first."""
    ids: Sequence[int] = payload["heirs"]
    found = units_with_ids(ids)
    return Heirs(tuple(payload["ended"]), tuple(found[pk] for pk in ids if pk in found))
