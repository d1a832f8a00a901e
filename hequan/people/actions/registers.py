"""Entries of the registers of impact assessments and of breaches; none is ever deleted."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import BreachRecord, ImpactAssessment
from hequan.people.protection_errors import AssessmentDateError, RequestDoneError
from hequan.people.protection_kinds import AssessmentResult, BreachState

LONGEST_REVIEW = timedelta(days=3 * 366)


@dataclass(frozen=True)
class AssessmentFacts:
    """What one impact assessment says."""

    title: str
    purpose: str
    necessity: str
    risks: str
    measures: str
    result: AssessmentResult
    made_on: date
    review_on: date


@dataclass(frozen=True)
class BreachFacts:
    """What is known of a breach, or of a drill."""

    title: str
    is_drill: bool
    noticed_at: datetime
    what: str
    persons: int | None
    has_children: bool
    measures: str
    regulator_told_at: datetime | None
    persons_told_at: datetime | None


@transaction.atomic
def save_assessment(*, facts: AssessmentFacts, by: Account, at: datetime) -> ImpactAssessment:
    """Enter an impact assessment; a later one does not replace it.

    AssessmentDateError unless the review comes after it, within three years.
    """
    if not facts.made_on < facts.review_on <= facts.made_on + LONGEST_REVIEW:
        raise AssessmentDateError
    row = ImpactAssessment.objects.create(**asdict(facts), made_by=by)
    after = {"title": row.title, "result": str(row.result)}
    record(verb="people.assessment_entered", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def save_breach(
    *, breach: BreachRecord | None = None, facts: BreachFacts, by: Account, at: datetime
) -> BreachRecord:
    """Enter a breach or write down what is known by now; RequestDoneError for a closed one."""
    if breach is None:
        row = BreachRecord.objects.create(**asdict(facts), recorded_by=by)
        verb, before = "people.breach_entered", None
    else:
        row = BreachRecord.objects.select_for_update().get(pk=breach.pk)
        if row.state == BreachState.CLOSED:
            raise RequestDoneError
        verb, before = "people.breach_updated", _told(row)
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        row.save()
    record(verb=verb, by=by, at=at, thing=row, before=before, after=_told(row))
    return row


@transaction.atomic
def close_breach(*, breach: BreachRecord, by: Account, at: datetime) -> BreachRecord:
    """Close a breach; closing it again changes nothing."""
    row = BreachRecord.objects.select_for_update().get(pk=breach.pk)
    if row.state == BreachState.OPEN:
        row.state, row.closed_at = BreachState.CLOSED, at
        row.save(update_fields=["state", "closed_at"])
        record(verb="people.breach_closed", by=by, at=at, thing=row, after=_told(row))
    return row


def _told(row: BreachRecord) -> dict[str, object]:
    return {
        "title": row.title,
        "persons": row.persons,
        "state": str(row.state),
        "regulator_told": row.regulator_told_at.isoformat() if row.regulator_told_at else None,
        "persons_told": row.persons_told_at.isoformat() if row.persons_told_at else None,
    }
