"""Days and moments (日与时刻): posts and leaves count in whole days of the town's own clock."""

from datetime import date, datetime, time

from django.utils import timezone


def day_of(at: datetime) -> date:
    """Return the day a moment lies in, where the town is."""
    return timezone.localdate(at, timezone.get_default_timezone())


def beginning_of(day: date) -> datetime:
    """Return the moment a day begins, where the town is."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
