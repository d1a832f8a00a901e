"""Who has which station or service, many at a time (主站、核心站、应答站、服务的批量指定).

One statement per thousand rows, one audit entry and one stamp a call; a pair told again replaces
what stood. The single actions are in `assignments`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.core.quick_rows import insert_rows
from hequan.stations.actions.stations import STAMP
from hequan.stations.models import (
    AnsweringStation,
    CoreStation,
    MainStation,
    ServiceOffer,
    Station,
)

_BATCH = 1000

Pairs = Iterable[tuple[int, int]]


@transaction.atomic
def set_main_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station is the main one of each micro-grid: (grid id, station id)."""
    rows = [MainStation(grid_id=grid, station_id=station) for grid, station in pairs]
    _replace(MainStation, rows, "grid")
    _note("stations.main_stations_set", len(rows), by, at)


@transaction.atomic
def set_core_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station is the core of each circle: (circle id, station id)."""
    rows = [CoreStation(circle_id=circle, station_id=station) for circle, station in pairs]
    _replace(CoreStation, rows, "circle")
    _note("stations.core_stations_set", len(rows), by, at)


@transaction.atomic
def set_answering_stations(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Say which station answers for each organisation: (organisation id, station id)."""
    rows = [AnsweringStation(organisation_id=body, station_id=station) for body, station in pairs]
    _replace(AnsweringStation, rows, "organisation")
    _note("stations.answering_stations_set", len(rows), by, at)


@transaction.atomic
def add_offers(*, pairs: Pairs, by: Account, at: datetime) -> None:
    """Add what new stations offer: (station id, service id), each in the service's own mode."""
    names = ("station", "service", "mode", "note")
    added = insert_rows(ServiceOffer, names, ((one, other, "", "") for one, other in pairs))
    _note("stations.offers_added", added, by, at)


def _replace(model: Any, rows: list[Any], field: str) -> None:
    model.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=[field],
        update_fields=["station"],
    )


def _note(verb: str, pairs: int, by: Account, at: datetime) -> None:
    versions.bump(STAMP)
    audit.record(verb=verb, by=by, at=at, thing=Station, after={"pairs": pairs})
