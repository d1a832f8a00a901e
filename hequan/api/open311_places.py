"""Jurisdictions of Open311 (辖区标识): a town by its code, or the whole house by its own host."""

from dataclasses import dataclass

from hequan.cases.queries import towns_served
from hequan.territory.queries import codes_of_units


@dataclass(frozen=True)
class Place:
    """One town that is served."""

    pk: int
    path: str


def jurisdiction(said: str, host: str) -> Place | None:
    """Return the town of an id, None for none and for the house itself; LookupError for others."""
    name = said.strip().lower()
    if not name or name in (host.lower(), host.lower().partition(":")[0]):
        return None
    towns = towns_served()
    codes = codes_of_units(one.pk for one in towns)
    for town in towns:
        if codes.get(town.pk, "") == name:
            return Place(town.pk, town.path)
    raise LookupError(said)
