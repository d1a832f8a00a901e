"""Rows of the working calendar: public holidays and make-up working days, by year and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.calendar import WorkingCalendar

STAMP = "calendar"


class CalendarYear(models.Model):
    """One year's notice."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One named day of a year."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    name = models.CharField(max_length=32)
    is_off = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


@dataclass(frozen=True)
class NamedDay:
    """One day of a notice: off, or worked to make up."""

    day: date
    name: str
    is_off: bool


@transaction.atomic
def replace_calendar_year(
    *, year: int, days: Iterable[NamedDay], source: str, by: Account, at: datetime
) -> CalendarYear:
    """Put one year's notice in place of what was there for that year."""
    CalendarYear.objects.filter(year=year).delete()
    row = CalendarYear.objects.create(year=year, source=source[:500])
    made = CalendarDay.objects.bulk_create(
        CalendarDay(year=row, day=d.day, name=d.name, is_off=d.is_off) for d in days
    )
    versions.bump(STAMP)
    record(verb="core.calendar_replaced", by=by, at=at, thing=row, after={"days": len(made)})
    return row


def _load() -> WorkingCalendar:
    return WorkingCalendar(dict(CalendarDay.objects.values_list("day", "is_off")))


_kept = versions.Kept(_load, STAMP)


def working_calendar() -> WorkingCalendar:
    """Return the calendar as this process knows it, refreshed when a year was replaced."""
    return _kept.get()
