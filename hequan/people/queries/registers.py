"""The registers of impact assessments and of breaches."""

from hequan.people.models import BreachRecord, ImpactAssessment
from hequan.people.protection_errors import NoSuchRequestError


def assessments() -> list[ImpactAssessment]:
    """Return every impact assessment, the one to be reviewed first at the top."""
    return list(ImpactAssessment.objects.select_related("made_by").order_by("review_on", "pk"))


def assessment(pk: int) -> ImpactAssessment:
    """Return one; NoSuchRequestError for none."""
    found = ImpactAssessment.objects.select_related("made_by").filter(pk=pk).first()
    if found is None:
        raise NoSuchRequestError
    return found


def breaches() -> list[BreachRecord]:
    """Return every breach and drill, open ones first, the newest first."""
    return list(BreachRecord.objects.order_by("-state", "-noticed_at"))


def breach(pk: int) -> BreachRecord:
    """Return one; NoSuchRequestError for none."""
    found = BreachRecord.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchRequestError
    return found
