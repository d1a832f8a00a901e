"""What other systems ask of the one window (外部系统查询): sent before, and what a class asks."""

from datetime import datetime

from hequan.cases.models import Case
from hequan.cases.queries.status import matter_with_code
from hequan.cases.queries.terms import terms_for
from hequan.roster.days import day_of


def case_sent_as(form_key: str, *, since: datetime) -> Case | None:
    """Return the case that this sending of a form became, if it came since then."""
    return Case.objects.filter(form_key=form_key, opened_at__gte=since).first()


def conditions_of(code: str, at: datetime) -> str:
    """Return on what condition a class is filed, empty where it says none."""
    matter = matter_with_code(code, at)
    return terms_for(matter, day_of(at)).file_condition if matter else ""
