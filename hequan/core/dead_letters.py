"""Dead letters (失败任务): jobs given up, for an administrator to run again or put aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.jobs import Job, ways_of
from hequan.core.kinds import JobState

# what keys, codes and days look like; anything else may be personal
_HARMLESS = re.compile(r"[A-Za-z][\w.:/-]{0,60}|\d{1,12}|\d{4}-\d\d-\d\d(T[\d:.+Z-]+)?|")
_LIKE_A_NUMBER_OF_A_PERSON = re.compile(r"\d{11}")


class JobNotDeadError(HequanError):
    """Somebody else has dealt with it meanwhile, or it never was dead."""

    text = _("This job is not among the failed ones any more; somebody has dealt with it.")


@dataclass(frozen=True)
class JobLine:
    """One job as the administrator sees it; the payload has its values masked but for keys."""

    pk: int
    name: str
    state: JobState
    attempts: int
    next_at: datetime
    ended_at: datetime | None
    payload: Mapping[str, str]
    error: str

    @property
    def last_words(self) -> str:
        """The error's last line: kind and message."""
        return self.error.strip().rpartition("\n")[2]


def job_counts() -> dict[JobState, int]:
    """Return how many jobs are in each state."""
    found = dict(Job.objects.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in JobState}


def jobs_in(state: JobState, limit: int = 100) -> tuple[JobLine, ...]:
    """Return the newest jobs in a state."""
    rows = Job.objects.filter(state=state).order_by("-pk")[:limit]
    return tuple(
        JobLine(
            pk=row.pk,
            name=row.name,
            state=JobState(row.state),
            attempts=row.attempts,
            next_at=row.next_at,
            ended_at=row.ended_at,
            payload={key: shown(value) for key, value in row.payload.items()},
            error=row.error,
        )
        for row in rows
    )


def shown(value: Any) -> str:
    """Return a payload's value if it is a key, a code or a day, else three dots."""
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value[:8]) + (" …" if len(value) > 8 else "")
    text = str(value)
    harmless = isinstance(value, int | str) and _HARMLESS.fullmatch(text)
    return text if harmless and not _LIKE_A_NUMBER_OF_A_PERSON.search(text) else "…"


@transaction.atomic
def run_job_again(*, job: int, by: Account, at: datetime) -> None:
    """Give a dead job, or one put aside, all its attempts again."""
    row = _dead(job, (JobState.DEAD, JobState.ASIDE))
    _turn(row, JobState.WAITING, at)
    revive = ways_of(row.name).on_revival
    if revive:
        revive(row.payload, at)
    record(verb="core.job_run_again", by=by, at=at, thing=row, after={"name": row.name})


@transaction.atomic
def put_job_aside(*, job: int, by: Account, at: datetime) -> None:
    """Take a dead job off the list: it will not be run; the row stays for three months."""
    row = _dead(job, (JobState.DEAD,))
    _turn(row, JobState.ASIDE, at)
    record(verb="core.job_put_aside", by=by, at=at, thing=row, after={"name": row.name})


def _dead(pk: int, states: tuple[JobState, ...]) -> Job:
    row = Job.objects.filter(pk=pk, state__in=states).first()
    if row is None:
        raise JobNotDeadError
    return row


def _turn(row: Job, state: JobState, at: datetime) -> None:
    """Write the new state if the old one still holds: of two administrators one decides."""
    changed = Job.objects.filter(pk=row.pk, state=row.state).update(
        state=state, attempts=0, next_at=at, ended_at=None if state == JobState.WAITING else at
    )
    if not changed:
        raise JobNotDeadError
