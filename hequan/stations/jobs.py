"""Jobs of the stations: load, call one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.jobs import job
from hequan.stations import actions
from hequan.stations.actions.coverage import JOB
from hequan.stations.coverage_runs import CoverageRun


@job(JOB)
def measure_coverage(payload: Mapping[str, Any], at: datetime) -> None:
    """Measure a coverage run; a run that is gone or done needs nothing."""
    run = CoverageRun.objects.select_related("unit").filter(pk=payload["run"]).first()
    if run is not None:
        actions.measure_coverage(run=run, by=system_account(), at=at)


def announce() -> None:
    """Register the handlers: importing this module does."""
