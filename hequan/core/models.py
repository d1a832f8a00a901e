"""Core's tables, each in the file named by its thing; Django looks for them here."""

from hequan.core.accounts import Account
from hequan.core.audit import AuditCheck, AuditDigest, AuditEntry, AuditLane
from hequan.core.calendar_days import CalendarDay, CalendarYear
from hequan.core.grants import Grant
from hequan.core.import_runs import ImportRun
from hequan.core.jobs import Job
from hequan.core.limits import TakenCount
from hequan.core.rule_values import RuleValue
from hequan.core.timetable import TimetableRow
from hequan.core.versions import VersionStamp

__all__ = [
    "Account",
    "AuditCheck",
    "AuditDigest",
    "AuditEntry",
    "AuditLane",
    "CalendarDay",
    "CalendarYear",
    "Grant",
    "ImportRun",
    "Job",
    "RuleValue",
    "TakenCount",
    "TimetableRow",
    "VersionStamp",
]
