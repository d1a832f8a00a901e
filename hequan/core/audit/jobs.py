"""Nightly work of the audit trail (审计夜班): seal the day, then check what was sealed."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.audit import record
from hequan.core.audit.check import check_trail, save_check
from hequan.core.audit.digests import keep_files, seal_day
from hequan.core.jobs import job
from hequan.core.timetable import nightly

SEAL = "core.audit_seal"
CHECK = "core.audit_check"
_CHECKED_DAILY = timedelta(days=31)

log = logging.getLogger(__name__)


def announce() -> None:
    """Put both jobs on the timetable: sealing just after midnight, checking in the dead of it."""
    nightly(SEAL, 0, 10)
    nightly(CHECK, 2, 40)


def start_of_check(day: date) -> date | None:
    """Return from which day a nightly check reads: a month back, on Sundays everything (None)."""
    return None if day.isoweekday() == 7 else day - _CHECKED_DAILY


@job(SEAL)
def seal(payload: Mapping[str, Any], at: datetime) -> None:
    """Seal the day that ended at the midnight before; twice is once."""
    seal_day(day=date.fromisoformat(payload["day"]) - timedelta(days=1), at=at)
    keep_files(at)


@job(CHECK)
def check(payload: Mapping[str, Any], at: datetime) -> None:
    """Check the trail and keep the result for the auditor's page; faults go to the log too."""
    result = check_trail(at=at, since=start_of_check(date.fromisoformat(payload["day"])))
    kept = save_check(result)
    after = {"entries": result.entries, "faults": len(result.faults)}
    record(verb="core.audit_checked", by=system_account(), at=at, thing=kept, after=after)
    if result.faults:
        log.error("the audit trail has %s faults: hequan audit verify", len(result.faults))
