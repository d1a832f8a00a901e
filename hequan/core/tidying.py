"""Nightly tidying (夜间清理) of core's own rows: jobs done, days and workers gone, lone uploads."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from hequan.core.import_uploads import forget_personal_uploads
from hequan.core.jobs import Job, job
from hequan.core.kinds import JobState
from hequan.core.timetable import forget_old_days, nightly
from hequan.core.workers import forget_workers

TIDY = "core.tidy"
DONE_KEPT = timedelta(days=7)
ASIDE_KEPT = timedelta(days=90)


@job(TIDY)
def tidy(payload: Mapping[str, Any], at: datetime) -> None:
    """Delete done jobs after a week and those put aside after three months; dead ones stay."""
    Job.objects.filter(state=JobState.DONE, ended_at__lt=at - DONE_KEPT).delete()
    Job.objects.filter(state=JobState.ASIDE, ended_at__lt=at - ASIDE_KEPT).delete()
    forget_old_days(at)
    forget_personal_uploads(at)
    forget_workers(at)


def announce() -> None:
    """Put the tidying into the timetable."""
    nightly(TIDY, 3, 40)
