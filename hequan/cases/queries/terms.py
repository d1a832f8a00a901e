"""Which limits hold for a class (时限): its own, its class's, else the town's; and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import DateField, Q

from hequan.cases.kinds import ClockKind, LimitUnit
from hequan.cases.models import ClassTerms
from hequan.cases.sla import Calendar, Limit
from hequan.cases.working_time import OfficeHours
from hequan.core.calendar_days import working_calendar
from hequan.core.questions import Question, key
from hequan.core.rule_values import rule_value
from hequan.core.versions import once
from hequan.roster.models import Matter


@dataclass(frozen=True)
class Terms:
    """What holds for a class on a day."""

    limits: dict[ClockKind, Limit]
    file_condition: str = ""
    close_condition: str = ""
    needs_evidence: bool = False


def office_calendar(on: date) -> Calendar:
    """Return the office hours in force on a day over the working calendar."""
    kept = rule_value("case.office_hours", on)
    windows = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in kept["windows"])
    hours = OfficeHours(working_calendar(), ZoneInfo(settings.TIME_ZONE), windows)
    return Calendar(hours, kept["hours_a_day"])


def terms_for(matter: Matter | None, on: date) -> Terms:
    """Return the limits and conditions of a class on a day."""
    limits = dict(rule_value("case.limits", on))
    row = None
    if matter is not None:
        row = once(("class_terms", matter.pk, on), lambda: _own_terms(matter, on))
    limits |= row.limits if row else {}
    told = {ClockKind(k): Limit(n, LimitUnit(unit)) for k, (n, unit) in limits.items()}
    if row is None:
        return Terms(told)
    return Terms(told, row.file_condition, row.close_condition, row.needs_evidence)


def _own_terms(matter: Matter, on: date) -> ClassTerms | None:
    """Return the row of the subclass, else that of its class."""
    rows = _OF_MATTERS.all(matters=(matter.pk, matter.parent_id), on=on)
    by_matter = {row.matter_id: row for row in rows}
    return by_matter.get(matter.pk) or by_matter.get(matter.parent_id or 0)


_OF_MATTERS = Question[ClassTerms](
    lambda matters, on: ClassTerms.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), matter__in=matters, valid_from__lte=on
    ),
    matters=[key()],
    on=DateField(),
)


def due_by(moment: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return when a limit that starts now runs out."""
    return calendar.after(moment, calendar.seconds_of(limit), limit.unit)
