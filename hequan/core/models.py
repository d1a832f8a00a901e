"""Core's tables, each in the file named by its thing; Django looks for them here."""

from hequan.core.accounts import Account, OldPassword
from hequan.core.api_keys import ApiKey
from hequan.core.audit.tables import AuditCheck, AuditDigest, AuditEntry, AuditLane
from hequan.core.calendar_days import CalendarDay, CalendarYear
from hequan.core.grants import Grant
from hequan.core.import_runs import ImportRun
from hequan.core.installation.backups import Backup
from hequan.core.jobs import Job
from hequan.core.limits import TakenCount
from hequan.core.rule_values import RuleValue
from hequan.core.sign_in.administrators import RoleProposal
from hequan.core.sign_in.sessions import Session
from hequan.core.timetable import TimetableRow
from hequan.core.versions import VersionStamp
from hequan.core.workers import Worker

__all__ = [
    "Account",
    "ApiKey",
    "AuditCheck",
    "AuditDigest",
    "AuditEntry",
    "AuditLane",
    "Backup",
    "CalendarDay",
    "CalendarYear",
    "Grant",
    "ImportRun",
    "Job",
    "OldPassword",
    "RoleProposal",
    "RuleValue",
    "Session",
    "TakenCount",
    "TimetableRow",
    "VersionStamp",
    "Worker",
]
