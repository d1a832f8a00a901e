"""The timetable (时刻表): jobs that are due once a day, whatever happens to the machine.

A job named here by `nightly` is enqueued by the worker when its time of day has come. One row a
day and name, unique, decides: of several workers one writes it, and writes the job in the same
transaction. Nights the machine slept through are caught up once, by the latest; a clock that jumps
back finds the row of that day and does nothing. A name seen for the first time starts with its
next night, so that a new installation is not busied by seven of them at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from hequan.core.jobs import enqueue

KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Nightly:
    """One job and its time of day, in the time zone of the settings."""

    name: str
    at: time


class TimetableRow(models.Model):
    """A day on which a nightly job was enqueued, or first known of."""

    name = models.CharField(max_length=64)
    day = models.DateField()
    enqueued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="timetable_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


_nightly: dict[str, Nightly] = {}


def nightly(name: str, hour: int, minute: int) -> None:
    """Have the job `name` run once a day from this time on; the app's `announce` calls it.

    Its handler is registered by `@job(name)` and gets `{"day": "2026-11-22"}`, the day whose time
    of day came. Like every job it may run twice for one day, so it is idempotent.
    """
    _nightly[name] = Nightly(name, time(hour, minute))


def timetable() -> Iterable[Nightly]:
    """Return what is due every day, in the order of the clock."""
    return sorted(_nightly.values(), key=lambda one: (one.at, one.name))


def due_day(one: Nightly, at: datetime) -> date:
    """Return the latest day on which this job's time of day had come by `at`."""
    here = timezone.localtime(at)
    return here.date() if here.time() >= one.at else here.date() - timedelta(days=1)


def next_due_at(one: Nightly, at: datetime) -> datetime:
    """Return the moment this job's time of day comes next."""
    day = due_day(one, at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, one.at))


def last_days() -> dict[str, date]:
    """Return the latest day of every job that has been enqueued."""
    rows = TimetableRow.objects.filter(enqueued_at__isnull=False).values_list("name")
    return dict(rows.annotate(latest=models.Max("day")))


def enqueue_due(at: datetime) -> list[str]:
    """Enqueue every nightly job whose day has come and has no row yet; return their names."""
    wanted = {one.name: due_day(one, at) for one in timetable()}
    rows = TimetableRow.objects.filter(name__in=wanted)
    there = set(rows.filter(day__in=set(wanted.values())).values_list("name", "day"))
    missing = {name: day for name, day in wanted.items() if (name, day) not in there}
    if not missing:
        return []
    known = set(rows.values_list("name", flat=True).distinct())
    return [name for name, day in missing.items() if _enqueue_once(name, day, name in known, at)]


def _enqueue_once(name: str, day: date, known: bool, at: datetime) -> bool:
    """Write the row, and the job with it; another worker that was faster leaves nothing to do."""
    try:
        with transaction.atomic():
            TimetableRow.objects.create(name=name, day=day, enqueued_at=at if known else None)
            if known:
                enqueue(name, {"day": day.isoformat()}, at)
    except IntegrityError:
        return False
    return known


def forget_old_days(at: datetime) -> int:
    """Delete rows older than a year; return how many."""
    return TimetableRow.objects.filter(day__lt=timezone.localtime(at).date() - KEPT).delete()[0]
