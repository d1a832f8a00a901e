"""Jobs (后台任务): rows that one worker loop carries out, at least once, with lease and back-off.

A job is written in the transaction of the action that wants it, so it exists exactly when that
action happened. The worker leases one row, runs its handler and marks it done; a killed worker's
lease runs out and the job is run again, so handlers are idempotent. After the last attempt a job
is dead and stays for someone to look at.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from hequan.core.kinds import JobState

LEASE = timedelta(minutes=30)
ATTEMPTS = 5

log = logging.getLogger(__name__)
Handler = Callable[[Mapping[str, Any], datetime], None]
_handlers: dict[str, Handler] = {}


class Job(models.Model):
    """One piece of work to be done after the transaction that asked for it."""

    name = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=16, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                name="jobs_open",
                condition=Q(state__in=[JobState.WAITING, JobState.RUNNING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


def job(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job; every app's `jobs.py` does."""

    def register(handler: Handler) -> Handler:
        if name in _handlers:
            raise LookupError(f"job {name} has a handler already")
        _handlers[name] = handler
        return handler

    return register


def enqueue(name: str, payload: Mapping[str, Any], at: datetime) -> Job:
    """Write a job to be done from `at` on; call it inside the transaction that wants it."""
    if name not in _handlers:
        raise LookupError(f"no handler for job {name}")
    return Job.objects.create(name=name, payload=dict(payload), next_at=at)


def lease_next(at: datetime) -> Job | None:
    """Take the job that has waited longest, or one whose worker died; None if nothing is due."""
    due = Job.objects.filter(next_at__lte=at).filter(
        Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, leased_until__lte=at)
    )
    for candidate in due.order_by("next_at", "id")[:8]:
        # One conditional write decides: two workers may see the same row, one gets it.
        won = Job.objects.filter(
            pk=candidate.pk, state=candidate.state, leased_until=candidate.leased_until
        ).update(state=JobState.RUNNING, leased_until=at + LEASE, attempts=F("attempts") + 1)
        if won:
            candidate.refresh_from_db()
            return candidate
    return None


def run_next(at: datetime) -> bool:
    """Lease and run one due job; tell whether there was one."""
    leased = lease_next(at)
    if leased is None:
        return False
    try:
        _handlers[leased.name](leased.payload, at)
    except Exception:
        _put_off(leased, at, traceback.format_exc())
    else:
        _finish(leased)
    return True


def _finish(leased: Job) -> None:
    Job.objects.filter(pk=leased.pk).update(state=JobState.DONE, leased_until=None, error="")


def _put_off(leased: Job, at: datetime, error: str) -> None:
    log.error("job %s %s failed (attempt %s)", leased.pk, leased.name, leased.attempts)
    dead = leased.attempts >= ATTEMPTS
    Job.objects.filter(pk=leased.pk).update(
        state=JobState.DEAD if dead else JobState.WAITING,
        next_at=at + timedelta(seconds=5 * 4 ** (leased.attempts - 1)),
        leased_until=None,
        error=error[-4000:],
    )
