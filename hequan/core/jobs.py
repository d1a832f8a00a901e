"""Jobs (后台任务): rows that workers carry out, at least once, with lease and back-off.

A job is written in the transaction of the action that wants it, so it exists exactly when that
action happened. A worker leases one row, runs its handler and marks it done; while the handler runs
the lease is renewed (`core.workers`), and when the worker is killed it runs out and the job is run
again. So handlers are idempotent: they look whether their work is done, or write under a unique
row. After the last attempt a job is dead and stays until an administrator has looked at it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from hequan.core.audit.behalf import acting_on_behalf_of
from hequan.core.job_faults import told_fault
from hequan.core.kinds import JobState
from hequan.core.questions import Question
from hequan.core.row_writing import QuickRow

LEASE = timedelta(minutes=3)
ATTEMPTS = 5
ABANDONED = "The worker died while it ran this job, again and again."
OPEN = (JobState.WAITING, JobState.RUNNING)

log = logging.getLogger(__name__)
Handler = Callable[[Mapping[str, Any], datetime], None]
Mourner = Callable[[Mapping[str, Any], str, datetime], None]


@dataclass(frozen=True)
class _Ways:
    """What to do with a kind of job: run it, tell of its death, take its death back."""

    run: Handler
    on_death: Mourner | None = None
    on_revival: Handler | None = None


_handlers: dict[str, Handler] = {}
_ways: dict[str, _Ways] = {}


class Job(QuickRow):
    """One piece of work to be done after the transaction that asked for it."""

    name = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=16, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                name="jobs_open",
                condition=Q(state__in=[JobState.WAITING, JobState.RUNNING]),
            ),
            models.Index(
                fields=["state", "ended_at"],
                name="jobs_ended",
                condition=Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


def job(
    name: str, *, on_death: Mourner | None = None, on_revival: Handler | None = None
) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job; every app's `jobs.py` does.

    `on_death(payload, error, at)` is called in the transaction that declares a job dead, so that
    the thing it worked on does not wait for ever; `on_revival(payload, at)` in the one that gives
    it another try.
    """

    def register(handler: Handler) -> Handler:
        if name in _handlers:
            raise LookupError(f"job {name} has a handler already")
        _handlers[name] = handler
        _ways[name] = _Ways(handler, on_death, on_revival)
        return handler

    return register


def ways_of(name: str) -> _Ways:
    """Return what is registered for a kind of job; LookupError where nothing is."""
    try:
        return _ways.get(name) or _Ways(_handlers[name])
    except KeyError:
        raise LookupError(f"no handler for job {name}") from None


def enqueue(name: str, payload: Mapping[str, Any], at: datetime) -> Job:
    """Write a job to be done from `at` on; call it inside the transaction that wants it.

    A payload holds keys of rows, codes and days, never what is personal: administrators read it.
    """
    ways_of(name)
    return Job.objects.create(name=name, payload=dict(payload), next_at=at)


def lease_next(at: datetime, worker: str = "") -> Job | None:
    """Take the job that has waited longest, or one whose worker died; None if nothing is due."""
    for candidate in _DUE.all(at=at):
        if candidate.state == JobState.RUNNING and candidate.attempts >= ATTEMPTS:
            _declare_dead(candidate, at, ABANDONED)
            continue
        # One conditional write decides: two workers may see the same row, one gets it.
        won = _held(candidate).update(
            state=JobState.RUNNING,
            leased_until=at + LEASE,
            leased_by=worker,
            attempts=F("attempts") + 1,
        )
        if won:
            candidate.state, candidate.attempts = JobState.RUNNING, candidate.attempts + 1
            candidate.leased_until, candidate.leased_by = at + LEASE, worker
            return candidate
    return None


_DUE = Question[Job](
    lambda at: (
        Job.objects.filter(next_at__lte=at)
        .filter(Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, leased_until__lte=at))
        .order_by("next_at", "id")[:8]
    ),
    at=models.DateTimeField(),
)


def run_next(at: datetime, worker: str = "", clock: Callable[[], datetime] | None = None) -> bool:
    """Lease and run one due job; tell whether there was one.

    `clock` tells when the handler ended; without it a job ends at the moment it began.
    """
    leased = lease_next(at, worker)
    if leased is None:
        return False
    error: Exception | None = None
    try:
        with acting_on_behalf_of(None):  # a job is the system's, whoever runs it
            ways_of(leased.name).run(leased.payload, at)
    except Exception as raised:
        error = raised
    ended = clock() if clock else at
    if error is None:
        _finish(leased, ended)
    else:
        _put_off(leased, ended, error)
    return True


def _held(leased: Job) -> "models.QuerySet[Job]":
    """The job's row, as long as nobody else has taken it since it was read."""
    return Job.objects.filter(
        pk=leased.pk,
        state=leased.state,
        attempts=leased.attempts,
        leased_by=leased.leased_by,
    )


def _finish(leased: Job, at: datetime) -> None:
    _held(leased).update(
        state=JobState.DONE, leased_until=None, leased_by="", ended_at=at, error=""
    )


def _put_off(leased: Job, at: datetime, error: Exception) -> None:
    log.error(
        "job %s %s failed (attempt %s): %s",
        *(leased.pk, leased.name, leased.attempts, type(error).__name__),
    )
    if leased.attempts >= ATTEMPTS:
        _declare_dead(leased, at, told_fault(error))
        return
    _held(leased).update(
        state=JobState.WAITING,
        next_at=at + back_off(leased.attempts),
        leased_until=None,
        leased_by="",
        error=told_fault(error),
    )


def back_off(attempts: int) -> timedelta:
    """Return how long a job rests after so many failed attempts: 5 s, 20 s, 80 s ... 21 min."""
    return timedelta(seconds=5 * 4 ** (min(attempts, ATTEMPTS) - 1))


@transaction.atomic
def _declare_dead(leased: Job, at: datetime, error: str) -> None:
    """Mark a job dead and tell the thing it worked on, both or neither."""
    dead = _held(leased).update(
        state=JobState.DEAD, leased_until=None, leased_by="", ended_at=at, error=error
    )
    mourn = ways_of(leased.name).on_death if leased.name in _handlers else None
    if dead and mourn:
        mourn(leased.payload, error, at)
