"""Asking for a coverage measurement and keeping what it found (覆盖测算)."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hequan.core import audit
from hequan.core.accounts import Account
from hequan.core.errors import HequanError
from hequan.core.jobs import enqueue
from hequan.planner.errors import PlannerError
from hequan.stations.actions.coverage_rows import figures_of, gaps_of, reaches_of, rows_of
from hequan.stations.actions.stations import check_listed
from hequan.stations.coverage import Measured, measure, walkers_of
from hequan.stations.coverage_runs import (
    CoverageGap,
    CoverageReach,
    CoverageRun,
    CoverageStation,
    CoverageUnit,
)
from hequan.stations.errors import UnknownValueError
from hequan.stations.kinds import OpeningDay, RunState
from hequan.territory.models import Unit

JOB = "stations.measure_coverage"
PROFILES = ("adult", "elder", "frail", "child", "wheelchair")
_LONGEST_MINUTES = 60
_BATCH = 500

log = logging.getLogger(__name__)


@transaction.atomic
def ask_coverage(
    *,
    unit: Unit,
    profiles: Sequence[str] = PROFILES,
    minutes: Sequence[int] = (5, 10, 15),
    day: str = "",
    minute: int | None = None,
    by: Account,
    at: datetime,
) -> CoverageRun:
    """Ask for a measurement below a unit, at a weekday and minute or at any hour; a job does it."""
    walkers_of(profiles, timezone.localtime(at).date())
    _check_minutes(minutes)
    check_listed([day] if day else [], OpeningDay)
    if bool(day) != (minute is not None) or (minute is not None and not 0 <= minute < 24 * 60):
        raise UnknownValueError(value=minute, known="0-1439")
    run = CoverageRun.objects.create(
        unit=unit,
        day=day,
        minute=minute,
        profiles=list(dict.fromkeys(profiles)),
        minutes=sorted(set(minutes)),
        asked_by=by,
        asked_at=at,
    )
    enqueue(JOB, {"run": run.pk}, at)
    after = {"unit": unit.pk, "profiles": run.profiles, "day": day, "minute": minute}
    audit.record(verb="stations.coverage_asked", by=by, at=at, thing=run, after=after)
    return run


def _check_minutes(minutes: Sequence[int]) -> None:
    for one in minutes:
        if not 1 <= one <= _LONGEST_MINUTES:
            raise UnknownValueError(value=one, known=f"1-{_LONGEST_MINUTES}")
    if not minutes:
        raise UnknownValueError(value="-", known=f"1-{_LONGEST_MINUTES}")


def measure_coverage(*, run: CoverageRun, by: Account, at: datetime) -> CoverageRun:
    """Measure a waiting run and keep the result, or the reason why there is none.

    The measuring runs outside any transaction; a run that is done is left as it is.
    """
    if run.state != RunState.WAITING:
        return run
    try:
        measured = measure(run)
    except (HequanError, PlannerError) as refusal:
        log.warning("coverage run %s: %s", run.pk, refusal)
        return _fail(run=run, reason=str(refusal), by=by, at=at)
    return keep_coverage(run=run, measured=measured, by=by, at=at)


@transaction.atomic
def keep_coverage(
    *, run: CoverageRun, measured: Measured, by: Account, at: datetime
) -> CoverageRun:
    """Store what was measured, all of it or nothing; whoever comes second stores nothing."""
    won = CoverageRun.objects.filter(pk=run.pk, state=RunState.WAITING).update(
        state=RunState.DONE,
        network_id=measured.network_pk,
        figures=figures_of(measured),
        seconds=measured.seconds,
        finished_at=at,
        error="",
    )
    run.refresh_from_db()
    if not won:
        return run
    units, stations = rows_of(run, measured)
    CoverageUnit.objects.bulk_create(units, batch_size=_BATCH)
    CoverageStation.objects.bulk_create(stations, batch_size=_BATCH)
    CoverageGap.objects.bulk_create(gaps_of(run, measured), batch_size=_BATCH)
    CoverageReach.objects.bulk_create(reaches_of(run, measured), batch_size=1)
    after = {"people": run.figures["people"], "seconds": round(measured.seconds, 1)}
    audit.record(verb="stations.coverage_measured", by=by, at=at, thing=run, after=after)
    return run


def give_up_coverage(*, run: CoverageRun, by: Account, at: datetime) -> CoverageRun:
    """Note that a waiting run will never be measured: its job died of something unforeseen."""
    reason = _("The measurement broke off; the system administrator sees why.")
    return _fail(run=run, reason=reason, by=by, at=at)


@transaction.atomic
def wait_again_for_coverage(*, run: CoverageRun, by: Account, at: datetime) -> CoverageRun:
    """Let a run that failed wait again: its job gets another try."""
    changed = CoverageRun.objects.filter(pk=run.pk, state=RunState.FAILED).update(
        state=RunState.WAITING, error="", finished_at=None
    )
    run.refresh_from_db()
    if changed:
        audit.record(verb="stations.coverage_asked", by=by, at=at, thing=run, after={"again": True})
    return run


@transaction.atomic
def _fail(*, run: CoverageRun, reason: str, by: Account, at: datetime) -> CoverageRun:
    won = CoverageRun.objects.filter(pk=run.pk, state=RunState.WAITING).update(
        state=RunState.FAILED, error=reason, finished_at=at
    )
    run.refresh_from_db()
    if not won:
        return run
    after = {"error": reason}
    audit.record(verb="stations.coverage_failed", by=by, at=at, thing=run, after=after)
    return run
