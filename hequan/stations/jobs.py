"""Jobs of the stations: load, call one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.jobs import job
from hequan.core.outbox import listen
from hequan.stations import actions
from hequan.stations.actions.coverage import JOB
from hequan.stations.coverage_runs import CoverageRun
from hequan.territory.heirs import heirs_told

FOLLOW = "stations.follow_units"


def _give_up(payload: Mapping[str, Any], error: str, at: datetime) -> None:
    run = _run_of(payload)
    if run is not None:
        actions.give_up_coverage(run=run, by=system_account(), at=at)


def _wait_again(payload: Mapping[str, Any], at: datetime) -> None:
    run = _run_of(payload)
    if run is not None:
        actions.wait_again_for_coverage(run=run, by=system_account(), at=at)


def _run_of(payload: Mapping[str, Any]) -> CoverageRun | None:
    return CoverageRun.objects.select_related("unit").filter(pk=payload["run"]).first()


@job(JOB, on_death=_give_up, on_revival=_wait_again)
def measure_coverage(payload: Mapping[str, Any], at: datetime) -> None:
    """Measure a coverage run; a run that is gone or done needs nothing."""
    run = _run_of(payload)
    if run is not None:
        actions.measure_coverage(run=run, by=system_account(), at=at)


@job(FOLLOW)
def follow_units(payload: Mapping[str, Any], at: datetime) -> None:
    """Give the stations of units that were merged or split to the heirs."""
    actions.move_stations_to_heirs(heirs=heirs_told(payload), by=system_account(), at=at)


def announce() -> None:
    """Listen to news of the territory; the handlers are registered by importing this module."""
    listen("territory.units_merged", FOLLOW)
    listen("territory.unit_split", FOLLOW)
