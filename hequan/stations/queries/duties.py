"""What one station is responsible for (归口): its grids, organisations and circles, by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from hequan.stations.models import Station


@dataclass(frozen=True)
class Duty:
    """A grid, organisation or circle, and where it lies."""

    pk: int
    name: str
    place: str


@dataclass(frozen=True)
class StationDuties:
    """All that a station is the main, answering or core station of."""

    grids: tuple[Duty, ...]
    organisations: tuple[Duty, ...]
    circles: tuple[Duty, ...]


def duties_of(station: Station) -> StationDuties:
    """Return what the station is responsible for: three queries."""
    grids = station.main_for.order_by("grid__path", "grid__name")
    organisations = station.answers_for.order_by("organisation__name")
    circles = station.core_for.order_by("circle__name")
    return StationDuties(
        grids=_duties(grids.values_list("grid_id", "grid__name", "grid__parent__name")),
        organisations=_duties(
            organisations.values_list(
                "organisation_id", "organisation__name", "organisation__address"
            )
        ),
        circles=_duties(
            circles.values_list("circle_id", "circle__name", "circle__circle_set__name")
        ),
    )


def _duties(rows: Iterable[tuple[int, str, str | None]]) -> tuple[Duty, ...]:
    return tuple(Duty(pk, name, place or "") for pk, name, place in rows)
