"""The clocks of a case as they are kept (时限): set when it opens, and what alone moves them.

Only a pause, an extension, a class chosen late, a new round, and for accepting the end of the post
it waited with move an end; nothing else does.
"""

from datetime import datetime

from hequan.cases.kinds import CaseState, ClockKind, LimitUnit
from hequan.cases.models import Case, CaseSource
from hequan.cases.queries.terms import due_by, office_calendar, terms_for
from hequan.cases.sla import Limit, due_after_pause
from hequan.roster.days import day_of


def limits_of(row: Case) -> dict[ClockKind, Limit]:
    """Return the limits of a case: those of its class on the day it was opened."""
    return terms_for(row.matter, day_of(row.opened_at)).limits


def start_clocks(row: Case, since: datetime) -> None:
    """Let every clock of a case run from a moment: when it is opened, classed or reopened."""
    limits, calendar = limits_of(row), office_calendar(day_of(since))
    row.contact_due_at = due_by(since, limits[ClockKind.CONTACT], calendar)
    row.accept_due_at = due_by(since, limits[ClockKind.ACCEPT], calendar)
    row.solve_due_at = due_by(since, limits[ClockKind.SOLVE], calendar)
    if row.pk is not None and since == row.opened_at:  # a class chosen late moves no city deadline
        told = CaseSource.objects.filter(case=row.pk).exclude(due_at=None)
        row.solve_due_at = told.values_list("due_at", flat=True).first() or row.solve_due_at


def start_accepting(row: Case, since: datetime) -> None:
    """Let the clock of accepting alone run anew, for who gets a case nobody has accepted yet."""
    limit = limits_of(row)[ClockKind.ACCEPT]
    row.accept_due_at = due_by(since, limit, office_calendar(day_of(since)))


def start_verifying(row: Case, since: datetime) -> None:
    """Let the clock of the answer's verification, or of the return visit, run from a moment."""
    limit = limits_of(row)[ClockKind.VERIFY]
    row.verify_due_at = due_by(since, limit, office_calendar(day_of(since)))


def give_back_pause(row: Case, at: datetime) -> None:
    """End a pause: what was left of each clock when it began is left now."""
    if row.paused_at is None:
        return
    limits, calendar = limits_of(row), office_calendar(day_of(row.opened_at))
    began, row.paused_at = row.paused_at, None
    solve, contact = limits[ClockKind.SOLVE].unit, limits[ClockKind.CONTACT].unit
    row.solve_due_at = due_after_pause(row.solve_due_at, began, at, solve, calendar)
    if row.contacted_at is None or row.contacted_at > began:
        row.contact_due_at = due_after_pause(row.contact_due_at, began, at, contact, calendar)


def give_days(row: Case, days: int, at: datetime) -> None:
    """Give so many working days more, from the end as it was or from now if that is past."""
    longer = Limit(days, LimitUnit.WORK_DAY)
    row.solve_due_at = due_by(max(row.solve_due_at, at), longer, office_calendar(day_of(at)))


def next_due(row: Case) -> datetime | None:
    """Return when what the case waits for next is late, None where nobody of ours is waited for."""
    if row.state in (CaseState.TRIAGE, CaseState.DISPATCHED):
        return min(row.accept_due_at, row.solve_due_at)
    if row.state == CaseState.HANDLING:
        waits = [row.solve_due_at] if row.contacted_at else [row.contact_due_at, row.solve_due_at]
        return min(waits)
    if row.state in (CaseState.ANSWERED, CaseState.VERIFIED, CaseState.RETURN_VISIT):
        return row.verify_due_at
    return None
